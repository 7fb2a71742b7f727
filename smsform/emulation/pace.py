"""The times of the latest calls, so that not every call counts them all anew."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable


class RecentCalls:
    """When calls of a name were made: name -> since when that is known, and the times.

    Good as long as nobody else writes; whoever takes something back calls ``forget``.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[float, list[float]]] = {}
        self._version = 0

    def at(self, version: int) -> RecentCalls:
        """The times, forgotten when *version* is another than last time."""
        if version != self._version:
            self.forget()
            self._version = version
        return self

    def forget(self) -> None:
        """Drop them all."""
        self._known.clear()

    def keep(self, name: Hashable, since: float, times: Iterable[float]) -> None:
        """Remember every call of *name* after *since*."""
        self._known[name] = (since, sorted(times))

    def add(self, name: Hashable, time: float) -> None:
        """One more was made, if calls of *name* are being counted."""
        if name in self._known:
            insort(self._known[name][1], time)

    def count(self, name: Hashable, since: float, until: float) -> int | None:
        """How many were made after *since* and up to *until*; None: not known so far.

        What is older than *since* is dropped.
        """
        begin, times = self._known.get(name, (until, None))
        if times is None or begin > since:
            return None
        del times[: bisect_right(times, since)]
        self._known[name] = (since, times)
        return bisect_right(times, until)
