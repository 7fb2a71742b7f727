"""Where calls run: in threads over a network, one after the other in this process.

An emulator in this very process answers without a wait, so threads would only stand in
each other's way; and to import what makes them is a twentieth of a small run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Generic, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
R = TypeVar("R")


class Made(Generic[R]):
    """What became of a call that was made at once: a Future that is done."""

    def __init__(self, call: Callable[[], R]) -> None:
        self._error: Exception | None = None
        try:
            self._value = call()
        except Exception as error:  # it is for whoever asks for the result
            self._error = error

    def result(self) -> R:
        """What the call returned; what it raised is raised here."""
        if self._error is not None:
            raise self._error
        return self._value


class InTurn:
    """Makes each call at once, in the thread that asks for it."""

    def __enter__(self) -> Self:
        """Nothing to set up."""
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is under way."""

    def submit(self, call: Callable[[T], R], given: T) -> Made[R]:
        """Make the call; its error comes with its result."""
        return Made(lambda: call(given))

    def map(self, call: Callable[[T], R], given: Iterable[T]) -> Iterator[R]:
        """What *call* returns for each of *given*."""
        return map(call, given)


@contextmanager
def threads(workers: int) -> Iterator[ThreadPoolExecutor]:
    """That many calls at a time, each in a thread.

    Whoever stops the run waits for none of them.
    """
    from concurrent.futures import ThreadPoolExecutor

    opened, stopped = ThreadPoolExecutor(workers), False
    try:
        yield opened
    except KeyboardInterrupt:
        stopped = True
        raise
    finally:
        opened.shutdown(wait=not stopped, cancel_futures=stopped)


def pool(workers: int) -> AbstractContextManager[ThreadPoolExecutor | InTurn]:
    """That many calls at a time; a single one needs no thread."""
    return InTurn() if workers == 1 else threads(workers)
