"""Where the cache and its key lie: in the user's own folders, never in a project.

What a repository holds others can write, and so can who fills the cache that a CI job
restores below it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from smsform.errors import ConfigError
from smsform.words import say

VARIABLE = "SMSFORM_CACHE"
OFF = "off"  # as its value: no cache


class CachePlaces(NamedTuple):
    """The folder of the entries, and the file of the key they are sealed with."""

    folder: Path
    key: Path


def place(
    environ: Mapping[str, str], root: Path, repository: Path
) -> CachePlaces | None:
    """Where to keep what is worked out about the project at *root*; None for nowhere.

    Both folders are absolute, links followed. ConfigError for a ``SMSFORM_CACHE`` in
    the project, or in the *repository* it lies in.
    """
    given = environ.get(VARIABLE, "")
    if given == OFF:
        return None
    caches, states = _folders(environ)
    folder = Path(given).expanduser() if given else caches and caches / "smsform"
    if not folder or not states or not folder.is_absolute():
        return None
    found = CachePlaces(folder, states / "smsform" / "cache-key")
    if given and _within(folder, repository):
        what, todo = say("cache.inside"), say("cache.inside_hint")
        raise ConfigError(f"{VARIABLE}={given}", what, todo)
    if any(_within(each, root) for each in found):
        return None
    return found


def _within(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(root)


def _folders(environ: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    """The user's folders for caches and for state, as the platform has them.

    XDG Base Directory Specification 0.8; a relative path in its variables counts as
    none.
    """
    if sys.platform == "win32":
        local = environ.get("LOCALAPPDATA", "")
        return (Path(local, "Cache"), Path(local)) if local else (None, None)
    home = environ.get("HOME", "")
    library = ("Library/Caches", "Library/Application Support")
    unix = (".cache", ".local/state")
    usual = library if sys.platform == "darwin" else unix
    names = ("XDG_CACHE_HOME", "XDG_STATE_HOME")
    found = (
        _absolute(environ.get(name, "")) or (_absolute(home) and Path(home, below))
        for name, below in zip(names, usual, strict=True)
    )
    caches, states = found
    return caches or None, states or None


def _absolute(path: str) -> Path | None:
    return Path(path) if path.startswith("/") else None
