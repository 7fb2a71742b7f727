"""Reviewers' hours in Beijing, whatever the zone of the machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform import waiting
from smsform.hours import (
    BEIJING,
    HOLIDAYS,
    ReviewHours,
    _short,
    day_begins,
    holiday_between,
)

HOURS = ReviewHours(2 * 3600.0, ((9, 21),) * 5 + ((9, 18),) * 2, "here", "2026-11-21")
MOMENTS = st.floats(1.7e9, 1.9e9).map(round)


def at(text: str) -> float:
    """The unix time of a Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp()


def test_reviewers_are_back_in_the_morning() -> None:
    """Of the next day after closing time, of the same day before it opens."""
    assert HOURS.back_at(at("2026-11-19 22:30")) == at("2026-11-20 09:00")
    assert HOURS.back_at(at("2026-11-20 03:00")) == at("2026-11-20 09:00")
    assert HOURS.back_at(at("2026-11-20 20:59")) == at("2026-11-20 20:59")
    assert HOURS.back_at(at("2026-11-21 18:00")) == at("2026-11-22 09:00")  # Saturday
    assert HOURS.at_work(at("2026-11-20 18:30"))
    assert not HOURS.at_work(at("2026-11-21 18:30"))


def test_a_verdict_takes_working_time_only() -> None:
    """What is left of two hours at closing time is done the next morning."""
    assert HOURS.expected(at("2026-11-20 10:00")) == at("2026-11-20 12:00")
    assert HOURS.expected(at("2026-11-20 20:00")) == at("2026-11-21 10:00")
    assert HOURS.expected(at("2026-11-21 17:30")) == at("2026-11-22 10:30")


def test_a_service_may_close_for_a_day() -> None:
    """A day without hours has no shift."""
    week = ReviewHours(3600.0, ((9, 18),) * 5 + ((0, 0),) * 2, "here", "2026-11-21")
    assert week.back_at(at("2026-11-20 18:00")) == at("2026-11-23 09:00")


@given(MOMENTS)
def test_laws_of_hours(moment: float) -> None:
    """Back at work means at work; verdicts come when somebody works, and not early."""
    back = HOURS.back_at(moment)
    assert moment <= back <= moment + 15 * 3600
    assert HOURS.at_work(back)
    expected = HOURS.expected(moment)
    assert expected >= moment + HOURS.usual
    assert HOURS.at_work(expected - 1)
    begins = datetime.fromtimestamp(day_begins(moment), BEIJING)
    assert (begins.hour, begins.minute, begins.second) == (0, 0, 0)
    assert timedelta(0) <= datetime.fromtimestamp(moment, UTC) - begins
    assert moment - begins.timestamp() < 86400


def test_holidays_are_named_from_their_first_minute_to_their_last() -> None:
    """In Beijing; the day after is an ordinary one."""
    national = holiday_between(at("2026-10-01 00:00"), at("2026-10-01 00:01"))
    assert national is not None
    assert national.name == "National Day"
    assert holiday_between(at("2026-10-07 23:59"), at("2026-10-08 10:00")) == national
    assert holiday_between(at("2026-10-08 00:00"), at("2026-10-08 10:00")) is None
    assert holiday_between(at("2026-09-30 20:00"), at("2026-10-01 10:00")) == national


def test_the_announced_year_is_as_another_reads_it() -> None:
    """Every day of 2026 that is off for a feast, and no other."""
    ours = {
        each.first + timedelta(days=n)
        for each in HOLIDAYS
        if each.first.year == 2026
        for n in range((each.last - each.first).days + 1)
    }
    year = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    announced = {
        day
        for day in year
        if (told := chinese_calendar.get_holiday_detail(day))[0] and told[1]
    }
    assert ours == announced


@pytest.mark.parametrize(
    "feast",
    [
        date(2024, 4, 4),
        date(2024, 6, 10),
        date(2024, 9, 17),
        date(2025, 4, 4),
        date(2025, 5, 31),
        date(2026, 4, 5),
        date(2026, 6, 19),
        date(2026, 9, 25),
        date(2023, 6, 22),
        date(2023, 4, 5),
    ],
    ids=str,
)
def test_a_short_holiday_goes_by_the_weekday_of_its_feast(feast: date) -> None:
    """As it was announced in years that are known; weekends beside it are no part."""
    holiday = _short("", feast)
    for day in (feast + timedelta(days=n) for n in range(-3, 4)):
        inside = holiday.first <= day <= holiday.last
        if inside or day.weekday() < 5:
            assert chinese_calendar.is_holiday(day) is inside, day


def test_the_list_of_holidays_is_in_order() -> None:
    """No holiday ends before it begins; years follow one another."""
    assert all(each.first <= each.last for each in HOLIDAYS)
    assert [each.first.year for each in HOLIDAYS] == sorted(
        each.first.year for each in HOLIDAYS
    )
    assert HOLIDAYS[-1].last > date(2027, 12, 31)


@given(st.floats(0, 7200), st.integers(0, 10_000), st.floats(-86400, 86400 * 3))
def test_looks_are_polite_and_on_time(interval: float, quiet: int, away: float) -> None:
    """Never hurried, rarer while nothing moves, and there when reviewers are back."""
    rest = waiting.pause(interval, quiet, away)
    assert rest >= waiting.SHORTEST
    assert rest >= min(interval, away) or away <= 0
    assert rest <= max(interval, waiting.LONGEST_AWAY, waiting.SHORTEST)
    if away > 0:
        assert rest <= max(away, waiting.SHORTEST)
    else:
        assert rest <= max(interval, waiting.LONGEST)
        assert waiting.pause(interval, quiet + 1, away) >= rest
