"""The review of every entry, as text and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec.structs import asdict

from smsform.delivery import Delivery, Term, moment_of
from smsform.errors import SmsformError
from smsform.hours import ReviewHours
from smsform.model import Address, Existing, Review
from smsform.plan import Action, Change, Plan, ProviderPlan, Reason
from smsform.plan.reconcile import Verdict
from smsform.report.moments import moment, stamp
from smsform.report.plan_json import delivery_out, errors_out
from smsform.report.readable import readable_json
from smsform.report.reasons import reason
from smsform.report.terminal import Show, Style, hang, safe, table
from smsform.state import Record, Version
from smsform.words import counted, named, say

FORMAT = 1
GONE, MISSING = "gone", "not submitted"  # in place of a review


class VersionRole(StrEnum):
    """The role of a version for its address."""

    ACTIVE = "active"
    LAPSED = "was active"
    CANDIDATE = "candidate"
    REPLACED = "replaced"
    ORPHAN = "orphan"


class StatusRow(NamedTuple):
    """A version of ours, or a definition that has none (then ``id`` is "").

    ``since`` and ``expected`` (when its verdict usually is there) are unix seconds, 0
    where that is not known. ``note`` is the reviewer's, ``why`` the reason why smsform
    does not go on with an address by itself. ``delivery`` is what the service told last
    of an approved version, None where it told nothing; ``now`` is the time of that
    look, unix seconds.
    """

    address: Address
    id: str
    review: str
    role: str
    since: int
    note: str
    expected: int = 0
    why: str = ""
    delivery: Delivery | None = None
    now: float = 0.0

    @property
    def ending(self) -> tuple[Term, ...]:
        """The papers of the entry that run out soon, or have run out."""
        return self.delivery.ending(self.now) if self.delivery else ()


def rows(
    part: ProviderPlan,
    entries: Sequence[Existing],
    now: float,
    hours: ReviewHours | None = None,
) -> Iterator[StatusRow]:
    """Every version of every address, and the addresses without one."""
    shown = {(entry.kind, entry.id): entry for entry in entries}
    defined = {line.address for line in part.lines if line.desired is not None}
    held = {line.address: line for line in part.lines if _held(line)}
    for slot, record in sorted(part.kept.records.items()):
        address = Address(part.provider, *slot)
        line = held.get(address)
        looked_at = line.id if line else ""
        if record.version(looked_at) is None:
            looked_at = record.versions[-1].id
        for version in record.versions:
            entry = shown.get((slot[0], version.id))
            yield StatusRow(
                address,
                version.id,
                GONE if version.gone else version.review,
                _role(version, record, address in defined),
                entry.created if entry else 0,
                entry.note if entry else "",
                _expected(entry, hours),
                reason(part, line) if line and version.id == looked_at else "",
                version.delivery if version.usable else None,
                now,
            )
    for address in sorted(defined):
        if (address.kind, address.key) not in part.kept.records:
            line = held.get(address)
            why = reason(part, line) if line else ""
            yield StatusRow(address, "", MISSING, "", 0, "", why=why)


def _held(line: Change) -> bool:
    """Whether the line waits for something other than a verdict."""
    return line.action is Action.WAIT and line.reason is not Reason.IN_REVIEW


def _expected(entry: Existing | None, hours: ReviewHours | None) -> int:
    if hours is None or entry is None or entry.review is not Review.IN_REVIEW:
        return 0
    return round(hours.expected(entry.created)) if entry.created else 0


def _role(version: Version, record: Record, defined: bool) -> VersionRole:
    if not defined:
        return VersionRole.ORPHAN
    if version.id == record.active:
        return VersionRole.ACTIVE if version.usable else VersionRole.LAPSED
    approved = record.active and version.review is Review.APPROVED
    replaced = approved and not record.waits(version)
    return VersionRole.REPLACED if replaced else VersionRole.CANDIDATE


def shown(
    found: Sequence[StatusRow], replaced: bool
) -> tuple[Sequence[StatusRow], int]:
    """The rows to show, and the number left out: old replaced versions pile up."""
    if replaced:
        return found, 0
    kept = [row for row in found if row.role != VersionRole.REPLACED]
    return kept, len(found) - len(kept)


def as_text(
    plan: Plan, found: Sequence[StatusRow], style: Style, replaced: bool = True
) -> str:
    """A table of the rows, after the errors of providers.

    Unless *replaced*, replaced versions are one line with their number.
    """
    found, left_out = shown(found, replaced)
    errors = [
        line
        for part in plan.providers
        if part.error is not None
        for line in _error(part.provider, part.error, style)
    ]
    errors += [
        style.yellow(safe(f"{part.provider}: {counted('report.misdated', number)}"))
        for part in plan.providers
        if (number := part.misdated)
    ]
    paint: dict[str, Callable[[str], str]] = {
        Review.APPROVED: style.green,
        Review.REJECTED: style.red,
        Review.IN_REVIEW: style.yellow,
    }
    pending = any(row.expected for row in found)
    cells = [
        [
            safe(str(row.address)),
            safe(row.id),
            paint.get(row.review, str)(named(row.review)),
            named(row.role),
            moment(row.since) if row.since else "",
            *([moment(row.expected) if row.expected else ""] if pending else []),
            say("report.semicolon").join(
                filter(None, [safe(row.note), row.why, *delivery(row, safe)])
            ),
        ]
        for row in found
    ]
    names = ["address", "id", "review", "role", "since", "note"]
    if pending:
        names.insert(-1, "expected")
    header = [say(f"report.status_header_{name}") for name in names]
    lines = (
        [table(cells, [style.bold(name) for name in header], style.columns)]
        if cells
        else []
    )
    if left_out:
        more = style.dim(counted("report.replaced_versions", left_out))
        lines.append(hang(more, style.columns))
    return "\n".join([*(hang(line, style.columns) for line in errors), *lines])


def delivery(row: StatusRow, show: Show) -> Iterator[str]:
    """What the service told against delivery, in words, and papers that run out."""
    told = row.delivery
    if told is not None and told.hinders:
        word = f"report.delivery_{told.told}"
        yield say(word, why=show(told.why), since=moment(begun(told)))
    for term in row.ending:
        yield ends(term, row.now, show)


def begun(told: Delivery) -> float:
    """Since when, by the service, else when it was first told; 0: not known."""
    try:
        return told.since or moment_of(datetime.fromisoformat(told.seen))
    except (ValueError, OverflowError):
        return 0


def ends(term: Term, now: float, show: Show) -> str:
    """A sentence that a paper runs out, or has run out, and on which day."""
    word = "report.term_ended" if term.days(now) < 0 else "report.term_ends"
    return say(word, paper=show(term.paper), until=term.until)


def _error(provider: str, error: SmsformError, style: Style) -> Iterator[str]:
    """Why a provider could not be read, and what to do about it."""
    yield style.red(safe(f"{provider}: {error.message()}"))
    if hint := error.hint():
        yield f"  {safe(hint)}"


def moved(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """The verdicts since the last look, a line each."""
    for verdict in verdicts:
        line = say("report.verdict", **verdict._asdict())
        yield safe(f"{line}: {verdict.note}" if verdict.note else line)


def _out(row: StatusRow) -> dict[str, Any]:
    fields = row._asdict()
    del fields["now"]
    return {
        **fields,
        "address": str(row.address),
        "since": stamp(row.since),
        "expected": stamp(row.expected),
        "delivery": row.delivery
        and {
            **delivery_out(row.delivery),
            "terms": [
                {**asdict(term), "days": term.days(row.now)}
                for term in row.delivery.terms
            ],
        },
    }


def as_json(
    plan: Plan,
    found: Sequence[StatusRow],
    more: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """Every row, the providers that could not be read, and *more* keys."""
    return readable_json(
        {
            "smsform_status": FORMAT,
            "entries": [_out(row) for row in found],
            "errors": errors_out(plan),
            **more,
        }
    )
