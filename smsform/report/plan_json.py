"""A plan as versioned JSON for machines."""

from __future__ import annotations

from typing import Any

from smsform.errors import SmsformError
from smsform.plan import Change, Plan, ProviderPlan
from smsform.plan.file import change_out
from smsform.report.plan import counts
from smsform.report.terminal import readable_json

FORMAT = 1


def as_json(plan: Plan) -> str:
    """The plan: per provider its lines and lists; settled lines included."""
    return readable_json({
        "smsform_plan_report": FORMAT,
        "providers": {part.provider: _provider(part) for part in plan.providers},
        "summary": counts(plan),
    })  # fmt: skip


def error_out(error: SmsformError) -> dict[str, str]:
    """An error as machines read it."""
    return {
        "kind": type(error).__name__,
        "message": error.message(),
        "hint": error.hint(),
    }


def _provider(part: ProviderPlan) -> dict[str, Any]:
    return {
        "identity": part.identity._asdict(),
        "emulated": part.emulated,
        "error": error_out(part.error) if part.error else None,
        "listed": part.listed,
        "lines": [line_out(line) for line in part.lines],
        "orphans": [
            {**orphan._asdict(), "address": str(orphan.address)}
            for orphan in part.orphans
        ],
        "retirable": [
            {**each._asdict(), "address": str(each.address)} for each in part.retirable
        ],
        "unmanaged": [
            {
                "kind": entry.kind,
                "id": entry.id,
                "name": entry.name,
                "review": entry.review,
            }
            for entry in part.unmanaged
        ],
        "quotas": [
            {**quota._asdict(), "freeable": [str(each) for each in quota.freeable]}
            for quota in part.quotas
        ],
        "least_seconds": part.seconds,
    }


def line_out(line: Change) -> dict[str, Any]:
    """One line, with what the text shows beside the change itself."""
    return {
        **change_out(line),
        "review": line.entry.review if line.entry else None,
        "note": line.entry.note if line.entry else "",
        "rejected": line.rejected,
        "pending": line.pending,
        "marks": list(line.marks),
        "moved": [moved._asdict() for moved in line.moved],
        "moved_from": str(line.moved_from) if line.moved_from else None,
        "candidates": list(line.candidates),
        "segments": list(line.segments) if line.segments else None,
        "rendered": line.rendered,
    }
