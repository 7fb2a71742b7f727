"""What became of an entry since it was read; pure."""

from __future__ import annotations

from smsform.apply.values import Outcome, Result
from smsform.model import Desired, Existing
from smsform.plan import Change
from smsform.plan.equality import moved_on, readable
from smsform.provider import KindSpec
from smsform.words import say


def landed(kind: KindSpec, before: Existing, now: Existing, want: Desired) -> bool:
    """Whether an update took effect: the readable attributes are as wanted now, not
    before."""
    names = readable(kind)
    wanted = [want.delivered[name] for name in names]
    return (
        [now.attributes.get(name) for name in names]
        == wanted
        != [before.attributes.get(name) for name in names]
    )


def moved_since(kind: KindSpec, change: Change, found: Existing) -> Outcome | None:
    """The outcome for an entry that is no longer as the plan saw it; None if it still
    is."""
    assert change.entry is not None  # the plan acts on entries of ours that exist
    moved = moved_on(kind, change.entry, found)
    if not moved:
        return None
    why = say("apply.moved", what=say("report.semicolon").join(moved))
    return Outcome(change, Result.STALE, why=why)
