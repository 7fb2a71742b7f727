"""A lock on a file: held by the kernel for a live process, described in a file beside.

The kernel's lock ends with its process, however that ends, so nothing has to be guessed
about who is alive, and of two that find a dead owner's file one gets it. The file says
who holds it, for people; it is removed when the lock is released.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

LARGEST = 4096  # bytes of a description
TRIES = 100  # a lock file may be removed between opening and locking it
# A link in a clone must not make us overwrite its target.
NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Holder(Struct, frozen=True):
    """Who holds a lock, as the file says; ``since`` is ISO 8601, UTC."""

    id: str = "?"
    owner: str = "?"
    host: str = "?"
    pid: str = "?"
    since: str = "?"


class LockHeld(Exception):
    """Somebody else has the lock, or had it on another machine."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


class Condition(Struct, frozen=True):
    """The holder that the lock file names, None without one; whether it is alive.

    A holder on another machine counts as alive, because that cannot be checked.
    """

    holder: Holder | None
    alive: bool


class FileLock:
    """The lock at *path*, on one machine only. Methods raise OSError, LockHeld."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Hold the lock until ``give_back``, or until this process ends."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(TRIES):
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | NO_LINK, 0o666)
            try:
                if self._won(handle):
                    _describe(handle)
                    self._handle, handle = handle, -1
                    return
            finally:
                if handle >= 0:
                    os.close(handle)
        raise LockHeld(self.condition().holder or Holder())

    def _won(self, handle: int) -> bool:
        """Whether *handle* has the lock and is still the file at our path."""
        if not _claim(handle):
            if holder := _read(handle):
                raise LockHeld(holder)
            return False  # another process is just taking or releasing it
        if not self._is_ours(handle):
            return False
        holder = _read(handle)
        if holder and holder.host != _machine():
            raise LockHeld(holder)
        return True

    def give_back(self) -> None:
        """Release the lock; does nothing when it was broken meanwhile."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        try:
            if self._is_ours(handle):
                self._remove(handle)
        finally:
            os.close(handle)

    def break_(self, id: str) -> bool:
        """Remove the lock with *id*, alive or not; False when there is no lock.

        LockHeld when the lock has another id.
        """
        with self._opened(os.O_RDWR) as handle:
            holder = _read(handle) if handle is not None else None
            if handle is None or holder is None:
                return False
            if holder.id != id:
                raise LockHeld(holder)
            if self._is_ours(handle):
                self._remove(handle)
        return True

    def condition(self) -> Condition:
        """What the lock file says now; does not take the lock."""
        with self._opened(os.O_RDONLY) as handle:
            holder = _read(handle) if handle is not None else None
            if handle is None or holder is None:
                return Condition(None, alive=False)
            here = holder.host == _machine()
            return Condition(holder, alive=not (here and _claim(handle)))

    @contextlib.contextmanager
    def _opened(self, how: int) -> Iterator[int | None]:
        try:
            handle = os.open(self.path, how | NO_LINK)
        except FileNotFoundError:
            yield None
            return
        try:
            yield handle
        finally:
            os.close(handle)

    def _is_ours(self, handle: int) -> bool:
        """Whether the file at our path is the one *handle* opened."""
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self.path))
        except FileNotFoundError:
            return False

    def _remove(self, handle: int) -> None:
        # Emptied first: where an open file cannot be removed, an empty one counts as
        # free.
        os.ftruncate(handle, 0)
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def _describe(handle: int) -> None:
    import json  # for those who take a lock

    fields = Holder(
        id=uuid.uuid4().hex[:12],
        owner=_user(),
        host=_machine(),
        pid=str(os.getpid()),
        since=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    text = json.dumps(asdict(fields)).encode()
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text)
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, 0)  # an incomplete description would keep everybody out
        raise


def _read(handle: int) -> Holder | None:
    """The holder in the file; None when it is empty, "?" where it is damaged."""
    os.lseek(handle, 0, os.SEEK_SET)
    data = os.read(handle, LARGEST)
    if not data:
        return None
    import json

    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return Holder()
    known = {key: found[key] for key in Holder.__struct_fields__ if key in found}
    return Holder(**{key: str(each)[:100] for key, each in known.items()})


def _claim(handle: int) -> bool:
    """Ask the kernel for the lock, without waiting; closing the handle releases it."""
    if os.name == "nt":
        return _claim_on_windows(handle)
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _claim_on_windows(handle: int) -> bool:
    import msvcrt  # type: ignore[import-not-found,unused-ignore]

    # A locked range cannot be read, so a far one is locked.
    os.lseek(handle, 1 << 30, os.SEEK_SET)
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _machine() -> str:
    import socket  # only runs that take a lock load it

    return socket.gethostname()
