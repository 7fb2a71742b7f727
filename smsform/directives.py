"""What definition files say about who owns what: ``moved`` and ``adopt`` blocks.

YAML -> Directives -> matching, ids
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from smsform.errors import Position
from smsform.model import Address, Kind


class Move(Struct, frozen=True):
    """``moved``: what a key owned goes to another; ``at`` is where the block stands."""

    kind: Kind
    origin: str
    target: str
    at: Position


class Claim(Struct, frozen=True):
    """``adopt``: the entry an address is to own; ``theirs``: one nobody here may
    own."""

    address: Address
    id: str
    at: Position
    theirs: bool = False


class Directives(Struct, frozen=True):
    """All blocks of the definition files; consistent among themselves.

    No circle of moves, no key twice on one side, no id twice.
    """

    moves: tuple[Move, ...] = ()
    claims: tuple[Claim, ...] = ()

    def end(self, kind: Kind, key: str) -> str:
        """The key that *key*'s versions end up under; *key* itself without a block."""
        return self.ends().get((kind, key), key)

    def ends(self) -> Mapping[tuple[Kind, str], str]:
        """(kind, key) of each block -> the key its versions end up under."""
        return ends_of(self.moves)


def ends_of(moves: Iterable[Move]) -> dict[tuple[Kind, str], str]:
    """Where each chain of blocks ends; a chain that runs into a circle ends in it.

    Every block is followed once, however long the chains are.
    """
    following = {(move.kind, move.origin): move.target for move in moves}
    ends: dict[tuple[Kind, str], str] = {}
    for kind, first in following:
        passed: set[str] = set()
        key = first
        while (kind, key) in following and (kind, key) not in ends:
            if key in passed:
                break
            passed.add(key)
            key = following[kind, key]
        end = ends.get((kind, key), key)
        ends.update(((kind, each), end) for each in passed)
    return ends


NO_DIRECTIVES = Directives()
