"""Time as an argument, so that tests and emulators can pass it without sleeping."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

NOTICEABLE = 2.0  # seconds; shorter pauses are not mentioned
TICK = 1.0  # seconds between two reports about the same pause


class Clock(Protocol):
    """Unix seconds, and a way to wait."""

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


class Awaited(StrEnum):
    """The reason a run pauses."""

    TURN = "turn"  # the service takes so many calls a second
    THROTTLED = "throttled"  # it refused one as too fast
    UNANSWERED = "unanswered"  # it did not answer; then it is asked again


OnPause = Callable[[Awaited, float], None]  # for what, and how many seconds still


class Halted(Exception):
    """The run is to end, and there is no time left for a pause."""


class ToldClock:
    """A clock that reports longer pauses every second, with reason and seconds left.

    The listener is ``on_pause``; None hears nothing. Where ``stopped`` holds, a pause
    ends within a second.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on_pause: OnPause | None = None
        self.stopped: Callable[[], bool] = lambda: False
        self.now, self.sleep = clock.now, clock.sleep

    def pause(self, seconds: float, awaited: Awaited) -> None:
        """Wait for *seconds*, telling the listener once a second what for.

        Halted where the run is to end.
        """
        if self.on_pause is None:
            return self.sleep(seconds)
        told = seconds >= NOTICEABLE
        while seconds > 0 and not self.stopped():
            if told:
                self.on_pause(awaited, seconds)
            self.sleep(min(seconds, TICK))
            seconds -= TICK
        if self.stopped():
            raise Halted


def let_pass(clock: Clock, seconds: float, awaited: Awaited) -> None:
    """Wait for *seconds* on *clock*; one that can is told what for, and may be
    Halted."""
    if isinstance(clock, ToldClock):
        clock.pause(seconds, awaited)
    else:
        clock.sleep(seconds)
