"""A review script: which entries are rejected, and which a carrier blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from smsform.emulation.durations import duration
from smsform.emulation.store import Entry
from smsform.errors import ConfigError
from smsform.model import Review
from smsform.regular import MIB, read_regular
from smsform.words import say

LARGEST = MIB  # of a script: a reviewer's rules are some dozen lines
UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    re.error,
)


class ReviewRule(NamedTuple):
    """A verdict for entries in which ``match`` is found, ``after`` so many seconds."""

    match: re.Pattern[str]
    review: Review
    note: str
    after: float


class Script(NamedTuple):
    """Rules in order, the first match counts; other entries pass ``after`` seconds."""

    after: float
    rules: tuple[ReviewRule, ...] = ()

    def verdict(self, entry: Entry) -> tuple[Review, str, float]:
        """The verdict on *entry*, the reviewer's note, and when (unix seconds)."""
        told = f"{entry.name}\n{entry.text}"
        for rule in self.rules:
            if rule.match.search(told):
                return rule.review, rule.note, entry.created + rule.after
        return Review.APPROVED, "", entry.created + self.after


def load(path: Path) -> Script:
    """Read the script at *path*; ConfigError with what is wrong in it."""
    import tomllib

    try:
        document = tomllib.loads(read_regular(path, LARGEST).decode())
        after = duration(document.pop("after", 0))
        rules = []
        for name, review in (
            ("reject", Review.REJECTED),
            ("carrier", Review.APPROVED_INACTIVE),
        ):
            for given in document.pop(name, []):
                rules.append(_rule(given, review, after))
        if document:
            raise ValueError(", ".join(document))
        return Script(after, tuple(rules))
    except UNREADABLE as error:
        told = error.strerror if isinstance(error, OSError) else ""
        what = say("emulation.script_broken", what=told or error)
        hint = say("emulation.script_hint")
        raise ConfigError(str(path), what, hint) from error


def _rule(given: Mapping[str, object], review: Review, after: float) -> ReviewRule:
    unknown = given.keys() - {"match", "note", "after"}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    when = duration(given["after"]) if "after" in given else after
    note = str(given.get("note", ""))
    return ReviewRule(re.compile(str(given["match"])), review, note, when)
