"""Writing a state into its file; runs that only read one load nothing of this."""

from __future__ import annotations

import contextlib
from pathlib import Path

from smsform.errors import StateError
from smsform.state import durable
from smsform.state.check import Checked, LossyState
from smsform.state.codec import Dumper
from smsform.state.memory import State


class StateWriter:
    """Writes states to the file at *path*, one after another.

    What did not change since the last one is neither checked nor serialised again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._dumper, self._checked = Dumper(), Checked()

    def write(self, state: State) -> None:
        """Replace the file if its text changes: write, fsync, rename, fsync.

        StateError, with the file unchanged, for a state that could not be read again.
        """
        try:
            self._checked.check(state)
        except LossyState as error:
            raise StateError("unsaved", path=self._path, what=str(error)) from None
        # A lone surrogate from a service becomes the escape that JSON has for it.
        data = self._dumper.dump(state).encode(errors="backslashreplace")
        try:
            with contextlib.suppress(OSError):
                if self._path.read_bytes() == data:
                    return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            durable.replace(self._path, data)
        except OSError as error:
            what = error.strerror or str(error)
            raise StateError("unsaved", path=self._path, what=what) from None
