"""Reading lists that do not say how long they are, several pages at a time.

No reply has a total count; the first page that is not full ends a list. As many pages
are asked for ahead as full ones have come in, so that a short list costs one call and a
long one soon keeps every worker busy.

An entry added or deleted meanwhile shifts those after it, and one of them may pass from
a page not yet read to one that was. So neighbouring pages share a row: where it is not
the same entry, the list is read again. What cannot be known: whether the service keeps
any order at all (none is documented), and shifts between two calls that cancel out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from math import inf

from smsform.errors import Refused
from smsform.http import Abandoned
from smsform.providers.tencent import wire
from smsform.providers.tencent.client import Fields

Page = tuple[Fields, ...]

STEP = wire.PAGE - 1  # from page to page: the last row of one is the first of the next
READINGS = 3  # of a list that keeps shifting


class Listing:
    """One list being read: ``ask(offset, wanted)`` returns the page that starts there.

    *key* is the field that tells entries apart. ``refusal`` is set when the service did
    not want to list.
    """

    def __init__(
        self,
        ask: Callable[[int, Callable[[], bool]], Page],
        key: str = "TemplateId",
    ) -> None:
        self._ask, self._key = ask, key
        self._pages: dict[int, Page] = {}
        self._former: list[dict[int, Page]] = []  # readings given up
        self._next = 0
        self._end = inf  # the offset of the first page that is known not to be full
        self.refusal: Refused | None = None

    def ahead(self, waiting: int, workers: int) -> Iterable[Callable[[], None]]:
        """The readings to start now, with *waiting* ones under way."""
        while self._next < self._end and waiting < min(workers, len(self._pages) + 1):
            waiting += 1
            offset, self._next = self._next, self._next + STEP
            yield partial(self._read, offset)

    def _read(self, offset: int) -> None:
        # A page before the end stays wanted, however late its turn comes.
        try:
            page = self._ask(offset, lambda: offset < self._end)
        except Abandoned:
            return
        except Refused as refusal:
            self.refusal = refusal
            self.stop()
            return
        if len(page) < wire.PAGE or page in self._pages.values():
            self._end = min(self._end, offset)  # also if one page repeats for ever
        self._pages[offset] = page

    def stop(self) -> None:
        """Ask for nothing more."""
        self._end = 0

    def again(self) -> bool:
        """Start over where entries shifted between pages; False where it will not."""
        if not self._shifted() or len(self._former) == READINGS - 1:
            return False
        self._former.append(self._pages)
        self._pages, self._next, self._end = {}, 0, inf
        return True

    def _shifted(self) -> bool:
        """Whether two neighbouring pages do not meet in one entry."""
        if self.refusal:
            return False
        for offset, page in self._pages.items():
            following = self._pages.get(offset + STEP)
            if len(page) < wire.PAGE or following is None:
                continue
            if not following or following[0][self._key] != page[-1][self._key]:
                return True
        return False

    def items(self) -> list[Fields]:
        """What was read, each entry once, in the order of the list.

        Of a list that never stood still it is what any reading saw, the last one first.
        """
        readings = [self._pages]
        if self._shifted():
            readings += reversed(self._former)
        found: dict[object, Fields] = {}
        for pages in readings:
            for offset in sorted(pages):
                for item in pages[offset]:
                    found.setdefault(item[self._key], item)
        return list(found.values())


def read_lists(lists: Iterable[Listing], workers: int) -> None:
    """Read every list to its end, *workers* pages at a time over all of them."""
    lists = tuple(lists)
    under_way: dict[Future[None], Listing] = {}
    with ThreadPoolExecutor(workers) as pool:
        try:
            while True:
                for listing in lists:
                    waiting = sum(other is listing for other in under_way.values())
                    for reading in listing.ahead(waiting, workers):
                        under_way[pool.submit(reading)] = listing
                if not under_way:
                    if not [listing for listing in lists if listing.again()]:
                        return
                    continue
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    del under_way[future]
                    future.result()
        finally:
            for listing in lists:
                listing.stop()
