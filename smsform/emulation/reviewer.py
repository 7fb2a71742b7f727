"""The reviewer of every emulated service: verdicts when due, and by hand.

A verdict is queued as a push for services that tell their customers' servers.
"""

from __future__ import annotations

from typing import NamedTuple

from smsform.emulation import pushes
from smsform.emulation.store import Entry, Store
from smsform.model import Review

VERDICTS = frozenset({Review.APPROVED, Review.APPROVED_INACTIVE, Review.REJECTED})

_OPEN = (Review.IN_REVIEW, Review.APPROVED_INACTIVE)


class Schedule(NamedTuple):
    """When an entry in review passes by itself; never, when both are None.

    ``reads``: at the n-th list that shows it, before that list is answered.
    ``seconds``: that long after its submission; 0 is at once.
    ``effective_after``: seconds from the verdict until it can be used; None: at once.
    """

    reads: int | None = None
    seconds: float | None = None
    effective_after: float | None = None


def settle(
    store: Store, schedule: Schedule, entry: Entry, now: float, *, listed: bool = False
) -> Entry:
    """The entry as it is at *now*, with what fell due written down.

    *listed* counts one more list that shows it. Call it on every entry before use.
    """
    if entry.review not in _OPEN:
        return entry
    settled = entry
    if entry.review == Review.IN_REVIEW:
        settled = settled._replace(reads=entry.reads + listed)
        judged = _verdict_time(schedule, settled, now)
        if judged is not None:
            review = Review.APPROVED
            if schedule.effective_after is not None:
                review = Review.APPROVED_INACTIVE
            settled = settled._replace(review=review, judged=judged)
            pushes.queue(store, settled, judged)
    if (
        settled.review == Review.APPROVED_INACTIVE
        and schedule.effective_after is not None
        and now >= settled.judged + schedule.effective_after
    ):
        settled = settled._replace(review=Review.APPROVED)
    if settled != entry:
        store.change(
            entry.id, review=settled.review, judged=settled.judged, reads=settled.reads
        )
    return settled


def _verdict_time(schedule: Schedule, entry: Entry, now: float) -> float | None:
    if schedule.reads is not None and entry.reads >= schedule.reads:
        return now
    if schedule.seconds is not None and now >= entry.created + schedule.seconds:
        return entry.created + schedule.seconds
    return None


def judge(store: Store, id: int, review: Review, now: float, note: str = "") -> None:
    """Give a verdict by hand, whatever the entry's state.

    Also the way to let something approved fall: services do that by themselves.
    """
    store.change(id, review=review, note=note, judged=now)
    judged = store.entry(id)
    if judged is not None and review in VERDICTS:
        pushes.queue(store, judged, now)
