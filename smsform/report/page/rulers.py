"""The scale below a message: its length, what would fit, and the ends of segments.

It is drawn by one style rule for each length that occurs on a page, not by elements in
every card: of thousands of messages most have a length in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smsform.preview import Message
from smsform.segments import CAPACITY

LABELLED = 12  # a ruler with more segments has no room for numbers


class Ruler(NamedTuple):
    """``used`` of ``number * each`` units: one segment, or several."""

    used: int
    number: int
    each: int

    @classmethod
    def of(cls, message: Message) -> Ruler:
        """The scale below *message*."""
        encoding, units, number = message.length
        alone, each = CAPACITY[encoding]
        return cls(units, number, alone if number == 1 else each)

    @property
    def end(self) -> int:
        """The units that fit."""
        return self.number * self.each

    @property
    def borders(self) -> range:
        """The ends of segments, in units."""
        return range(self.each, self.end + 1, self.each)

    @property
    def name(self) -> str:
        """The class of the element it is drawn in."""
        return f"u{self.used}-{self.end}"

    @property
    def rule(self) -> str:
        """Its custom properties for page.css: ``--cuts`` is where borders are drawn."""
        shares = {"used": self.used / self.end, "ten": 10 / self.end}
        if self.number > 1:
            cuts = self.number - 1
            shares |= {"cuts": cuts / self.number, "each": 1 / cuts}
        told = ";".join(f"--{name}:{share:.2%}" for name, share in shares.items())
        return f".{self.name}{{{told}}}"


def rules(messages: Iterable[Message]) -> str:
    """The style rules of all their rulers."""
    return "\n".join(each.rule for each in sorted(set(map(Ruler.of, messages))))
