"""Reading several lists to their ends, several pages of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Condition
from typing import TypeVar

from smsform.account.listing import Listing
from smsform.account.pool import threads

T = TypeVar("T")


def read_lists(lists: Iterable[Listing[T]], workers: int) -> None:
    """Read every list to its end, *workers* pages at a time over all of them."""
    lists = tuple(lists)
    try:
        begun = True
        while begun:
            if workers == 1:
                _read_in_turn(lists)
            else:
                _read_at_once(lists, workers)
            begun = bool([listing for listing in lists if listing.again()])
    finally:
        for listing in lists:
            listing.stop()


def _read_in_turn(lists: Sequence[Listing[T]]) -> None:
    """A page of each list, then the next of each, and so on."""
    while readings := [each for listing in lists for each in listing.ahead(0, 1)]:
        for reading in readings:
            reading()


def _read_at_once(lists: Sequence[Listing[T]], workers: int) -> None:
    """*workers* pages at a time; after an error no further page is asked for.

    Whoever has read a page takes the next one: threads need not wake each other up.
    """
    under_way = dict.fromkeys(lists, 0)
    changed = Condition()

    def take() -> tuple[Listing[T], Callable[[], None]] | None:
        """What to read next, once that is known; None when nothing is left."""
        with changed:
            while True:
                for listing in lists:
                    for reading in listing.ahead(under_way[listing], workers):
                        under_way[listing] += 1
                        return listing, reading
                if not any(under_way.values()):
                    return None
                changed.wait()

    def work() -> None:
        while taken := take():
            listing, reading = taken
            try:
                reading()
            except BaseException:
                stop()
                raise
            finally:
                with changed:
                    under_way[listing] -= 1
                    changed.notify_all()

    def stop() -> None:
        for listing in lists:
            listing.stop()

    with threads(workers) as pool:
        working = [pool.submit(work) for _ in range(workers)]
        try:
            for each in working:
                each.result()
        except BaseException:
            stop()
            raise
