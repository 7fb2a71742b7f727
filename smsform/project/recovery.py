"""What a run that was killed has left beside the state."""

from __future__ import annotations

from smsform.project.workspace import Workspace, locked, open_store


def recover(project: Workspace) -> bool:
    """Put its last steps from the journal into the state file; whether there were any.

    StateError where they are steps of another file; StateLocked while the run lives.
    """
    store = open_store(project)
    if not store.behind():
        return False
    with locked(store):
        store.save(store.load())
    return True
