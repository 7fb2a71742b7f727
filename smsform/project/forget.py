"""Removing an address, or all of a provider, from the state."""

from __future__ import annotations

from collections.abc import Iterator

from smsform.errors import ConfigError
from smsform.model import Address
from smsform.project.addresses import matching, one_address
from smsform.project.relocate import check_owns, owners
from smsform.project.workspace import Workspace, locked, open_store
from smsform.state import Record, State
from smsform.words import say


def forget(project: Workspace, text: str, force: bool = False) -> list[Address]:
    """Remove what *text*, an address or a provider, means; open submissions included.

    Entries at the service stay. ConfigError for what is not there, or is protected
    without *force*; then nothing is removed.
    """
    store = open_store(project)
    with locked(store):
        state = store.load()
        known = list(dict.fromkeys((*owners(state), *_retired(state))))
        meant = [at for at in known if text == at.provider]
        if not meant:
            meant = sorted(matching(text, known))
        if not meant:
            check_owns(state, one_address(text, known))
        for at in meant:
            block, slot = state.blocks[at.provider], (at.kind, at.key)
            if block.record(slot).protected and not force:
                raise ConfigError("state", say("cli.protected", address=at))
            block = block.with_record(slot, Record()).with_intent(slot, None)
            block = block.without_retired(slot)
            state = state.with_block(at.provider, block)
        store.save(state)
    return meant


def _retired(state: State) -> Iterator[Address]:
    """Every address with the remembered id of a deleted version."""
    for provider, block in state.blocks.items():
        for slot in block.retired:
            yield Address(provider, *slot)
