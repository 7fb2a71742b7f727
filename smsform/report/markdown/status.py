"""The review of every entry, as Markdown: one table, long notes folded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from smsform.model import Review
from smsform.plan import Plan
from smsform.report.markdown.folding import fit, table
from smsform.report.markdown.frame import Frame
from smsform.report.markdown.markup import bold, code, details, lines, prose, row
from smsform.report.markdown.outcome import lines_said
from smsform.report.markdown.plan import overview, unread
from smsform.report.moments import moment
from smsform.report.status import GONE, StatusRow, delivery, shown
from smsform.words import counted, named, say

LONG_NOTE = 200  # characters; a longer one is folded away

_FIRST = (Review.REJECTED, GONE, Review.CANCELLED, Review.UNKNOWN, Review.IN_REVIEW)
_PLACES: dict[str, int] = {review: place for place, review in enumerate(_FIRST)}


def as_markdown(
    plan: Plan,
    found: Sequence[StatusRow],
    frame: Frame,
    told: Sequence[str] = (),
    replaced: bool = True,
) -> str:
    """The rows, those that need somebody first; *told* are the news.

    Unless *replaced*, replaced versions are given as a number.
    """
    found, left_out = shown(found, replaced)
    pending = any(each.expected for each in found)
    names = ["address", "review", "since", *["expected"] * pending, "note"]
    rows = table([say(f"report.status_header_{name}") for name in names])
    for each in found:
        rows.add(_rank(each), partial(_row, each, pending))
    summary = overview(plan)
    if left_out:
        summary += f"\n<p>{prose(counted('report.replaced_versions', left_out))}</p>"
    return fit(frame, summary, [unread(plan), lines_said("news", told), rows])


def _rank(found: StatusRow) -> int:
    """Rejected versions first, then those smsform does not go on with, then the
    rest."""
    if found.why or found.ending or (found.delivery and found.delivery.hinders):
        return 1
    return 2 * _PLACES.get(found.review, len(_PLACES))


def _row(found: StatusRow, pending: bool) -> str:
    """One version: address, review, since when, and until when if that is known."""
    review = prose(named(found.review))
    which = f"{code(found.id)} {prose(named(found.role))}"
    times = [found.since, *[found.expected] * pending]
    return row(
        [
            lines([code(str(found.address)), which]),
            bold(review) if found.review == Review.REJECTED else review,
            *(moment(time) if time else "" for time in times),
            lines([_note(found.note), code(found.why), *delivery(found, code)]),
        ]
    )


def _note(note: str) -> str:
    """The reviewer's words; long ones are folded."""
    if len(note) <= LONG_NOTE:
        return code(note)
    return details(say("markdown.note", count=len(note)), code(note))
