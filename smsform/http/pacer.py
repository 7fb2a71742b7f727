"""Limiting how often a call is made, over all threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from threading import BoundedSemaphore, Lock

from smsform.clock import Awaited, Clock, let_pass

MARGIN = 1.01  # how much longer than the service's window ours is: clocks drift
SLICE = 0.05  # seconds; how soon a waiting call notices that it is not needed


class Abandoned(Exception):
    """The answer is not needed any more; nothing was sent."""


def always() -> bool:
    """A condition that always holds: the answer stays needed."""
    return True


class Pacer:
    """At most *calls* calls in any window of *seconds*, over all threads.

    A slot is free again *seconds* after its last call **ended**: the service saw that
    call no later, so a slow connection set-up cannot push two bursts together. The
    first burst goes at once.
    """

    def __init__(self, calls: int, seconds: float, clock: Clock) -> None:
        self._span = seconds * MARGIN
        self._clock = clock
        self._ended = deque([-inf] * calls)
        self._slots = BoundedSemaphore(calls)
        self._lock = Lock()

    @contextmanager
    def turn(self, wanted: Callable[[], bool] = always) -> Iterator[None]:
        """Wait for a slot and hold it for a block; Abandoned when *wanted* becomes
        False."""
        with self._slots:
            with self._lock:  # the others would have to wait at least as long
                last = self._ended.popleft()
                try:
                    self._wait(last + self._span, wanted)
                except BaseException:
                    self._ended.appendleft(last)
                    raise
            try:
                yield
            finally:
                self._ended.append(self._clock.now())

    def ready(self) -> None:
        """Wait until a slot is free, and leave it free."""
        with self._slots, self._lock:
            self._wait(self._ended[0] + self._span, always)

    def _wait(self, due: float, wanted: Callable[[], bool]) -> None:
        # Counted down as well as compared: a clock that is set back must not block the
        # run.
        left = min(due - self._clock.now(), self._span)
        while wanted():
            if left <= 0:
                return
            pause = left if wanted is always else min(left, SLICE)
            let_pass(self._clock, pause, Awaited.TURN)
            left = min(left - pause, due - self._clock.now())
        raise Abandoned
