"""Limiting how often a call is made, over all threads.

A service counts a call when the request arrives, some time between sending it and its
answer. So a slot is free again one window after the request was sent, or later by what
the answer took longer than the quickest one: the request may have spent that time on
its way. When every answer takes equally long, calls overlap and only the pace limits
them; when answers vary, two bursts still cannot arrive closer together than allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from math import inf
from threading import BoundedSemaphore, Lock

from smsform.clock import Awaited, Clock, let_pass

MARGIN = 1.005  # how much longer than the service's window ours is: clocks drift
SLICE = 0.05  # seconds; how soon a waiting call notices that it is not needed


class Abandoned(Exception):
    """The answer is not needed any more; nothing was sent."""


def always() -> bool:
    """A condition that always holds: the answer stays needed."""
    return True


class Turn:
    """A call that holds a slot; ``answered`` tells when the service counted it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.at: float | None = None
        self.took = 0.0

    def answered(self, seconds: float) -> None:
        """Note that the answer is here, *seconds* after the request was sent."""
        self.at, self.took = self._clock.now(), seconds


class Pacer:
    """At most *calls* calls in any window of *seconds*, over all threads.

    At most *calls* are under way at a time. The first burst goes at once. The window of
    a call without an answer begins when the call ends: the service saw it no later.
    """

    def __init__(self, calls: int, seconds: float, clock: Clock) -> None:
        self._window, self._span = seconds, seconds * MARGIN
        self._clock = clock
        self._free = [-inf] * calls  # a heap: when each slot nobody holds is free again
        self._slots = BoundedSemaphore(calls)
        self._first = Lock()  # held by the call that waits: others wait as long
        self._lock = Lock()
        self._quickest = inf  # seconds from sending to answer
        self._resting = (-inf, 0.0)  # until when, and how long

    @contextmanager
    def turn(self, wanted: Callable[[], bool] = always) -> Iterator[Turn]:
        """Wait for a slot and hold it for a block; Abandoned when *wanted* becomes
        False."""
        with self._slots:
            with self._first:
                with self._lock:
                    free = heappop(self._free)
                try:
                    self._wait(free, wanted)
                except BaseException:
                    self._give_back(free)
                    raise
            turn = Turn(self._clock)
            try:
                yield turn
            finally:
                self._give_back(self._free_after(turn))

    def ready(self) -> None:
        """Wait until a slot is free, and leave it free."""
        with self._slots, self._first:
            self._wait(self._free[0], always)

    def rest(self, seconds: float) -> None:
        """Start no call for *seconds*: the service has refused one as too fast."""
        until = self._clock.now() + seconds
        with self._lock:
            self._resting = max(self._resting, (until, seconds))

    def _give_back(self, free: float) -> None:
        with self._lock:
            heappush(self._free, free)

    def _free_after(self, turn: Turn) -> float:
        if turn.at is None:
            return self._clock.now() + self._span
        with self._lock:
            self._quickest = min(self._quickest, turn.took)
        sent, arrived = turn.at - turn.took, turn.at - self._quickest  # at the latest
        return max(sent + self._span, arrived + self._window)

    def _wait(self, due: float, wanted: Callable[[], bool]) -> None:
        self._pass(due, self._span, Awaited.TURN, wanted)
        while self._resting[0] > self._clock.now():
            until, seconds = resting = self._resting
            self._pass(until, seconds, Awaited.THROTTLED, wanted)
            if resting == self._resting:
                return

    def _pass(
        self, due: float, most: float, awaited: Awaited, wanted: Callable[[], bool]
    ) -> None:
        # Counted down as well as compared: a clock that is set back must not block the
        # run.
        left = min(due - self._clock.now(), most)
        while wanted():
            if left <= 0:
                return
            pause = left if wanted is always else min(left, SLICE)
            let_pass(self._clock, pause, awaited)
            left = min(left - pause, due - self._clock.now())
        raise Abandoned
