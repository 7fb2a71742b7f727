"""What services tell about delivery: the worst counts, and papers that run out soon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from smsform.delivery import (
    LATEST,
    LONGEST_WHY,
    SOON,
    UNTOLD,
    Deliverable,
    Delivery,
    Term,
    kept,
    moment_of,
    worst,
)

NOON = datetime(2026, 11, 30, 4, tzinfo=UTC)  # in Beijing
NOW = NOON.timestamp()


def day(days: int) -> str:
    """The day in Beijing so many days from now."""
    return f"{(NOON + timedelta(days=days)).date()}"


@pytest.mark.parametrize(
    ("told", "worse"),
    [
        (("yes", "no", "not_yet"), "no"), (("yes", "not_yet"), "not_yet"),
        (("yes", "untold"), "yes"), (("untold", "untold"), "untold"), ((), "untold"),
    ],
)  # fmt: skip
def test_of_several_the_worst_counts(told: tuple[str, ...], worse: str) -> None:
    """Silence is no worse than a yes, and counts only alone."""
    for order in (told, told[::-1]):
        assert worst(*(Delivery(Deliverable(each)) for each in order)).told == worse


def test_the_reasons_are_those_of_all_that_are_as_bad() -> None:
    """And the time is the last of theirs; what is better says nothing."""
    found = worst(
        Delivery(Deliverable.NO, "telecom", 5), Delivery(Deliverable.YES, "fine", 9),
        Delivery(Deliverable.NO, "", 7), Delivery(Deliverable.NO, "unicom", 6),
        Delivery(Deliverable.UNTOLD, "nobody knows", 99),
    )  # fmt: skip
    assert found == Delivery(Deliverable.NO, "telecom, unicom", 7)


def test_every_paper_is_kept_once_the_next_to_run_out_first() -> None:
    """Whoever told of it; on one day by what it is called."""
    letter, mark = Term("letter", day(9)), Term("trademark", day(9))
    late = Term("a licence", day(40))
    found = worst(
        Delivery(Deliverable.YES, terms=(late, mark)),
        Delivery(Deliverable.UNTOLD, terms=(letter, mark)),
    )
    assert found.terms == (letter, mark, late)


@pytest.mark.parametrize("days", [-400, -1, 0, 1, SOON, SOON + 1, 400])
def test_a_paper_is_announced_from_thirty_days_before_its_end(days: int) -> None:
    """By the calendar of Beijing; one that has run out goes on being announced."""
    term = Term("letter", day(days))
    assert term.days(NOW) == days
    last = NOW + 11.9 * 3600  # the same day there
    assert term.days(last) == days
    assert term.days(NOW + 12 * 3600) == days - 1
    delivery = Delivery(Deliverable.YES, terms=(term, Term("mark", day(99))))
    soon = (term,) if days <= SOON else ()
    assert delivery.ending(NOW) == soon
    assert delivery.near(NOW) == Delivery(Deliverable.YES, terms=soon)


@pytest.mark.parametrize("told", Deliverable)
def test_nobody_need_act_while_nothing_hinders_and_nothing_ends(
    told: Deliverable,
) -> None:
    """An id does not move to what does not arrive."""
    hinders = told in ("no", "not_yet")
    assert Delivery(told).hinders is hinders
    assert Delivery(told).calm is not hinders
    assert not Delivery(told, terms=(Term("letter", day(1)),)).calm


def test_the_same_is_told_whenever_it_was_first_heard() -> None:
    """Nothing at all is the same as silence."""
    told = Delivery(Deliverable.NO, "telecom", 5)
    assert told.same(replace(told, seen="2026-11-30T00:00:00+00:00"))
    assert replace(told, seen="2026-11-30T00:00:00+00:00").same(told)
    assert not told.same(replace(told, why="unicom"))
    assert not told.same(None)
    assert UNTOLD.same(None)


@pytest.mark.parametrize(
    ("seconds", "moment"),
    [(1, 1), (0, 0), (-1, 0), (1.6, 2), (LATEST, LATEST), (LATEST + 1, 0)],
)
def test_a_time_out_of_range_is_not_known(seconds: float, moment: int) -> None:
    """Before 1970, and where calendars end."""
    time = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    assert moment_of(time) == moment


def test_words_are_kept_short_and_readable() -> None:
    """Half characters of a reply could not be written down."""
    assert kept("好" * (LONGEST_WHY + 1)) == "好" * LONGEST_WHY
    assert kept("a\ud800b") == "a?b"
