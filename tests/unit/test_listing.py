"""Lists that are read ahead, and given up."""

from __future__ import annotations

import pytest

from builders import an_entry
from smsform.account.listing import LAST_SECOND, Listing, Page, entries, read_lists
from smsform.errors import Unexpected
from smsform.http import Abandoned
from smsform.model import Existing

SIZE = 10


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
                    ask, key="Id", size=SIZE, step=SIZE, provider="shop", action="List"
                )
            ],
            workers=2,
        )
    assert len(asked) < 10


def read(ask, most: int = 1000) -> list[object]:
    """The ids of a list that may hold so many entries, read by one worker."""
    listing = Listing(
        ask, key="Id", size=SIZE, step=SIZE, provider="shop", action="List", most=most
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


def test_each_id_is_read_once_and_only_what_can_be_named() -> None:
    """As text: 7 and "7" are one. What cannot be remembered is nobody's here."""
    ids = ["7", "7", "8", "", " ", "9\u3000", "\ud800", "1\x07"]
    found = entries("shop", "List", lambda id: an_entry()._replace(id=id), ids)
    assert [entry.id for entry in found] == ["7", "8"]


@pytest.mark.parametrize(
    ("told", "known"),
    [(0, 0), (1_700_000_000, 1_700_000_000), (1_700_000_000_000, 0), (-1, 0),
     (10**18, 0), (LAST_SECOND, 0)],
)  # fmt: skip
def test_a_time_that_is_none_is_not_known(told: int, known: int) -> None:
    """In milliseconds, before 1970, beyond what any calendar here can show."""

    def convert(time: int) -> Existing:
        return an_entry()._replace(created=time)

    [entry] = entries("shop", "List", convert, [told])
    assert entry.created == known
