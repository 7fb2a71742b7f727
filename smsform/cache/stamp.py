"""Digests that change when the program or a file changes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
HEAD = 16  # bytes of a file that is only glanced at


def digest(*parts: bytes) -> str:
    """A digest of *parts*; the same bytes divided otherwise give another digest."""
    found = blake2b(digest_size=20)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def program() -> str:
    """A digest of the interpreter, of this package and of what is installed beside it.

    Installing anything changes the folder it is put in. Of this package, which may be a
    working copy, every file counts, by size and time. ``sys.path[0]`` is left out: it
    is the folder of the script that was called.
    """
    lines = [sys.version, *_stats(sys.path[1:]), *sorted(_tree(PACKAGE))]
    return digest("\n".join(lines).encode(errors="surrogateescape"))


def _tree(folder: Path | str) -> Iterator[str]:
    """Every file below *folder*, with its size and time."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                if each.name != "__pycache__":
                    yield from _tree(each.path)
            else:
                state = each.stat()
                yield f"{each.path} {state.st_size} {state.st_mtime_ns}"


def _stats(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        try:
            state = os.stat(path)
        except OSError:
            yield path
        else:
            yield f"{path} {state.st_ino} {state.st_size} {state.st_mtime_ns}"


def sizes_and_times(paths: Iterable[Path]) -> str:
    """A digest of the sizes and times of *paths*, which are not read."""
    lines = _stats(map(str, paths))
    return digest("\n".join(lines).encode(errors="surrogateescape"))


def glance(path: Path) -> str:
    """A file by its size, its first bytes and the links that lead to it.

    When it cannot be read, the reason.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return "no file"
        with open(path, "rb") as file:
            head, size = file.read(HEAD), file.seek(0, os.SEEK_END)
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return f"{size} {head.hex()} {os.path.realpath(path)}"
