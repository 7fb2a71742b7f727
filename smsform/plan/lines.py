"""The lines of a provider's plan, created only where they are read; pure.

Of ten thousand addresses nearly all are settled: their lines are counted, and made one
by one only where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

Line = TypeVar("Line")


class LazyLines(Sequence[Line], Generic[Line]):
    """*count* lines: *notable* ones by their index, the others from *make*.

    ``notable`` are the lines that may have something to say, in order; the others are
    settled. ``unverified`` are the ids of settled lines that were partly assumed.
    """

    def __init__(
        self,
        notable: Mapping[int, Line],
        count: int,
        make: Callable[[int], Line],
        unverified: Sequence[str] = (),
    ) -> None:
        self._notable, self._count, self._make = notable, count, make
        self.notable = tuple(notable.values())
        self.unverified = unverified

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        places = range(self._count)[index]
        if isinstance(places, int):
            return self._line(places)
        return tuple(map(self._line, places))

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def _line(self, place: int) -> Line:
        found = self._notable.get(place)
        return self._make(place) if found is None else found
