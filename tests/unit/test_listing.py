"""Lists that are read ahead, and given up."""

from __future__ import annotations

import random
import time
from operator import itemgetter
from threading import Barrier, Lock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import an_entry
from smsform.account.listing import LAST_SECOND, Listing, Page, entries
from smsform.account.reading import read_lists
from smsform.errors import Unexpected, Unreachable
from smsform.http import Abandoned
from smsform.model import Existing

SIZE = 10
ID = itemgetter("Id")


def test_a_reading_nobody_wants_ends() -> None:
    """When the account is given up in the middle, no page is asked for for ever."""
    asked = []

    def ask(offset, wanted):
        asked.append(offset)
        if len(asked) > 3:
            raise Abandoned
        return Page(tuple({"Id": offset + n} for n in range(SIZE)))

    with pytest.raises(Abandoned):
        read_lists(
            [
                Listing(
                    ask,
                    key=ID,
                    size=SIZE,
                    step=SIZE,
                    provider="shop",
                    action="List",
                )
            ],
            workers=2,
        )
    assert len(asked) < 10


def read(ask, most: int = 1000) -> list[object]:
    """The ids of a list that may hold so many entries, read by one worker."""
    listing = Listing(
        ask,
        key=ID,
        size=SIZE,
        step=SIZE,
        provider="shop",
        action="List",
        most=most,
    )
    read_lists([listing], workers=1)
    return [item["Id"] for item in listing.items()]


def page(offset: int, size: int = SIZE, total: int | None = None) -> Page:
    """*size* new entries from *offset* on."""
    return Page(tuple({"Id": offset + n} for n in range(size)), total)


@pytest.mark.parametrize("total", [None, 900, 10**9])
def test_a_list_without_an_end_is_an_error(total: int | None) -> None:
    """Full pages of new entries for ever, or a count that never comes."""
    asked = []

    def ask(offset, wanted):
        asked.append(offset)
        return page(offset, total=total and max(total, offset + 2 * SIZE))

    with pytest.raises(Unexpected, match="does not end"):
        read(ask)
    assert len(asked) <= 101


@pytest.mark.parametrize("shown", [0, 1, 7])
def test_a_count_that_is_never_reached_ends(shown: int) -> None:
    """Three readings of it, and what there is is taken."""
    asked = []

    def ask(offset, wanted):
        asked.append(offset)
        return page(offset, shown if offset == 0 else 0, total=500)

    assert read(ask) == list(range(shown))
    assert len(asked) <= 3 * 3


def test_a_page_may_come_in_while_it_is_worked_out_what_to_ask_for() -> None:
    """Other threads read; here the moment between two steps is one of theirs."""
    late = []

    class Expected(int):
        """A number; to compare it takes as long as a page takes to come in."""

        def __le__(self, offset):
            while late:
                late.pop()()
            return int(self) <= offset

    listing = Listing(
        lambda offset, wanted: page(offset),
        key=ID,
        size=SIZE,
        step=SIZE,
        provider="shop",
        action="List",
        expected=Expected(4 * SIZE),
    )
    first, *others = listing.ahead(0, 3)
    first()
    late += others
    assert len(list(listing.ahead(0, 3))) == 1  # the last one that is expected
    assert [item["Id"] for item in listing.items()] == list(range(3 * SIZE))


class Service:
    """A list of so many entries that answers out of order, and fails at some pages."""

    def __init__(self, count: int, counted: bool, seed: int, fails: int = -1) -> None:
        self.count, self.total = count, count if counted else None
        self.fails, self.asked = fails, []
        self._chance, self._lock = random.Random(seed), Lock()

    asked: list[int]

    def ask(self, offset, wanted):
        """The page that starts there, sooner or later."""
        with self._lock:
            self.asked.append(offset)
            pause = self._chance.random() / 1000
        time.sleep(pause)
        if offset == self.fails:
            raise Unreachable("shop", "List", "no answer")
        return page(offset, max(0, min(SIZE, self.count - offset)), self.total)


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 150),
    counted=st.booleans(),
    expected=st.integers(0, 300),
    step=st.sampled_from([SIZE, SIZE - 1]),
    workers=st.integers(1, 6),
    seed=st.integers(0, 9),
)
def test_pages_may_come_in_any_order(count, counted, expected, step, workers, seed):
    """Whatever was expected, the same entries in the same order; few calls in vain."""
    service = Service(count, counted, seed)
    listing = Listing(
        service.ask,
        key=ID,
        size=SIZE,
        step=step,
        provider="shop",
        action="List",
        expected=expected,
    )
    read_lists([listing], workers)
    assert [item["Id"] for item in listing.items()] == list(range(count))
    assert len(set(service.asked)) == len(service.asked)
    assert len(service.asked) <= count // step + 1 + workers


@given(expected=st.integers(0, 300), seed=st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_a_page_that_fails_fails_the_reading(expected, seed):
    """Whether it was asked for ahead or not; nothing is asked for after that."""
    service = Service(150, False, seed, fails=30)
    listing = Listing(
        service.ask,
        key=ID,
        size=SIZE,
        step=SIZE,
        provider="shop",
        action="List",
        expected=expected,
    )
    with pytest.raises(Unreachable):
        read_lists([listing], workers=3)
    asked = len(service.asked)
    assert list(listing.ahead(0, 3)) == []
    assert len(service.asked) == asked


@pytest.mark.parametrize(("expected", "calls"), [(0, 1), (1, 1), (SIZE, 1), (35, 4)])
def test_pages_that_are_expected_are_asked_for_at_once(
    expected: int, calls: int
) -> None:
    """None waits for the answer to another; beyond them one at a time."""
    service, together = Service(expected, False, 0), Barrier(calls)

    def ask(offset, wanted):
        if offset < expected:
            together.wait(timeout=10)
        return service.ask(offset, wanted)

    listing = Listing(
        ask,
        key=ID,
        size=SIZE,
        step=SIZE,
        provider="shop",
        action="List",
        expected=expected,
    )
    read_lists([listing], workers=8)
    full = expected and expected % SIZE == 0
    assert len(service.asked) == calls + bool(full)


def test_each_id_is_read_once_and_only_what_can_be_named() -> None:
    """As text: 7 and "7" are one. What cannot be remembered is nobody's here."""
    ids = ["7", "7", "8", "", " ", "9\u3000", "\ud800", "1\x07"]
    found = entries("shop", "List", lambda id: replace(an_entry(), id=id), ids)
    assert [entry.id for entry in found] == ["7", "8"]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (0, 0),
        (1_700_000_000, 1_700_000_000),
        (1_700_000_000_000, 0),
        (-1, 0),
        (10**18, 0),
        (LAST_SECOND, 0),
    ],
)
def test_a_time_that_is_none_is_not_known(told: int, known: int) -> None:
    """In milliseconds, before 1970, beyond what any calendar here can show."""

    def convert(time: int) -> Existing:
        return replace(an_entry(), created=time)

    [entry] = entries("shop", "List", convert, [told])
    assert entry.created == known
