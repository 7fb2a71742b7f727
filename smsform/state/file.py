"""The state in a file: read whole, replaced atomically, locked on one machine.

Used through ``StateStore``, because the state can be kept elsewhere, too.
"""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from msgspec.structs import asdict

from smsform.errors import StateError, StateLocked
from smsform.state.as_written import read_as_written
from smsform.state.memory import State
from smsform.state.parse import LARGEST, parse
from smsform.words import say

if TYPE_CHECKING:
    from smsform.state.glimpse import Glimpse
    from smsform.state.lock import Condition, FileLock, LockHeld
    from smsform.state.writing import StateWriter


class StateStore(Protocol):
    """A place where the state is kept."""

    def load(self) -> State:
        """The state; an empty one when none was saved yet."""

    def glimpse(self, providers: Collection[str]) -> Mapping[str, Glimpse]:
        """What a quick look at the state tells of *providers*; never an error."""

    def save(self, state: State) -> None:
        """Save *state*; after that it survives a power cut. StateError otherwise."""

    def lock(self) -> None:
        """Keep other runs out; StateLocked when another run holds the lock."""

    def locks(self) -> tuple[tuple[Path, Condition], ...]:
        """The lock files, and who holds each."""

    def unlock(self, id: str = "") -> bool:
        """Release the lock; with *id*, break the lock with that id, False without
        one."""


class FileState:
    """One JSON file, made to be committed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _lock(self) -> FileLock:
        from smsform.state.lock import FileLock  # most runs only read

        return FileLock(self.path.with_name(self.path.name + ".lock"))

    @cached_property
    def _writer(self) -> StateWriter:
        from smsform.state.writing import StateWriter  # most runs only read

        return StateWriter(self.path)

    def load(self) -> State:
        """Read and check the file; StateError says what is wrong with it."""
        with self._opened() as file:
            if file is None:
                return State()
            if (state := read_as_written(file)) is not None:
                return state
            file.seek(0)
            data = file.read()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise self._damaged(say("state.not_utf8")) from None
        return parse(str(self.path), text)

    def glimpse(self, providers: Collection[str]) -> Mapping[str, Glimpse]:
        """Read the file, but not its entries; nothing where it cannot be read."""
        from smsform.state.glimpse import glimpse  # for those who ask services

        try:
            with self._opened() as file:
                return {} if file is None else glimpse(file, providers)
        except StateError:  # the one that ``load`` raises
            return {}

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO | None]:
        """The file, None where there is none; StateError where it cannot be read."""
        self._refuse_link()
        try:
            if (file := self._open()) is None:
                yield None
            else:
                with file:
                    yield file
        except OSError as error:
            raise self._damaged(error.strerror or str(error)) from None

    def _open(self) -> BinaryIO | None:
        try:
            found = self.path.stat()
            if not stat.S_ISREG(found.st_mode):  # for example a pipe that never ends
                raise self._damaged(say("state.no_file"))
            if found.st_size > LARGEST:
                what = say("state.too_large", limit=LARGEST // 2**20)
                raise self._damaged(what)
            return self.path.open("rb", buffering=0)
        except FileNotFoundError:
            return None

    def save(self, state: State) -> None:
        """Replace the file if its text changes: write, fsync, rename, fsync.

        StateError, with the file unchanged, for a state that ``load`` would refuse.
        """
        self._refuse_link()
        self._writer.write(state)

    def lock(self) -> None:
        """Keep other runs out until ``unlock``; the lock of a killed owner ends with
        it."""
        from smsform.state.lock import LockHeld

        self._refuse_link()
        try:
            self._lock.take()
        except LockHeld as held:
            raise self._locked(held) from None
        except OSError as error:
            what = error.strerror or str(error)
            raise StateError("unsaved", path=self._lock.path, what=what) from None

    def locks(self) -> tuple[tuple[Path, Condition], ...]:
        """The lock file, and who holds it."""
        return ((self._lock.path, self._lock.condition()),)

    def unlock(self, id: str = "") -> bool:
        """Release our own lock, or break the one with *id*; whether there was one."""
        from smsform.state.lock import LockHeld

        if not id:
            self._lock.give_back()
            return True
        try:
            return self._lock.break_(id)
        except LockHeld as held:
            raise self._locked(held) from None

    def _refuse_link(self) -> None:
        """StateError for a link: by another link to the file, another lock would be
        used."""
        if self.path.is_symlink():
            raise StateError("link", path=self.path)

    def _damaged(self, what: str) -> StateError:
        todo = say("state.damaged_hint")
        return StateError("damaged", path=self.path, what=what, todo=todo)

    def _locked(self, held: LockHeld) -> StateLocked:
        return StateLocked("locked", path=self.path, **asdict(held.holder))


class SplitState:
    """The committed file, and a second file for emulated providers.

    Ids of an emulator must never reach the file that production reads. *names* are the
    emulated providers, *others* those at their service: blocks of these in the
    emulators' file are left alone. Of any other provider each file keeps its own block.
    """

    def __init__(
        self,
        committed: StateStore,
        emulated: StateStore,
        names: Collection[str],
        others: Collection[str] = (),
    ) -> None:
        self._committed, self._emulated = committed, emulated
        self._names, self._others = frozenset(names), frozenset(others)
        self._apart = self._names  # providers whose blocks are in the emulators' file
        self._kept: tuple[State, State] | None = None  # the content of each file

    def load(self) -> State:
        """Both parts as one state."""
        self._kept = (self._committed.load(), self._emulated.load())
        committed, emulated = (state.blocks for state in self._kept)
        strange = emulated.keys() - committed.keys() - self._others
        self._apart = self._names | strange
        ours = {n: b for n, b in committed.items() if n not in self._apart}
        return State(ours | {n: b for n, b in emulated.items() if n in self._apart})

    def glimpse(self, providers: Collection[str]) -> Mapping[str, Glimpse]:
        """What a look at the committed file tells of providers at their service."""
        found = self._committed.glimpse(providers)
        return {name: each for name, each in found.items() if name not in self._names}

    def save(self, state: State) -> None:
        """Save each part to its file; blocks of others are left alone.

        Those are known from the last ``load``: save under the lock it was loaded under.
        """
        if self._kept is None:
            self.load()
        assert self._kept is not None
        committed, emulated = self._kept
        self._kept = None  # after a failed save the content is unknown
        committed = self._saved(self._committed, committed, state, emulated=False)
        emulated = self._saved(self._emulated, emulated, state, emulated=True)
        self._kept = committed, emulated

    def _saved(
        self, store: StateStore, kept: State, state: State, *, emulated: bool
    ) -> State:
        """The content of *store* with its part of *state*."""
        foreign, ours = (
            {n: b for n, b in each.blocks.items() if (n in self._apart) is side}
            for each, side in ((kept, not emulated), (state, emulated))
        )
        after = State(foreign | ours)
        if after != kept:
            store.save(after)
        return after

    def lock(self) -> None:
        """Lock both files, or none."""
        self._committed.lock()
        try:
            self._emulated.lock()
        except BaseException:
            self._committed.unlock()
            raise

    def locks(self) -> tuple[tuple[Path, Condition], ...]:
        """Every lock file, and who holds it."""
        return (*self._committed.locks(), *self._emulated.locks())

    def unlock(self, id: str = "") -> bool:
        """Unlock both files; with *id*, break the lock of that run. Whether there was
        one."""
        if not id:
            self._emulated.unlock()
            return self._committed.unlock()
        holders = [each.holder for _, each in self.locks() if each.holder]
        runs = {each.id: (each.owner, each.host, each.pid) for each in holders}
        ids = [each for each, run in runs.items() if run == runs.get(id)] or [id]
        found, other = False, None
        for store, each in product((self._committed, self._emulated), ids):
            try:
                found = store.unlock(each) or found
            except StateLocked as locked:
                other = locked
        if other is not None and not found:
            raise other
        return found
