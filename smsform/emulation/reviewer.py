"""The reviewer of an emulated service: verdicts when they are due, or by hand.

A verdict is queued as a push where the service pushes verdicts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smsform.emulation import pushes
from smsform.emulation.store import Entry, Store
from smsform.model import Review

if TYPE_CHECKING:
    from smsform.emulation.script import Script

VERDICTS = frozenset({Review.APPROVED, Review.APPROVED_INACTIVE, Review.REJECTED})

_OPEN = (Review.IN_REVIEW, Review.APPROVED_INACTIVE)


class Schedule(NamedTuple):
    """When an entry in review passes by itself; never, when both are None.

    ``reads``: at the n-th list that shows it, before that list is answered.
    ``seconds``: that long after its submission; 0 is at once. ``effective_after``:
    seconds from the verdict until it can be used; None: at once. ``file`` names a
    script; ``script`` is the script that was read, and decides instead.
    """

    reads: int | None = None
    seconds: float | None = None
    effective_after: float | None = None
    file: str = ""
    script: Script | None = None


def scripted(schedule: Schedule, root: Path) -> Schedule:
    """The schedule with its script read, where it names one; a file at or below
    *root*."""
    if not schedule.file:
        return schedule
    from smsform.emulation.script import load

    return schedule._replace(script=load(root / schedule.file))


def is_settled(entry: Entry) -> bool:
    """Whether time and lists change nothing about the entry any more."""
    return entry.review not in _OPEN


def settle(
    store: Store, schedule: Schedule, entry: Entry, now: float, *, listed: bool = False
) -> Entry:
    """The entry as it is at *now*; a verdict that fell due is stored.

    *listed* counts one more list that shows it. Call this on every entry before use.
    """
    if is_settled(entry):
        return entry
    settled = entry
    stopped = False  # a carrier blocks it for good
    if schedule.script is not None:
        stopped = schedule.script.verdict(entry)[0] == Review.APPROVED_INACTIVE
    if entry.review == Review.IN_REVIEW:
        settled = _judged(schedule, entry._replace(reads=entry.reads + listed), now)
        if settled.review != Review.IN_REVIEW:
            pushes.queue(store, settled, settled.judged)
    if (
        settled.review == Review.APPROVED_INACTIVE
        and not stopped
        and schedule.effective_after is not None
        and now >= settled.judged + schedule.effective_after
    ):
        settled = settled._replace(review=Review.APPROVED)
    if settled != entry:
        store.change(
            entry.id,
            review=settled.review,
            judged=settled.judged,
            reads=settled.reads,
            note=settled.note,
        )
    return settled


def _judged(schedule: Schedule, entry: Entry, now: float) -> Entry:
    """The entry with the verdict that was due by *now*, if one was."""
    if schedule.script is not None:
        review, note, when = schedule.script.verdict(entry)
        if now < when:
            return entry
    else:
        due = _verdict_time(schedule, entry, now)
        if due is None:
            return entry
        review, note, when = Review.APPROVED, entry.note, due
    if review == Review.APPROVED and schedule.effective_after is not None:
        review = Review.APPROVED_INACTIVE
    return entry._replace(review=review, note=note, judged=when)


def _verdict_time(schedule: Schedule, entry: Entry, now: float) -> float | None:
    if schedule.reads is not None and entry.reads >= schedule.reads:
        return now
    if schedule.seconds is not None and now >= entry.created + schedule.seconds:
        return entry.created + schedule.seconds
    return None


def judge(store: Store, id: int, review: Review, now: float, note: str = "") -> None:
    """Give a verdict by hand, whatever state the entry is in.

    An approved entry can be rejected too: services do that by themselves.
    """
    store.change(id, review=review, note=note, judged=now)
    judged = store.entry(id)
    if judged is not None and review in VERDICTS:
        pushes.queue(store, judged, now)
