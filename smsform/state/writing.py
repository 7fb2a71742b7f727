"""Writing a state into its file; runs that only read one load nothing of this."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from smsform.errors import StateError
from smsform.state import durable
from smsform.state.check import Checked, LossyState
from smsform.state.codec import dump
from smsform.state.journal import Journal
from smsform.state.memory import State
from smsform.state.steps import Step

# After the file was written, steps go into the journal for this many times as long as
# the writing took. A small file is so written again with nearly every step, for a call
# of a service takes longer than that.
REST = 20.0


class StateWriter:
    """Writes states to the file at *path*, and steps to the file at *journal*.

    What did not change since the last state is not checked again.
    """

    def __init__(self, path: Path, journal: Path) -> None:
        self._path, self._journal = path, Journal(journal, path)
        self._checked = Checked()
        # Until then steps go into the journal; None: what the file holds is unknown.
        self._rests_until: float | None = None

    def write(self, state: State) -> None:
        """Replace the file if its text changes: write, fsync, rename, fsync.

        StateError, with the file unchanged, for a state that could not be read again.
        """
        began, self._rests_until = perf_counter(), None
        with self._unsaved():
            self._checked.check(state)
            data = dump(state)
            if not self._holds(data):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                durable.replace(self._path, data)
            self._journal.end()
        ended = perf_counter()
        self._rests_until = ended + REST * (ended - began)

    def add(self, step: Step) -> bool:
        """Write a step from the state that was written last into the journal.

        False, and nothing is written, when it is time to write the state whole.
        """
        if self._rests_until is None or perf_counter() > self._rests_until:
            return False
        until, self._rests_until = self._rests_until, None
        with self._unsaved():
            self._checked.check_step(step)
            self._journal.add(step)
        self._rests_until = until
        return True

    def _holds(self, data: bytes) -> bool:
        with contextlib.suppress(OSError):
            return self._path.read_bytes() == data
        return False

    @contextlib.contextmanager
    def _unsaved(self) -> Iterator[None]:
        """StateError for what goes wrong."""
        try:
            yield
        except LossyState as error:
            raise StateError("unsaved", path=self._path, what=str(error)) from None
        except OSError as error:
            what = error.strerror or str(error)
            raise StateError("unsaved", path=self._path, what=what) from None
