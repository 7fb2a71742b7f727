"""The state in a file: read whole, replaced atomically, locked on one machine.

Reached through ``StateStore``, because a file will not be the only place to keep it.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import tempfile
import uuid
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from smsform.errors import StateError, StateLocked
from smsform.state.codec import LARGEST, dump, parse
from smsform.state.memory import State
from smsform.words import say


class StateStore(Protocol):
    """Where the state is kept."""

    def load(self) -> State:
        """The state; an empty one when nothing was kept yet."""

    def save(self, state: State) -> None:
        """Keep *state*; on return it survives a power cut. StateError otherwise."""

    def lock(self) -> None:
        """Keep others out; StateLocked when somebody is in."""

    def unlock(self, id: str = "") -> None:
        """Let others in; with *id*, break the lock of that id."""


class FileState:
    """One JSON file, made to be committed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock_path = path.with_name(path.name + ".lock")
        self._lock_id = ""

    def load(self) -> State:
        """Read and check the file; StateError says what is wrong with it."""
        try:
            if self.path.stat().st_size > LARGEST:
                what = say("state.too_large", limit=LARGEST // 2**20)
                raise self._damaged(what)
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return State()
        except UnicodeDecodeError:
            raise self._damaged(say("state.not_utf8")) from None
        except OSError as error:
            raise self._damaged(error.strerror or str(error)) from None
        return parse(str(self.path), text)

    def save(self, state: State) -> None:
        """Replace the file if its text would change: write, fsync, rename, fsync."""
        text = dump(state)
        try:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                if self.path.read_text(encoding="utf-8") == text:
                    return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._replace(text)
        except OSError as error:
            what = error.strerror or str(error)
            raise StateError("unsaved", path=self.path, what=what) from None

    def _replace(self, text: str) -> None:
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".state-")
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, _mode(self.path))
            os.replace(name, self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        _sync_folder(self.path.parent)

    def lock(self) -> None:
        """Create the lock file; one whose owner died on this machine is taken over."""
        self._lock_path.parent.mkdir(parents=True, exist_ok=True)
        owner = {
            "id": uuid.uuid4().hex[:12],
            "owner": _user(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        for _ in range(3):
            try:
                handle = os.open(self._lock_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                holder = self.holder()
                if holder and not _abandoned(holder):
                    raise self._locked(holder) from None
                with contextlib.suppress(FileNotFoundError):
                    self._lock_path.unlink()
                continue
            except OSError as error:
                what = error.strerror or str(error)
                raise StateError("unsaved", path=self._lock_path, what=what) from None
            with open(handle, "w", encoding="utf-8") as file:
                json.dump(owner, file)
            self._lock_id = str(owner["id"])
            return
        raise self._locked(self.holder() or owner)

    def holder(self) -> dict[str, object]:
        """Who holds the lock; empty when nobody does."""
        try:
            found = json.loads(self._lock_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def unlock(self, id: str = "") -> None:
        """Remove our own lock, or the one with *id*."""
        if not id and not self._lock_id:
            return
        holder = self.holder()
        if holder and holder.get("id") != (id or self._lock_id):
            if id:
                raise self._locked(holder)
            return
        self._lock_path.unlink(missing_ok=True)
        self._lock_id = ""

    def _damaged(self, what: str) -> StateError:
        todo = say("state.damaged_hint")
        return StateError("damaged", path=self.path, what=what, todo=todo)

    def _locked(self, holder: dict[str, object]) -> StateLocked:
        fields = {
            key: holder.get(key, "?") for key in ("id", "owner", "host", "pid", "since")
        }
        return StateLocked("locked", path=self.path, **fields)


class SplitState:
    """The committed file, but providers at the emulator in a file of their own.

    Ids an emulator invented must never reach the file that production reads.
    """

    def __init__(
        self, committed: StateStore, emulated: StateStore, names: Collection[str]
    ) -> None:
        self._committed, self._emulated = committed, emulated
        self._names = frozenset(names)

    def load(self) -> State:
        """Both parts as one state."""
        blocks = dict(self._committed.load().blocks)
        for name in self._names:
            blocks.pop(name, None)
        for name, block in self._emulated.load().blocks.items():
            if name in self._names:
                blocks[name] = block
        return State(blocks)

    def save(self, state: State) -> None:
        """Each part to its file; what a part holds for others is left alone."""
        for store, ours in ((self._committed, False), (self._emulated, True)):
            kept = store.load().blocks
            blocks = {n: b for n, b in kept.items() if (n in self._names) is not ours}
            for name, block in state.blocks.items():
                if (name in self._names) is ours:
                    blocks[name] = block
            if blocks != kept:
                store.save(State(blocks))

    def lock(self) -> None:
        """Lock both, or none."""
        self._committed.lock()
        try:
            self._emulated.lock()
        except BaseException:
            self._committed.unlock()
            raise

    def unlock(self, id: str = "") -> None:
        """Unlock both; with *id*, the one that has it."""
        if not id:
            self._emulated.unlock()
            self._committed.unlock()
            return
        try:
            self._committed.unlock(id)
        except StateLocked:
            self._emulated.unlock(id)
        else:
            with contextlib.suppress(StateLocked):
                self._emulated.unlock(id)


def _mode(path: Path) -> int:
    """The permissions of *path*, or those any new file gets here."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _abandoned(holder: dict[str, object]) -> bool:
    """Whether the owner was a process of this machine that is no more."""
    pid = holder.get("pid")
    if holder.get("host") != socket.gethostname() or not isinstance(pid, int):
        return False
    if pid == os.getpid():
        return False
    if os.name == "nt":
        return False  # os.kill(pid, 0) would end the process there
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # folders cannot be opened there; the rename is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
