"""A plan that was written down, read to be shown: nothing of it is ever acted on.

Both forms are taken: what ``plan -o`` saved, and what ``plan --format json`` printed,
which also has the entries that stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from smsform.errors import StalePlan
from smsform.model import NO_ATTRIBUTES, Address, Attributes, Review
from smsform.plan.diff import Difference
from smsform.plan.file import check_digest, check_format, read
from smsform.plan.values import IDLE, Action, Reason
from smsform.words import say

SAVED, REPORTED = "smsform_plan", "smsform_plan_report"


class Line(NamedTuple):
    """What happens to an address, and why; ``review`` is None where no entry is."""

    address: Address
    action: Action
    reason: Reason
    id: str = ""
    before: Attributes = NO_ATTRIBUTES
    after: Attributes = NO_ATTRIBUTES
    review: Review | None = None
    note: str = ""

    @property
    def changes(self) -> bool:
        """Whether apply would do something."""
        return self.action not in IDLE

    @property
    def differences(self) -> list[Difference]:
        """What its attributes change; nothing where an entry comes, goes or stays.

        A plain comparison: it is asked for every line, and values are never nested.
        """
        if not self.changes or not self.before or not self.after:
            return []
        return [
            Difference(name, self.before.get(name), value)
            for name, value in self.after.items()
            if self.before.get(name) != value
        ]


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of the plan in a file; StalePlan in one line when it is none."""
    document = read(path)
    try:
        return tuple([_line(each) for each in _entries(document)])
    except (KeyError, TypeError, ValueError, AttributeError):
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


def _line(entry: Mapping[str, Any]) -> Line:
    review = entry.get("review")
    return Line(
        address=Address.parse(entry["address"]),
        action=Action(entry["action"]),
        reason=Reason(entry["reason"]),
        id=str(entry["id"]),
        before=_attributes(entry["before"]),
        after=_attributes(entry["after"]),
        review=None if review is None else Review(review),
        note=str(entry.get("note", "")),
    )


def _attributes(value: Mapping[str, Any]) -> Attributes:
    if not all(isinstance(each, str | int) for each in value.values()):
        raise TypeError(value)
    return dict(value)
