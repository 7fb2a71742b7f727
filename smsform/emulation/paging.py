"""Positions in long lists, so that a late page costs no more than an early one."""

from __future__ import annotations

from collections.abc import Hashable


class Bookmarks:
    """Where pages of a list ended: offset -> the last id before it.

    Valid as long as nothing is added or removed; whoever does so calls ``forget``.
    """

    def __init__(self) -> None:
        self._lists: dict[Hashable, dict[int, int]] = {}
        self._version = 0

    def at(self, version: int) -> Bookmarks:
        """The bookmarks; emptied when *version* differs from the last call's."""
        if version != self._version:
            self.forget()
            self._version = version
        return self

    def forget(self) -> None:
        """Drop them all."""
        self._lists.clear()

    def nearest(self, name: Hashable, offset: int) -> tuple[int, int | None]:
        """The last bookmark up to *offset*: its own offset, and the id before it."""
        marks = self._lists.get(name, {})
        best = max((mark for mark in marks if mark <= offset), default=0)
        return best, marks.get(best)

    def put(self, name: Hashable, offset: int, id: int) -> None:
        """Remember *id* as the entry before *offset*."""
        self._lists.setdefault(name, {})[offset] = id
