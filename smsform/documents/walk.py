"""Finding the YAML files of a project, without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from smsform.regular import MIB

CONFIG = "smsform.yaml"
SUFFIXES = (".yaml", ".yml")
LARGEST = 64 * MIB  # of one YAML file; 50,000 definitions have about 20


def find(root: Path, closed: dict[str, str] | None = None) -> Iterator[str]:
    """Every YAML file below *root* but smsform.yaml, by path relative to it, sorted.

    Hidden files and folders are passed over, and so is a folder with a smsform.yaml of
    its own, which is another project. Links to folders are not followed (a project with
    a loop would never end), and a link to a file outside is not read. Folders that
    cannot be listed are put into *closed*, with the reason; OSError without it.
    """
    found = []
    top = os.fspath(root)

    def note(error: OSError) -> None:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return  # it is gone by now
        if closed is None:
            raise error
        closed[_below(top, error.filename)] = error.strerror or str(error)

    for folder, folders, names in os.walk(top, onerror=note):
        if CONFIG in names and folder != top:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # As text: a Path for each file would take most of the time.
        below = _below(top, folder)
        for name in names:
            if name.endswith(SUFFIXES) and not name.startswith("."):
                relative = f"{below}/{name}" if below else name
                link = os.path.islink(os.path.join(folder, name))
                if not link or inside(root, relative):
                    found.append(relative)
    return (path for path in sorted(found) if path != CONFIG)


def _below(top: str, folder: str) -> str:
    return folder[len(top) :].replace(os.sep, "/").strip("/")


def inside(folder: Path, name: str) -> Path | None:
    """The real path of *name* below *folder*, links followed; None when it is outside.

    A path that cannot be resolved is returned as written; opening it fails.
    """
    home = folder.resolve()
    try:
        path = (home / name).resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, NUL
        return home / name
    return path if path.is_relative_to(home) else None


def through_link(folder: Path, name: str) -> bool:
    """Whether *name* below *folder* is a link, or lies behind one."""
    path = folder
    try:
        return any((path := path / part).is_symlink() for part in Path(name).parts)
    except (OSError, ValueError):  # a name no file can have
        return False
