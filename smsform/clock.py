"""Time as something passed in, so that tests and the emulator sleep for nothing."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Unix seconds and a way to let some pass."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""

    def sleep(self, seconds: float) -> None:
        """Return when that many seconds have passed on this clock."""


class SystemClock:
    """The wall clock."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Block for *seconds*."""
        time.sleep(seconds)
