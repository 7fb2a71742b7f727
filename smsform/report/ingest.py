"""The result of pushed reports, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from smsform.plan.ingest import Ingested
from smsform.provider import PushedReport
from smsform.report.terminal import safe
from smsform.words import named, say

NAMED = 10  # entries named in one line; a report may be about any entry


def as_text(provider: str, ingested: Ingested) -> Iterator[str]:
    """How many reports counted, and which did not, each with the reason."""
    yield say("report.ingested_taken", count=len(ingested.taken), provider=provider)
    for sentence, reports in (("strange", ingested.strange), ("old", ingested.old)):
        if reports:
            yield say(f"report.ingested_{sentence}", entries=_entries(reports))


def _entries(reports: Sequence[PushedReport]) -> str:
    names = list(dict.fromkeys(f"{each.id} ({named(each.review)})" for each in reports))
    shown = [safe(name) for name in names[:NAMED]]
    if more := len(names) - len(shown):
        shown.append(say("report.ingested_more", count=more))
    return ", ".join(shown)


def as_json(ingested: Ingested) -> dict[str, Any]:
    """Every report with its result."""
    return {
        "taken": [_out(report) for report in ingested.taken],
        "not_ours": [_out(report) for report in ingested.strange],
        "nothing_new": [_out(report) for report in ingested.old],
    }


def _out(report: PushedReport) -> dict[str, str]:
    return {
        "kind": report.kind,
        "id": report.id,
        "review": report.review,
        "note": report.note,
    }
