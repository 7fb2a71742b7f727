"""Reading a plan file to show it; nothing in it is ever carried out.

Both forms are read: what ``plan -o`` saved, and what ``plan --format json`` printed,
which also has unchanged entries and what senders will notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from smsform.delivery import UNTOLD, Deliverable, Delivery, Term, moment_of
from smsform.errors import StalePlan
from smsform.model import NO_ATTRIBUTES, Address, Attributes, Review, Value
from smsform.plan.diff import Difference
from smsform.plan.file import check_digest, check_format, read
from smsform.plan.values import (
    IDLE,
    REMOVALS,
    SUBMISSIONS,
    Action,
    Drift,
    Mark,
    MovedParameter,
    Reason,
)
from smsform.words import say

SAVED, REPORTED = "smsform_plan", "smsform_plan_report"


class WrittenFile(NamedTuple):
    """A file that goes along, as the definition names it; no hash of a missing one."""

    name: str
    size: int
    sha256: str


class WrittenChange(NamedTuple):
    """What happens to an address, and why; ``review`` is None without an entry.

    Fields that a saved plan does not have are empty: ``segments`` before and after,
    ``moved`` parameters, ``drift``, ``marks`` and ``delivery``, whose ``terms`` end
    soon. ``files`` are those that the definition names.
    """

    address: Address
    action: Action
    reason: Reason
    id: str = ""
    before: Attributes = NO_ATTRIBUTES
    after: Attributes = NO_ATTRIBUTES
    review: Review | None = None
    note: str = ""
    segments: tuple[int, int] | None = None
    moved: tuple[MovedParameter, ...] = ()
    drift: tuple[Drift, ...] = ()
    marks: tuple[Mark, ...] = ()
    delivery: Delivery = UNTOLD
    files: tuple[WrittenFile, ...] = ()

    @property
    def sent(self) -> tuple[WrittenFile, ...]:
        """The files that apply would submit."""
        if self.action not in SUBMISSIONS:
            return ()
        return tuple([each for each in self.files if each.sha256])

    @property
    def changes(self) -> bool:
        """Whether apply would do something."""
        return self.action not in IDLE

    @property
    def differences(self) -> list[Difference]:
        """The attributes that change; for a removal all of them, for a new or unchanged
        entry none.

        A plain comparison: it runs for every line, and values are never nested.
        """
        if self.action in REMOVALS:
            return [Difference(*each, None) for each in self.before.items()]
        if not self.changes or not self.before or not self.after:
            return []
        return [
            Difference(name, self.before.get(name), value)
            for name, value in self.after.items()
            if self.before.get(name) != value
        ]


class WrittenPlan(NamedTuple):
    """A plan that was read from a file; of *unread* providers it has nothing."""

    lines: tuple[WrittenChange, ...] = ()
    unread: tuple[str, ...] = ()


def read_plan(path: Path) -> WrittenPlan:
    """The plan in a file; StalePlan in one line when it is none."""
    document = read(path)
    try:
        lines = tuple([_line(each) for each in _entries(document)])
        return WrittenPlan(lines, _unread(document))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise StalePlan(say("planfile.not_ours")) from None


def _entries(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if REPORTED in document:
        check_format(document[REPORTED])
        parts = document["providers"].values()
        return [line for part in parts for line in part["lines"]]
    check_format(document[SAVED])
    check_digest(document)
    changes: list[Mapping[str, Any]] = document["changes"]
    return changes


def _unread(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The providers that could not be read; a saved plan has none."""
    if REPORTED not in document:
        return ()
    parts = document["providers"].items()
    return tuple([name for name, part in parts if part["error"] is not None])


def _line(entry: Mapping[str, Any]) -> WrittenChange:
    review, segments = entry.get("review"), entry.get("segments")
    return WrittenChange(
        address=Address.parse(entry["address"]),
        action=Action(entry["action"]),
        reason=Reason(entry["reason"]),
        id=str(entry["id"]),
        before=_attributes(entry["before"]),
        after=_attributes(entry["after"]),
        review=None if review is None else Review(review),
        note=str(entry.get("note", "")),
        segments=None if segments is None else _segments(*segments),
        moved=tuple([_moved(**each) for each in entry.get("moved", ())]),
        drift=tuple([_drift(**each) for each in entry.get("drift", ())]),
        marks=tuple([Mark(each) for each in entry.get("marks", ())]),
        delivery=_delivery(entry.get("delivery") or {}),
        files=tuple([_file(**each) for each in entry.get("files", ())]),
    )


def _segments(before: int, after: int) -> tuple[int, int]:
    return int(before), int(after)


def _moved(position: int, before: str, after: str) -> MovedParameter:
    return MovedParameter(int(position), str(before), str(after))


def _drift(attribute: str, submitted: Value | None, shown: Value) -> Drift:
    before = None if submitted is None else _value(submitted)
    return Drift(str(attribute), before, _value(shown))


def _file(name: str, attribute: str, size: int, sha256: str) -> WrittenFile:
    return WrittenFile(str(name), int(size), str(sha256))


def _delivery(told: Mapping[str, Any]) -> Delivery:
    """What a service told; a plan printed by an earlier version says nothing."""
    since = str(told.get("since") or told.get("seen") or "")
    try:
        begun = moment_of(datetime.fromisoformat(since))
    except (ValueError, OverflowError):  # edited by hand
        begun = 0
    return Delivery(
        Deliverable(told.get("told", Deliverable.UNTOLD)),
        str(told.get("why", "")),
        begun,
        terms=tuple([_term(**each) for each in told.get("terms", ())]),
    )


def _term(paper: str, until: str) -> Term:
    return Term(str(paper), date.fromisoformat(until).isoformat())


def _attributes(value: Mapping[str, Any]) -> Attributes:
    return {name: _value(each) for name, each in value.items()}


def _value(value: Value) -> Value:
    """*value*, which is from outside; TypeError where it is none."""
    if not isinstance(value, str | int):
        raise TypeError(value)
    return value
