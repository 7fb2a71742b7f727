"""What definition files say about who owns what: ``moved`` and ``adopt`` blocks.

YAML -> Directives -> matching, ids
"""

from __future__ import annotations

from typing import NamedTuple

from smsform.errors import Position
from smsform.model import Address, Kind


class Move(NamedTuple):
    """``moved``: what a key owned goes to another; ``at`` is where the block stands."""

    kind: Kind
    origin: str
    target: str
    at: Position


class Claim(NamedTuple):
    """``adopt``: the entry an address is to own, or one that is ``theirs``: never."""

    address: Address
    id: str
    at: Position
    theirs: bool = False


class Directives(NamedTuple):
    """What definition files say about who owns what; sound by themselves.

    No circle of moves, no key twice on one side, no id twice.
    """

    moves: tuple[Move, ...] = ()
    claims: tuple[Claim, ...] = ()

    def end(self, kind: Kind, key: str) -> str:
        """Where what *key* owned goes in the end: *key* itself without a block."""
        ends = {move.origin: move.target for move in self.moves if move.kind is kind}
        passed = set()
        while key in ends and key not in passed:
            passed.add(key)
            key = ends[key]
        return key


NO_DIRECTIVES = Directives()
