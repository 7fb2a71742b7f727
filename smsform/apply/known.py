"""The ids that existed before a call: none of them can be the new entry's."""

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
        """Whether *id* can be the entry a creation just made."""
        return keepable(id) and (kind, id) not in self._ids

    def made(self, kind: Kind, id: str) -> None:
        """Add the id of an entry that was just made."""
        self._ids.add((kind, id))

    def deleted(self, kind: Kind, id: str) -> None:
        """Remove the id of an entry that was just deleted."""
        self._ids.discard((kind, id))
