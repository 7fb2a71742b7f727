"""Entries in a folder: sealed, replaced atomically, the oldest dropped.

An entry is a file: the seal in hexadecimal, a line break, the bytes. Two runs at once
do no harm, for either whole entry is right; one that is killed leaves a file that the
next ones drop.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from smsform.cache.place import CachePlaces, place

LARGEST = 64 * 2**20  # bytes of all entries
ENTRY, BEGUN = ".entry", ".begun"
ABANDONED = 3600  # seconds after which nobody goes on writing an entry
SEAL = 64  # signs of a seal
KEY = 32  # bytes
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Cache:
    """The entries at one place; nothing here raises anything.

    *key* seals them; names are texts of any kind.
    """

    def __init__(self, folder: Path, key: bytes, most: int = LARGEST) -> None:
        self.folder = folder
        self._key, self._most = key, most

    def get(self, name: str) -> bytes | None:
        """The entry of that name; None without one, or for one that is not ours."""
        sealed = _read(self._path(name), self._most)
        if sealed is None or sealed[SEAL : SEAL + 1] != b"\n":
            return None
        seal, data = sealed[:SEAL], sealed[SEAL + 1 :]
        return data if compare_digest(seal, self._seal(name, data)) else None

    def put(self, name: str, data: bytes) -> None:
        """Keep *data* under that name, as far as that is possible."""
        path = self._path(name)
        begun = path.with_suffix(f".{os.getpid()}{BEGUN}")
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                _write(begun, self._seal(name, data) + b"\n" + data)
                os.replace(begun, path)
            finally:
                begun.unlink(missing_ok=True)
            self._drop()

    def clear(self) -> None:
        """Drop every entry."""
        for path, _ in self._files():
            with suppress(OSError):
                path.unlink()

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes."""
        sizes = [found.st_size for _, found in self._files()]
        return len(sizes), sum(sizes)

    def _seal(self, name: str, data: bytes) -> bytes:
        seal = blake2b(data, key=self._key, digest_size=SEAL // 2, person=b"smsform")
        seal.update(b"\0" + name.encode(errors="surrogateescape"))
        return seal.hexdigest().encode()

    def _path(self, name: str) -> Path:
        known = name.encode(errors="surrogateescape")
        return self.folder / f"{blake2b(known, digest_size=16).hexdigest()}{ENTRY}"

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Entries and what runs have left behind."""
        with suppress(OSError), os.scandir(self.folder) as listed:
            for each in listed:
                if each.name.endswith((ENTRY, BEGUN)):
                    with suppress(FileNotFoundError):  # another run dropped it
                        found = each.stat(follow_symlinks=False)
                        if stat.S_ISREG(found.st_mode):
                            yield Path(each.path), found

    def _drop(self) -> None:
        """Keep the newest entries, as many as there is room for."""
        room, old = self._most, time.time() - ABANDONED
        files = sorted(self._files(), key=lambda each: each[1].st_mtime, reverse=True)
        for path, found in files:
            room -= found.st_size
            if room < 0 or (path.suffix == BEGUN and found.st_mtime < old):
                with suppress(OSError):
                    path.unlink()


def opened(environ: Mapping[str, str], root: Path, repository: Path) -> Cache | None:
    """The cache for the project at *root*; None where there can be none.

    ConfigError as ``place``.
    """
    found = place(environ, root, repository)
    key = found and _key(found)
    return Cache(found.folder, key) if found and key else None


def _key(found: CachePlaces) -> bytes | None:
    """The key of this user on this machine, made on first use."""
    if (key := _read_key(found.key)) is not None:
        return key
    with suppress(OSError):
        found.key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(found.key, os.urandom(KEY))
    return _read_key(found.key)  # another run may have been first


def _read_key(path: Path) -> bytes | None:
    """None for a key that others could have written or read."""
    with suppress(OSError):
        found = os.lstat(path)
        ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        private = os.name == "nt" or not stat.S_IMODE(found.st_mode) & 0o077
        if stat.S_ISREG(found.st_mode) and ours and private:
            key = _read(path, KEY)
            return key if key is not None and len(key) == KEY else None
    return None


def _read(path: Path, most: int) -> bytes | None:
    """The bytes of a regular file of at most *most*; links are not followed."""
    with suppress(OSError):
        handle = os.open(path, _READ | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:
            found = os.fstat(handle)
            if stat.S_ISREG(found.st_mode) and found.st_size <= most + SEAL + 1:
                return file.read()
    return None


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, _NEW, 0o600)
    with open(handle, "wb") as file:
        file.write(data)
