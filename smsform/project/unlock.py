"""Break a lock that a run left behind or still holds."""

from __future__ import annotations

from smsform.errors import ConfigError, StateLocked
from smsform.project.own_checks import locks
from smsform.project.workspace import Workspace, open_store
from smsform.words import say


def unlock(project: Workspace, id: str) -> None:
    """Break the lock with *id*; ConfigError where there is none or another."""
    store = open_store(project)
    try:
        found = store.unlock(id or "?")
    except StateLocked:
        there = next(locks(store))
        what = say("state.other_lock", id=id, lock=there.found)
        raise ConfigError("state", what, there.todo) from None
    if not found:
        raise ConfigError("state", say("state.no_lock"), say("state.no_lock_hint"))
