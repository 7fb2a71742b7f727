"""A state that changes step by step, one address at a time.

A step costs the same beside ten entries and beside ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from smsform.state.memory import Block, Slot

T = TypeVar("T")


class Step(NamedTuple):
    """What the state has of one address from now on; the others stay as they are.

    ``block`` is the provider's, with nothing in it but the record, the intent and the
    retired ids of *slot*, where it has any. Notices are no part of a step.
    """

    provider: str
    slot: Slot
    block: Block


class OpenBlock:
    """A block that is changed in place; ``view`` shows it, and every later change."""

    def __init__(self, block: Block) -> None:
        self._records = dict(block.records)
        self._intents = dict(block.intents)
        self._retired = dict(block.retired)
        self.view = replace(
            block,
            records=self._records,
            intents=self._intents,
            retired=self._retired,
        )

    def copy(self) -> Block:
        """The block as it is now, for good."""
        return OpenBlock(self.view).view

    def at(self, slot: Slot) -> Block:
        """The part of one address."""
        return part_of(self.view, slot)

    def put(self, slot: Slot, part: Block) -> None:
        """Put *part* in the place of what the address had."""
        _put(slot, part.records, self._records)
        _put(slot, part.intents, self._intents)
        _put(slot, part.retired, self._retired)


def part_of(block: Block, slot: Slot) -> Block:
    """*block* with nothing in it but what is of one address, and its notices."""
    return replace(
        block,
        records=_only(slot, block.records),
        intents=_only(slot, block.intents),
        retired=_only(slot, block.retired),
    )


def _only(slot: Slot, found: Mapping[Slot, T]) -> dict[Slot, T]:
    return {slot: found[slot]} if slot in found else {}


def _put(slot: Slot, part: Mapping[Slot, T], into: dict[Slot, T]) -> None:
    if slot in part:
        into[slot] = part[slot]
    else:
        into.pop(slot, None)
