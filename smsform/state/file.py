"""The state in a file: read whole, replaced atomically, locked on one machine.

While a run changes it step by step, the last steps may be in a journal beside it.
Used through ``StateStore``, because the state can be kept elsewhere, too.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from msgspec.structs import asdict

from smsform.errors import StateError, StateLocked
from smsform.state.as_written import read_as_written
from smsform.state.memory import State
from smsform.state.parse import LARGEST, parse
from smsform.state.shape import Malformed
from smsform.words import say

if TYPE_CHECKING:
    from smsform.state.glimpse import Glimpse
    from smsform.state.lock import Condition, FileLock, LockHeld
    from smsform.state.steps import Step
    from smsform.state.writing import StateWriter

TRIES = 5  # another run may write one of the two files while both are read


class StateStore(Protocol):
    """A place where the state is kept."""

    def load(self) -> State:
        """The state; an empty one when none was saved yet."""

    def glimpse(self, providers: Collection[str]) -> Mapping[str, Glimpse]:
        """What a quick look at the state tells of *providers*; never an error."""

    def save(self, state: State) -> None:
        """Save *state*; after that it survives a power cut. StateError otherwise."""

    def add(self, step: Step) -> bool:
        """Save the state that was saved last with one more *step*, like ``save``.

        False, and nothing is saved, when the whole state is to be saved instead.
        """

    def behind(self) -> bool:
        """Whether steps were added that are not in the state file itself yet."""

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
        self._journal = path.with_name(f"{path.name}.journal")

    @cached_property
    def _lock(self) -> FileLock:
        from smsform.state.lock import FileLock  # most runs only read

        return FileLock(self.path.with_name(self.path.name + ".lock"))

    @cached_property
    def _writer(self) -> StateWriter:
        from smsform.state.writing import StateWriter  # most runs only read

        return StateWriter(self.path, self._journal)

    def load(self) -> State:
        """Read and check the file; StateError says what is wrong with it."""
        for _ in range(TRIES):
            with _opened(self.path) as file:
                state = self._read(file) if file else State()
                with _opened(self._journal) as journal:
                    if journal is None:
                        return state
                    found = self._with_steps(state, file, journal)
            if found is not None:
                return found
        raise self._bad_journal(say("state.other_file"))

    def _read(self, file: BinaryIO) -> State:
        if (state := read_as_written(file)) is not None:
            return state
        file.seek(0)
        try:
            text = file.read().decode()
        except UnicodeDecodeError:
            raise _damaged(self.path, say("state.not_utf8")) from None
        return parse(str(self.path), text)

    def _with_steps(
        self, state: State, file: BinaryIO | None, journal: BinaryIO
    ) -> State | None:
        """*state* with the steps of the journal; None where they follow another file,
        for example because another run has just written this one."""
        from smsform.state.journal import with_steps  # a run was killed, or is running

        try:
            return with_steps(state, file, journal)
        except Malformed as wrong:
            raise self._bad_journal(wrong.what) from None

    def glimpse(self, providers: Collection[str]) -> Mapping[str, Glimpse]:
        """Read the file, but not its entries; nothing where it cannot be read."""
        from smsform.state.glimpse import glimpse  # for runs that read accounts

        try:
            with _opened(self.path) as file:
                return {} if file is None else glimpse(file, providers)
        except StateError:  # the one that ``load`` raises
            return {}

    def save(self, state: State) -> None:
        """Replace the file if its text changes: write, fsync, rename, fsync.

        StateError, with the file unchanged, for a state that ``load`` would refuse.
        """
        _refuse_link(self.path)
        self._writer.write(state)

    def add(self, step: Step) -> bool:
        """Write *step* into the journal; False when it is time to save the state."""
        return self._writer.add(step)

    def behind(self) -> bool:
        """Whether there is a journal."""
        return os.path.lexists(self._journal)

    def lock(self) -> None:
        """Keep other runs out until ``unlock``; the lock of a killed owner ends with
        it."""
        from smsform.state.lock import LockHeld

        _refuse_link(self.path)
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

    def _locked(self, held: LockHeld) -> StateLocked:
        return StateLocked("locked", path=self.path, **asdict(held.holder))

    def _bad_journal(self, what: str) -> StateError:
        todo = say("state.journal_hint", path=self.path, journal=self._journal)
        return StateError("damaged", path=self._journal, what=what, todo=todo)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO | None]:
    """The file, None where there is none; StateError where it cannot be read."""
    _refuse_link(path)
    try:
        if (file := _open(path)) is None:
            yield None
        else:
            with file:
                yield file
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from None


def _open(path: Path) -> BinaryIO | None:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # for example a pipe that never ends
            raise _damaged(path, say("state.no_file"))
        if found.st_size > LARGEST:
            what = say("state.too_large", limit=LARGEST // 2**20)
            raise _damaged(path, what)
        return path.open("rb", buffering=0)
    except FileNotFoundError:
        return None


def _refuse_link(path: Path) -> None:
    """StateError for a link: who comes by another link would use another lock."""
    if path.is_symlink():
        raise StateError("link", path=path)


def _damaged(path: Path, what: str) -> StateError:
    return StateError("damaged", path=path, what=what, todo=say("state.damaged_hint"))
