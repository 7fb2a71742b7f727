"""Reading lists whole, several pages at a time, while they may change.

A service that counts its entries says with the first page how many there are. Where it
does not, the first page that is not full ends a list, and as many pages are asked for
ahead as full ones have come in, so that a short list costs one call and a long one soon
keeps every worker busy. Where the state file leads to expect more than one page, nobody
waits for the first one.

An entry added or deleted meanwhile shifts those after it, and one of them may pass from
a page not yet read to one that was. So either neighbouring pages share a row, or the
entries are counted: where that does not fit, the list is read again. What cannot be
known: whether a service keeps any order at all (none documents it), and shifts between
two calls that cancel out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import inf
from typing import Generic, NamedTuple, TypeVar

from msgspec.structs import replace

from smsform.errors import Refused, Unexpected
from smsform.http import Abandoned
from smsform.model import Existing, Kind
from smsform.words import say

T = TypeVar("T")
Fields = Mapping[str, object]


class Page(NamedTuple, Generic[T]):
    """Some entries of a list; *total* is how many it has, where the service says so."""

    items: tuple[T, ...]
    total: int | None = None


READINGS = 3  # of a list that keeps shifting
# 500 times the largest number of entries a service documents for an account (200).
MOST = 100_000
LAST_SECOND = 4_102_444_800  # 2100; what is later, in milliseconds perhaps, is no time


class Listing(Generic[T]):
    """One list being read: ``ask(offset, wanted)`` returns the page that starts there.

    It is called in several threads, so that what it makes of the rows of a page is made
    while other pages are under way. *key* gives what tells entries apart, *size* is how
    many a full page holds, *step* how far apart pages are read, *expected* how many
    entries the list probably has, 0 when nothing is known. ``refusal`` is set when the
    service did not want to list. Unexpected, in the name of *action* at *provider*, for
    one that goes on beyond *most* entries, or counts more than it shows.
    """

    def __init__(
        self,
        ask: Callable[[int, Callable[[], bool]], Page[T]],
        *,
        key: Callable[[T], object],
        size: int,
        step: int,
        provider: str,
        action: str,
        most: int = MOST,
        expected: int = 0,
    ) -> None:
        self._name, self._most, self._expected = (provider, action), most, expected
        self._ask, self._key, self._size, self._step = ask, key, size, step
        self._former: list[dict[int, Page[T]]] = []  # readings given up
        self._stopped = False
        self.refusal: Refused | None = None
        self._begin()

    def _begin(self) -> None:
        self._pages: dict[int, Page[T]] = {}
        self._next = 0
        self._short = inf  # where the first page starts that is not full
        self._total = inf  # entries the service says there are
        self._counted = True  # no page showed more than that

    @property
    def _end(self) -> float:
        """The first offset that need not be read."""
        if self._stopped:
            return 0
        return self._total if self._counted else self._short

    def ahead(self, waiting: int, workers: int) -> Iterable[Callable[[], None]]:
        """The page readings to start now, *waiting* of them being under way already."""
        come = tuple(self._pages)  # others come in meanwhile
        beyond = sum(offset >= self._expected for offset in come)
        some = min(workers, beyond + 1)
        while self._next < self._end:
            surely = self._end < inf or self._next < self._expected
            if waiting >= (workers if surely else some):
                return
            waiting += 1
            offset, self._next = self._next, self._next + self._step
            yield partial(self._read, offset)

    def _read(self, offset: int) -> None:
        # A page before the end stays wanted, however late its turn comes.
        try:
            page = self._ask(offset, lambda: offset < self._end)
        except Abandoned:
            if offset < self._end:  # not this page, but the whole reading is unwanted
                raise
            return
        except Refused as refusal:
            self.refusal = refusal
            self.stop()
            return
        if offset + len(page.items) > self._most or (page.total or 0) > self._most:
            raise Unexpected(*self._name, say("provider.endless", most=self._most))
        # One page may repeat for ever.
        if len(page.items) < self._size or page in self._pages.values():
            self._short = min(self._short, offset)
        empty = not page.items and offset < (page.total or 0)
        if page.total is None or empty or page.total < offset + len(page.items):
            self._counted = False
        else:
            self._total = page.total
        self._pages[offset] = page

    def stop(self) -> None:
        """Ask for no further page."""
        self._stopped = True

    def again(self) -> bool:
        """Start again when entries moved between pages; False when no further try is
        left."""
        if not self._shifted() or len(self._former) == READINGS - 1:
            return False
        self._former.append(self._pages)
        self._begin()
        return True

    def _shifted(self) -> bool:
        return not self.refusal and (self._apart() or self._miscounted())

    def _apart(self) -> bool:
        """Whether two neighbouring pages do not meet in the row they should share."""
        if self._step == self._size:
            return False
        for offset, (items, _) in self._pages.items():
            following = self._pages.get(offset + self._step)
            if len(items) < self._size or following is None:
                continue
            shared = following.items[:1]
            if not shared or self._key(shared[0]) != self._key(items[-1]):
                return True
        return False

    def _miscounted(self) -> bool:
        """Whether there are not as many entries as every page said."""
        totals = {page.total for page in self._pages.values()}
        counted = any(total is not None for total in totals)
        return counted and totals != {len(self._distinct([self._pages]))}

    def items(self) -> list[T]:
        """What was read, each entry once, in the order of the list.

        Of a list that never stood still it is what any reading saw, the last one first.
        """
        readings = [self._pages]
        if self._shifted():
            readings += reversed(self._former)
        return list(self._distinct(readings).values())

    def _distinct(self, readings: Iterable[dict[int, Page[T]]]) -> dict[object, T]:
        found: dict[object, T] = {}
        for pages in readings:
            for offset in sorted(pages):
                for item in pages[offset].items:
                    found.setdefault(self._key(item), item)
        return found


def entries(
    provider: str,
    action: str,
    convert: Callable[[T], Existing],
    replies: Iterable[T],
) -> list[Existing]:
    """*replies* converted to entries; Unexpected for one that does not have the shape.

    Only what can be named, each id once.
    """
    return nameable(converted(provider, action, convert, replies))


def converted(
    provider: str,
    action: str,
    convert: Callable[[T], Existing],
    replies: Iterable[T],
) -> tuple[Existing, ...]:
    """An entry for each of *replies*; Unexpected for one that does not have the shape.

    An impossible time becomes 0, not known.
    """
    try:
        return tuple(_dated(convert(reply)) for reply in replies)
    except (KeyError, TypeError, ValueError) as error:
        what = type(error).__name__
    raise Unexpected(provider, action, say("provider.item", what=what))


def nameable(found: Iterable[Existing]) -> list[Existing]:
    """Each entry of *found* once, the first of an id.

    One whose id no state file could hold is left out: it cannot be ours and no command
    could name it.
    """
    first: dict[tuple[Kind, str], Existing] = {}
    for entry in found:
        if entry.id.strip() and entry.id.isprintable():
            first.setdefault((entry.kind, entry.id), entry)
    return list(first.values())


def _dated(entry: Existing) -> Existing:
    possible = 0 <= entry.created < LAST_SECOND
    return entry if possible else replace(entry, created=0, misdated=True)
