"""What lists have, kept in memory: ids in order, and rows ready made.

A late page costs no more than an early one, and an entry becomes JSON once, not with
every list that shows it. Both are valid as long as the store says what it changes, and
are dropped when another process changed it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

from msgspec import Raw, Struct

from smsform.emulation.entry import Entry, Place

MOST_ROWS = 100_000  # some 40 MB

Row = Callable[[Entry], object]  # what a list shows of an entry


class Shelf(Struct, frozen=True):
    """A list: entries of one kind at one place that serve a market; None: any."""

    place: Place
    kind: str
    international: int | None

    def holds(self, entry: Entry) -> bool:
        """Whether the list shows *entry*."""
        return (
            entry[1:4] == self.place
            and entry.kind == self.kind
            and (
                self.international is None
                or entry.international in (None, self.international)
            )
        )


class Lists:
    """What is known of lists."""

    def __init__(self) -> None:
        self._ids: dict[Shelf, array[int]] = {}
        self._rows: dict[Row, dict[int, Raw]] = {}
        self._version = 0

    def at(self, version: int) -> Lists:
        """The lists; emptied when *version* differs from the last call's."""
        if version != self._version:
            self.forget()
            self._version = version
        return self

    def forget(self) -> None:
        """Drop everything."""
        self._ids.clear()
        self._rows.clear()

    def added(self, entry: Entry) -> None:
        """There is one more entry."""
        for shelf, ids in self._ids.items():
            if shelf.holds(entry):
                ids.insert(bisect_left(ids, entry.id), entry.id)

    def removed(self, id: int) -> None:
        """An entry is gone."""
        self.changed(id)
        for ids in self._ids.values():
            index = bisect_left(ids, id)
            if index < len(ids) and ids[index] == id:
                del ids[index]

    def changed(self, id: int) -> None:
        """An entry looks different, and is where it was."""
        for rows in self._rows.values():
            rows.pop(id, None)

    def moved(self) -> None:
        """An entry may serve another market."""
        for shelf in [each for each in self._ids if each.international is not None]:
            del self._ids[shelf]

    def ids(self, shelf: Shelf, read: Callable[[Shelf], Iterable[int]]) -> array[int]:
        """The ids of a list, in ascending order, as *read* finds them."""
        if shelf not in self._ids:
            self._ids[shelf] = array("q", read(shelf))
        return self._ids[shelf]

    def rows(self, row: Row) -> dict[int, Raw]:
        """The rows that *row* made: id -> JSON; more can be put there."""
        made = self._rows.setdefault(row, {})
        if len(made) > MOST_ROWS:
            made.clear()
        return made
