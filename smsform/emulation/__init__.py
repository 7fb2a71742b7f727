"""What all emulators share; knows no service.

    request -> adapter (in process)  -+
               server (loopback)     -+-> Service -> the service's actions -> Store
                                           |
                                 faults, pace, reviewer, call log

The store is one SQLite file shared by the emulators of a project, by the commands that
drive them by hand, and by servers in other processes.
"""

from __future__ import annotations

import os
from pathlib import Path

from smsform.errors import ConfigError
from smsform.words import say

FOLDER = (
    ".smsform"  # below a project's root; git-ignored, and all an emulator writes to
)


def folder(root: Path) -> Path:
    """Where the emulators of the project at *root* keep what they know.

    ConfigError when a link stands there: a clone may bring one that leads anywhere.
    """
    path = root / FOLDER
    refuse_links(path)
    return path


def refuse_links(*paths: Path) -> None:
    """ConfigError for a link where only a file or folder of ours may be."""
    for path in paths:
        if path.is_symlink():
            what, todo = say("emulation.link"), say("emulation.link_hint")
            raise ConfigError(str(path), what, todo)


def make_private(path: Path) -> None:
    """Create the file at *path* if needed and make it readable for its owner alone."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    os.chmod(path, 0o600)  # files of earlier versions were readable for everybody


def store_path(root: Path) -> Path:
    """Where the project at *root* keeps its emulators' store."""
    return folder(root) / "emulator.sqlite"


def state_path(root: Path) -> Path:
    """Where that project remembers its emulated providers' ids."""
    return folder(root) / "emulator.state.json"
