"""Limiting how often a call is made, over all threads.

A service counts a call when the request arrives, some time between sending it and its
answer. So a slot is free again one window after the request was sent, or later by what
the answer took longer than the quickest one: the request may have spent that time on
its way. When every answer takes equally long, calls overlap and only the pace limits
them; when answers vary, two bursts still arrive no closer together than allowed, once
one answer has been as quick as any will be.
"""

from __future__ import annotations

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


class Turn:
    """A call that holds a slot; ``answered`` tells when the service counted it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.sent = self.ended = inf
        self.took = inf  # seconds from sending to answer

    def answered(self, seconds: float) -> None:
        """Note that the answer is here, *seconds* after the request was sent."""
        self.ended, self.took = self._clock.now(), seconds
        self.sent = self.ended - seconds

    def end(self) -> None:
        """A call without an answer counts as sent when it ends."""
        if self.took == inf:
            self.sent = self.ended = self._clock.now()


class Pacer:
    """At most *calls* calls in any window of *seconds*, over all threads.

    At most *calls* are under way at a time. The first burst goes at once. The window of
    a call without an answer begins when the call ends: the service saw it no later.
    """

    def __init__(self, calls: int, seconds: float, clock: Clock) -> None:
        self._span, self._clock = seconds * MARGIN, clock
        # Slots that no call holds: never used, or given back by a call that ended.
        self._unused, self._ended = calls, list[Turn]()
        self._slots = BoundedSemaphore(calls)
        self._first = Lock()  # held by the one call that waits for a slot to be free
        self._lock = Lock()
        self._quickest = inf
        self._resting = (-inf, 0.0)  # until when, for how long

    @contextmanager
    def turn(self, wanted: Callable[[], bool] = always) -> Iterator[Turn]:
        """Wait for a slot and hold it for a block; Abandoned when *wanted* becomes
        False."""
        with self._slots:
            with self._first:
                self._wait(wanted)
                self._take()
            turn = Turn(self._clock)
            try:
                yield turn
            finally:
                turn.end()
                with self._lock:
                    self._ended.append(turn)
                    self._quickest = min(self._quickest, turn.took)

    def ready(self) -> None:
        """Wait until a slot is free, and leave it free."""
        with self._slots, self._first:
            self._wait(always)

    def rest(self, seconds: float) -> None:
        """Start no call for *seconds*: the service has refused one as too fast."""
        until = self._clock.now() + seconds
        with self._lock:
            self._resting = max(self._resting, (until, seconds))

    def _take(self) -> None:
        with self._lock:
            if self._unused:
                self._unused -= 1
            else:
                self._ended.remove(min(self._ended, key=self._arrived))

    def _due(self) -> float:
        """When the first slot is free."""
        with self._lock:
            arrived = (self._arrived(turn) for turn in self._ended)
            return -inf if self._unused else min(arrived) + self._span

    def _arrived(self, turn: Turn) -> float:
        """The latest moment at which the service can have counted a call."""
        return max(turn.sent, turn.ended - self._quickest)

    def _wait(self, wanted: Callable[[], bool]) -> None:
        """Wait until the first slot is free and no rest is to be kept."""
        self._wait_for(self._due, self._span, Awaited.TURN, wanted)
        kept = (-inf, 0.0)
        while kept != self._resting:  # another call may be refused meanwhile
            kept = self._resting
            self._wait_for(self._rest_end, kept[1], Awaited.THROTTLED, wanted)

    def _rest_end(self) -> float:
        return self._resting[0]

    def _wait_for(
        self,
        due: Callable[[], float],  # asked again: a call that ends may bring it forward
        most: float,
        awaited: Awaited,
        wanted: Callable[[], bool],
    ) -> None:
        # *most* is counted down: a clock that is set back must not block the run.
        while wanted():
            left = min(due() - self._clock.now(), most)
            if left <= 0:
                return
            pause = left if wanted is always else min(left, SLICE)
            let_pass(self._clock, pause, awaited)
            most -= pause
        raise Abandoned
