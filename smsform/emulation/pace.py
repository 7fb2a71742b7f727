"""Counting recent calls in memory, so that not every call reads them from the store."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable


class RecentCalls:
    """The times of calls by name, and since when they are complete.

    Valid as long as nobody else writes; after a rollback ``forget`` must be called.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[float, list[float]]] = {}
        self._version = 0

    def at(self, version: int) -> RecentCalls:
        """The times; emptied when *version* differs from the last call's."""
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
        """Add one call of *name*, if calls of that name are being counted."""
        if name in self._known:
            insort(self._known[name][1], time)

    def count(self, name: Hashable, since: float, until: float) -> int | None:
        """How many calls were made after *since*, up to *until*; None when not known
        yet."""
        begin, times = self._known.get(name, (until, None))
        if times is None or begin > since:
            return None
        del times[: bisect_right(times, since)]
        self._known[name] = (since, times)
        return bisect_right(times, until)
