"""The chassis of every emulator; knows no service.

    request -> adapter (in process)  -+
               server (loopback)     -+-> Service -> vendor's actions -> Store
                                           |
                                 faults, pace, reviewer, call log

The store is one SQLite file shared by the emulators of a project, by the commands
that drive them by hand, and by servers in other processes.
"""

from __future__ import annotations

from pathlib import Path


def store_path(root: Path) -> Path:
    """Where the project at *root* keeps its emulators' store; git-ignored."""
    return root / ".smsform" / "emulator.sqlite"


def state_path(root: Path) -> Path:
    """Where that project remembers its emulated providers' ids."""
    return root / ".smsform" / "emulator.state.json"
