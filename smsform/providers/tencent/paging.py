"""Reading lists that do not say how long they are, several pages at a time.

No reply has a total count; the first page that is not full ends a list. As many pages
are asked for ahead as full ones have come in, so that a short list costs one call and a
long one soon keeps every worker busy.
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


class Listing:
    """One list being read: ``ask(offset, wanted)`` returns the page that starts there.

    ``refusal`` is set when the service did not want to list.
    """

    def __init__(self, ask: Callable[[int, Callable[[], bool]], Page]) -> None:
        self._ask = ask
        self._pages: dict[int, Page] = {}
        self._next = 0
        self._end = inf  # the offset of the first page that is known not to be full
        self.refusal: Refused | None = None

    def ahead(self, waiting: int, workers: int) -> Iterable[Callable[[], None]]:
        """The readings to start now, with *waiting* ones under way."""
        while self._next < self._end and waiting < min(workers, len(self._pages) + 1):
            waiting += 1
            offset, self._next = self._next, self._next + wire.PAGE
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

    def items(self) -> list[Fields]:
        """What was read, in the order of the list."""
        return [item for offset in sorted(self._pages) for item in self._pages[offset]]


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
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    del under_way[future]
                    future.result()
        finally:
            for listing in lists:
                listing.stop()
