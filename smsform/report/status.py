"""Where every entry is in review, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from smsform.hours import ReviewHours
from smsform.model import Address, Existing, Review
from smsform.plan import Plan, ProviderPlan, Verdict
from smsform.report.plan import moment
from smsform.report.plan_json import error_out
from smsform.report.terminal import Style, readable_json, safe, table
from smsform.state import Version
from smsform.words import say

FORMAT = 1


class Row(NamedTuple):
    """A version of ours, or a definition that has none (then ``id`` is empty).

    ``since`` and ``expected`` (when its verdict usually is there) are unix seconds, 0
    where that is not known.
    """

    address: Address
    id: str
    review: str
    role: str
    since: int
    note: str
    expected: int = 0


def rows(
    part: ProviderPlan, entries: Sequence[Existing], hours: ReviewHours | None = None
) -> Iterator[Row]:
    """Every version of every address, and the addresses still without one."""
    shown = {(entry.kind, entry.id): entry for entry in entries}
    defined = {line.address for line in part.lines if line.desired is not None}
    for slot, record in sorted(part.block.records.items()):
        address = Address(part.provider, *slot)
        for version in record.versions:
            entry = shown.get((slot[0], version.id))
            role = _role(version, record.active, address in defined)
            yield Row(
                address, version.id,
                "gone" if version.gone else version.review,
                role, entry.created if entry else 0, entry.note if entry else "",
                _expected(entry, hours),
            )  # fmt: skip
    for address in sorted(defined):
        if (address.kind, address.key) not in part.block.records:
            yield Row(address, "", say("report.missing"), "", 0, "")


def _expected(entry: Existing | None, hours: ReviewHours | None) -> int:
    if hours is None or entry is None or entry.review is not Review.IN_REVIEW:
        return 0
    return round(hours.expected(entry.created))


def _role(version: Version, active: str, defined: bool) -> str:
    if not defined:
        return say("report.orphan_role")
    if version.id == active:
        return say("report.active")
    replaced = active and version.review is Review.APPROVED
    return say("report.replaced_role" if replaced else "report.candidate")


def as_text(plan: Plan, found: Sequence[Row], style: Style) -> str:
    """A table of all rows; errors of single providers first."""
    errors = [
        style.red(safe(f"{part.provider}: {part.error.message()}"))
        for part in plan.providers
        if part.error is not None
    ]
    paint = {
        Review.APPROVED: style.green,
        Review.REJECTED: style.red,
        Review.IN_REVIEW: style.yellow,
    }
    pending = any(row.expected for row in found)
    cells = [
        [
            safe(str(row.address)),
            safe(row.id),
            paint[Review(row.review)](row.review)
            if row.review in tuple(paint)
            else row.review,
            row.role,
            moment(row.since) if row.since else "",
            *([moment(row.expected) if row.expected else ""] if pending else []),
            safe(row.note),
        ]
        for row in found
    ]
    names = ["address", "id", "review", "role", "since", "note"]
    if pending:
        names.insert(-1, "expected")
    header = [say(f"report.status_header_{name}") for name in names]
    lines = [table(cells, [style.bold(name) for name in header])] if cells else []
    return "\n".join([*errors, *lines])


def moved(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What changed since the last look, a line each."""
    for verdict in verdicts:
        line = say("report.verdict", **verdict._asdict())
        yield safe(f"{line}: {verdict.note}" if verdict.note else line)


def as_json(
    plan: Plan, found: Sequence[Row], wait: Mapping[str, Any] | None = None
) -> str:
    """Every row, the providers that could not be read, and how a *wait* went."""
    errors: dict[str, Any] = {
        part.provider: error_out(part.error)
        for part in plan.providers
        if part.error is not None
    }
    return readable_json({
        "smsform_status": FORMAT,
        "entries": [{**row._asdict(), "address": str(row.address)} for row in found],
        "errors": errors,
        **({"wait": wait} if wait is not None else {}),
    })  # fmt: skip
