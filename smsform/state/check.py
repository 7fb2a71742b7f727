"""Checking a state before it is written: invalid ids, and ids with two owners."""

from __future__ import annotations

from smsform.model import Kind
from smsform.state.memory import NOTHING, Block, Record, Slot, State, keepable
from smsform.state.steps import Step
from smsform.words import say

Owners = dict[tuple[Kind, str], Slot]


class LossyState(ValueError):
    """A state that could not be read again; its text says why."""


class Checked:
    """Checks states; remembers what was valid, so that only changes are checked."""

    def __init__(self) -> None:
        self._records: dict[str, dict[Slot, Record]] = {}
        self._owners: dict[str, Owners] = {}

    def check(self, state: State) -> None:
        """LossyState for a state that ``parse`` would refuse."""
        try:
            for name, block in state.blocks.items():
                self._block(name, block)
        except LossyState:
            self.forget()
            raise

    def check_step(self, step: Step) -> None:
        """The same for a step from the state that was checked last."""
        name, slot, part = step
        records = self._records.setdefault(name, {})
        owners = self._owners.setdefault(name, {})
        try:
            _disown(owners, slot, records.pop(slot, NOTHING))
            if record := part.records.get(slot):
                _own(owners, slot, record)
                records[slot] = record
        except LossyState:
            self.forget()
            raise

    def forget(self) -> None:
        """Look at all of the next state."""
        self._records, self._owners = {}, {}

    def _block(self, name: str, block: Block) -> None:
        before = self._records.get(name, {})
        owners = self._owners.setdefault(name, {})
        now = block.records
        changed = [slot for slot, record in now.items() if before.get(slot) != record]
        for slot in (*changed, *(before.keys() - now.keys())):
            _disown(owners, slot, before.get(slot, NOTHING))
        for slot in changed:
            _own(owners, slot, now[slot])
        self._records[name] = dict(now)


def _disown(owners: Owners, slot: Slot, record: Record) -> None:
    for version in record.versions:
        owners.pop((slot[0], version.id), None)


def _own(owners: Owners, slot: Slot, record: Record) -> None:
    for version in record.versions:
        if not keepable(version.id):
            raise LossyState(say("state.want_id"))
        owner = owners.setdefault((slot[0], version.id), slot)
        if owner != slot:
            raise LossyState(say("state.two_owners", id=version.id))
    if len({each.id for each in record.versions}) < len(record.versions):
        raise LossyState(say("state.twice", key=f"{slot[0]}.{slot[1]}"))
