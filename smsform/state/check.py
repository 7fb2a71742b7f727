"""Checking a state before it is written: invalid ids, and ids with two owners."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.model import Kind
from smsform.state.memory import Block, Record, Slot, State, keepable
from smsform.words import say


class LossyState(ValueError):
    """A state that could not be read again; its text says why."""


class Checked:
    """Remembers what was valid, so that only changed blocks are checked again."""

    def __init__(self) -> None:
        self._records: dict[str, Mapping[Slot, Record]] = {}
        self._owners: dict[str, dict[tuple[Kind, str], Slot]] = {}

    def check(self, state: State) -> None:
        """LossyState for a state that ``parse`` would refuse."""
        try:
            for name, block in state.blocks.items():
                self._block(name, block)
        except LossyState:
            self._records, self._owners = {}, {}
            raise

    def _block(self, name: str, block: Block) -> None:
        before = self._records.get(name, {})
        owners = self._owners.setdefault(name, {})
        now = block.records
        changed = [slot for slot, record in now.items() if before.get(slot) != record]
        for slot in (*changed, *(before.keys() - now.keys())):
            for version in before[slot].versions if slot in before else ():
                owners.pop((slot[0], version.id), None)
        for slot in changed:
            for version in now[slot].versions:
                if not keepable(version.id):
                    raise LossyState(say("state.want_id"))
                owner = owners.setdefault((slot[0], version.id), slot)
                if owner != slot:
                    raise LossyState(say("state.two_owners", id=version.id))
            if len({each.id for each in now[slot].versions}) < len(now[slot].versions):
                raise LossyState(say("state.twice", key=f"{slot[0]}.{slot[1]}"))
        self._records[name] = now
