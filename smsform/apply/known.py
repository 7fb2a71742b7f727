"""Which ids were there before: none of them can be a new entry's."""

from __future__ import annotations

from smsform.model import Kind, Reading
from smsform.state import Block
from smsform.state.memory import keepable


class KnownIds:
    """Every id at a provider, ours and others', kept up to date during a run.

    Ids of ours that vanished are left out: where a name is the id, it may come back.
    """

    def __init__(self, block: Block, reading: Reading) -> None:
        owned = {
            (slot[0], version.id)
            for slot, record in block.records.items()
            for version in record.versions
            if not version.gone
        }
        self._ids = owned | {(entry.kind, entry.id) for entry in reading.entries}

    def is_new(self, kind: Kind, id: str) -> bool:
        """Whether *id* can be what a creation made, and can be remembered."""
        return keepable(id) and (kind, id) not in self._ids

    def made(self, kind: Kind, id: str) -> None:
        """An entry was made with that id."""
        self._ids.add((kind, id))

    def deleted(self, kind: Kind, id: str) -> None:
        """The entry with that id is no more."""
        self._ids.discard((kind, id))
