"""The end of a run by a signal.

    SIGINT     Ctrl-C, and what GitHub sends first when a job is cancelled
    SIGTERM    `docker stop`, Kubernetes, GitLab, `timeout`: SIGKILL is to follow
    SIGHUP     a closed terminal, a connection that is gone

Each raises Stopped, a sort of what Python makes of Ctrl-C: whatever is right for that
one is right for all of them.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from math import inf
from time import monotonic
from typing import Self

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows lacks the last
ENDING: dict[int, str] = {
    getattr(signal, name): name for name in NAMES if hasattr(signal, name)
}
INT: int = signal.SIGINT
ALARM: int | None = getattr(signal, "SIGALRM", None)
TOGETHER = 0.5  # seconds; `timeout` sends its signal twice, and so may shells SIGHUP
PATIENCE = 5  # seconds a call under way has; after ten Docker sends SIGKILL
# Seconds between two interruptions of whatever a run waits for. A signal that comes
# just before a wait begins would be seen when it is over.
LOOK = 0.5


Handler = Callable[[int, object], None]  # the number, and where the run was


class Stopped(KeyboardInterrupt):
    """A signal asks the run to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def signal_of(error: BaseException | None) -> int:
    """The number of the signal that *error* came of; Python's own comes of Ctrl-C."""
    return error.number if isinstance(error, Stopped) else INT


def exit_code(number: int) -> int:
    """How a run ends that this signal has stopped: as a shell says it."""
    return 128 + number


def heed() -> None:
    """Raise Stopped at every such signal from now on.

    One that is ignored, as `nohup` wants it, stays ignored. Without this a container's
    first process would not hear of SIGTERM.
    """
    program = _Program()
    for each in ENDING:
        if signal.getsignal(each) != signal.SIG_IGN:
            signal.signal(each, program.stop)
    if ALARM is not None:
        signal.signal(ALARM, program.look)
        signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
        sys.unraisablehook = program.drop


class _Program:
    """What signals do to a run of the program, and how none of them is lost."""

    def __init__(self) -> None:
        self._last = -inf
        self._dropped: Stopped | None = None
        self._show = sys.unraisablehook

    def stop(self, number: int, frame: object) -> None:
        """The signal has come."""
        now = monotonic()
        if now - self._last >= TOGETHER:
            self._last = now
            raise Stopped(number)

    def drop(self, what: sys.UnraisableHookArgs) -> None:
        """Python could not raise it: a call-back was running, as imports have many."""
        if isinstance(what.exc_value, Stopped):
            self._dropped = what.exc_value
        else:
            self._show(what)

    def look(self, number: int, frame: object) -> None:
        """Raise it now."""
        dropped, self._dropped = self._dropped, None
        if dropped is not None:
            raise Stopped(dropped.number)


class OrderlyEnd:
    """A block in which the first signal is told and noted, and nothing else.

    The second raises Stopped. Who sends another one than Ctrl-C sends no second, but
    has little patience: after ``PATIENCE`` seconds it is as if there were one.
    """

    def __init__(self, told: Callable[[int], None]) -> None:
        self._told = told
        self._open = ExitStack()
        self._since = inf
        self.number = 0  # of the first signal; 0: there was none

    def __enter__(self) -> Self:
        with suppress(ValueError):  # not the main thread
            self._open.enter_context(_on(_heard(), self._stop))
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def _stop(self, number: int, frame: object) -> None:
        now = monotonic()
        if not self.number:
            self.number, self._since = number, now
            if ALARM is not None and number != INT:
                self._open.enter_context(_on([ALARM], self._stop))
                before = signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
                self._open.callback(signal.setitimer, signal.ITIMER_REAL, *before)
            self._told(number)
        elif now - self._since >= (PATIENCE if number == ALARM else TOGETHER):
            self._since = inf  # that was the last word
            raise Stopped(self.number if number == ALARM else number)


@contextmanager
def until_stopped() -> Iterator[threading.Event]:
    """An event that a signal sets, for the time of the block."""
    over = threading.Event()
    with _on(_heard(), lambda number, frame: over.set()):
        yield over


@contextmanager
def held() -> Iterator[None]:
    """Let signals wait until the block is over."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals wait here
        return
    caught: list[int] = []
    known = [*ENDING, *([ALARM] if ALARM else [])]
    wanted = [each for each in known if signal.getsignal(each) != signal.SIG_IGN]
    try:
        with _on(wanted, lambda number, frame: caught.append(number)):
            yield
    finally:  # also after an error: a run may go on after that
        for number in caught:
            signal.raise_signal(number)


def _heard() -> list[int]:
    """The signals that nobody has turned off for this process.

    Ctrl-C in any case: shells turn it off for whatever runs in the background.
    """
    return [
        each
        for each in ENDING
        if each == INT or signal.getsignal(each) != signal.SIG_IGN
    ]


@contextmanager
def _on(numbers: Iterable[int], do: Handler) -> Iterator[None]:
    """Have these signals answered by *do* during the block."""
    before = {each: signal.signal(each, do) for each in numbers}
    try:
        yield
    finally:
        for each, was in before.items():  # None: by nobody in Python
            signal.signal(each, signal.SIG_DFL if was is None else was)
