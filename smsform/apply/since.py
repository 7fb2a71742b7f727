"""What became of an entry since it was read; pure."""

from __future__ import annotations

from smsform.apply.values import Outcome, Result
from smsform.model import Desired, Existing
from smsform.plan import Change
from smsform.plan.equality import moved_on, readable
from smsform.provider import KindSpec
from smsform.words import say


def landed(kind: KindSpec, before: Existing, now: Existing, want: Desired) -> bool:
    """Whether an update took effect: the readable attributes are as wanted now and were
    not before."""
    names = readable(kind)
    wanted = [want.delivered[name] for name in names]
    return (
        [now.attributes.get(name) for name in names]
        == wanted
        != [before.attributes.get(name) for name in names]
    )


def moved_since(kind: KindSpec, change: Change, found: Existing) -> Outcome | None:
    """The outcome of a change whose entry is not any more as the plan saw it."""
    assert change.entry is not None  # what is ours and gone is not acted on
    moved = moved_on(kind, change.entry, found)
    if not moved:
        return None
    why = say("apply.moved", what=say("report.semicolon").join(moved))
    return Outcome(change, Result.STALE, why=why)
