"""A plan as versioned JSON for machines."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from smsform.delivery import Delivery
from smsform.errors import SmsformError
from smsform.model import Existing
from smsform.plan import Change, Plan, ProviderPlan
from smsform.plan.file import change_out, files_out, review_out
from smsform.report.lists import retirable
from smsform.report.moments import stamp
from smsform.report.plan import counts
from smsform.report.readable import readable_json

FORMAT = 1


def as_json(plan: Plan) -> str:
    """The plan: the lines and lists of each provider; settled lines included."""
    return readable_json(
        {
            "smsform_plan_report": FORMAT,
            "providers": {part.provider: _provider(part) for part in plan.providers},
            "summary": counts(plan),
        }
    )


def error_out(error: SmsformError) -> dict[str, str]:
    """An error as JSON."""
    return {
        "kind": type(error).__name__,
        "message": error.message(),
        "hint": error.hint(),
    }


def errors_out(plan: Plan) -> dict[str, Any]:
    """The providers that could not be read, and why."""
    return {
        part.provider: error_out(part.error)
        for part in plan.providers
        if part.error is not None
    }


def _provider(part: ProviderPlan) -> dict[str, Any]:
    return {
        "identity": part.identity._asdict(),
        "emulated": part.emulated,
        "error": error_out(part.error) if part.error else None,
        "listed": part.listed,
        "lines": [line_out(line) for line in part.lines],
        "orphans": [
            {
                "address": str(orphan.address),
                **_entry(orphan.entry),
                "spared": orphan.spared,
            }
            for orphan in part.orphans
        ],
        "retirable": [
            {
                "address": str(each.address),
                **_entry(each.entry),
                "since": stamp(each.since),
                "due": stamp(each.due),
                "spared": each.spared,
            }
            for each in retirable(part)
        ],
        "stuck": [line_out(line) for line in part.stuck],
        "unmanaged": [
            {
                **_entry(entry),
                "risks": list(part.risks.get((entry.kind, entry.id), ())),
            }
            for entry in part.unmanaged
        ],
        "quotas": [
            {**quota._asdict(), "freeable": [str(each) for each in quota.freeable]}
            for quota in part.quotas
        ],
        "least_seconds": part.seconds,
    }


def _entry(entry: Existing) -> dict[str, Any]:
    """An entry, with what identifies it in the console."""
    return {
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "international": entry.international,
        "review": entry.review,
    }


def line_out(line: Change) -> dict[str, Any]:
    """One line, with what the text report shows beside the change."""
    return {
        **change_out(line),
        "name": line.desired.name if line.desired else line.name,
        "entry_name": line.entry.name if line.entry else None,
        "international": line.international,
        **review_out(line),
        "rejected": line.rejected,
        "pending": line.pending,
        "marks": list(line.marks),
        "unverified": line.unverified,
        "drift": [drift._asdict() for drift in line.drift],
        "moved": [moved._asdict() for moved in line.moved],
        "moved_from": str(line.moved_from) if line.moved_from else None,
        "candidates": list(line.candidates),
        "segments": list(line.segments) if line.segments else None,
        "files": files_out(line),
        "rendered": line.rendered,
        "delivery": line.delivery and delivery_out(line.delivery),
    }


def delivery_out(told: Delivery) -> dict[str, Any]:
    """What a service told about delivery, as JSON."""
    return {
        **asdict(told),
        "since": stamp(told.since),
        "terms": [asdict(term) for term in told.terms],
    }
