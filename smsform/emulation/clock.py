"""Virtual time: the wall clock plus an offset that sleeping advances."""

from __future__ import annotations

import time

from smsform.emulation.store import Store

_SCOPE, _OFFSET = "clock", "offset"


class VirtualClock:
    """A clock that everybody who opens the same store shares.

    ``sleep`` moves it forward and returns at once, so that pace, back-off and hours of
    review cost nothing.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC, as far as clients and emulators know."""
        return time.time() + self._offset()

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass for everybody, without waiting."""
        if seconds <= 0:
            return
        with self._store.transaction():
            self._store.note(_SCOPE, _OFFSET, self._offset() + seconds)

    def _offset(self) -> float:
        offset = self._store.recall(_SCOPE, _OFFSET)
        return offset if isinstance(offset, float) else 0.0
