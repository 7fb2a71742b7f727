"""When a service's reviewers work, and when a verdict usually comes; pure.

Times are unix seconds. Reviewers keep Beijing time, which has no summer time (+08:00
all year since 1992), so a day is 24 hours and all of this is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta, timezone
from itertools import count

from msgspec import Struct

BEIJING = timezone(timedelta(hours=8), "Beijing")

_HOUR, _DAY = 3600, 86400
_OFFSET = 8 * _HOUR
_EPOCH = 3  # 1970-01-01 was a Thursday; weeks begin on Monday


class Shift(Struct, frozen=True):
    """A time span in which reviewers work, unix seconds."""

    opens: float
    closes: float


class ReviewHours(Struct, frozen=True):
    """What a service says of its reviewers, with the source and the date it was read.

    ``usual`` is how many seconds of their working time a review takes; ``week`` has
    seven pairs of hours, Monday's first: 9, 21 is from 09:00 to 21:00 in Beijing.
    """

    usual: float
    week: tuple[tuple[int, int], ...]
    source: str
    read: str

    def back_at(self, now: float) -> float:
        """The next time reviewers are at work: *now*, if they are."""
        return max(now, next(self._shifts(now)).opens)

    def at_work(self, now: float) -> bool:
        """Whether reviewers are at work at *now*; public holidays are not known."""
        return self.back_at(now) == now

    def expected(self, submitted: float) -> float:
        """When the verdict on something submitted at *submitted* can be expected."""
        left = self.usual
        for shift in self._shifts(submitted):
            begins = max(submitted, shift.opens)
            if left <= shift.closes - begins:
                return begins + left
            left -= shift.closes - begins
        raise AssertionError("weeks do not end")

    def _shifts(self, moment: float) -> Iterator[Shift]:
        """The shifts that end after *moment*, in order, endlessly."""
        for day in count(int((moment + _OFFSET) // _DAY)):
            midnight = day * _DAY - _OFFSET
            opens, closes = (hour * _HOUR for hour in self.week[(day + _EPOCH) % 7])
            if opens < closes and moment < midnight + closes:
                yield Shift(midnight + opens, midnight + closes)


def day_begins(moment: float) -> float:
    """When the day of *moment* (both unix seconds) began in Beijing."""
    return moment - (moment + _OFFSET) % _DAY


class Holiday(Struct, frozen=True):
    """Days on which much of mainland China is off, both included."""

    name: str
    first: date
    last: date


def _holidays(
    year: int,
    spring: tuple[int, int],
    qingming: int,
    boat: tuple[int, int],
    autumn: tuple[int, int],
) -> Iterator[Holiday]:
    """The seven public holidays of a *year*; the arguments are the lunar dates.

    The law fixes the festivals (State Council, revised 2024-11-10, in force since
    2025); which days around them are off is announced each November for the next year.
    Until then these are the usual days: for the three short ones, by the weekday of the
    festival, they were right in 40 of the 46 cases from 2010 to 2026.
    """
    eve = date(year, *spring) - timedelta(days=1)
    moon = date(year, *autumn)
    joined = date(year, 9, 29) <= moon <= date(year, 10, 8)
    yield Holiday("New Year", date(year, 1, 1), date(year, 1, 3))
    yield Holiday("Spring Festival", eve, eve + timedelta(days=7))
    yield _short("Qingming", date(year, 4, qingming))
    yield Holiday("Labour Day", date(year, 5, 1), date(year, 5, 5))
    yield _short("Dragon Boat Festival", date(year, *boat))
    yield _short("Mid-Autumn Festival", moon)
    yield Holiday("National Day", date(year, 10, 1), date(year, 10, 8 if joined else 7))


# Days off before and after a festival, by its weekday, Monday's first.
_AROUND = ((2, 0), (2, 0), (0, 0), (0, 2), (0, 2), (0, 2), (1, 1))


def _short(name: str, feast: date) -> Holiday:
    before, after = map(timedelta, _AROUND[feast.weekday()])
    return Holiday(name, feast - before, feast + after)


# As announced for 2026 (State Council, November 2025); read in chinesecalendar 1.11.0,
# 2026-11-29. What is announced wins; look again each November.
_ANNOUNCED = (
    Holiday("New Year", date(2026, 1, 1), date(2026, 1, 3)),
    Holiday("Spring Festival", date(2026, 2, 15), date(2026, 2, 23)),
    Holiday("Qingming", date(2026, 4, 4), date(2026, 4, 6)),
    Holiday("Labour Day", date(2026, 5, 1), date(2026, 5, 5)),
    Holiday("Dragon Boat Festival", date(2026, 6, 19), date(2026, 6, 21)),
    Holiday("Mid-Autumn Festival", date(2026, 9, 25), date(2026, 9, 27)),
    Holiday("National Day", date(2026, 10, 1), date(2026, 10, 7)),
)

# Feasts by the calendar of mainland China, read 2026-11-21.
HOLIDAYS = (
    *_ANNOUNCED,
    *_holidays(2027, (2, 6), 5, (6, 9), (9, 15)),
    *_holidays(2028, (1, 26), 4, (5, 28), (10, 3)),
)


def holiday_between(
    first: float, last: float, holidays: Iterable[Holiday] = HOLIDAYS
) -> Holiday | None:
    """The first public holiday that *first* to *last* (unix seconds) touches.

    No service says whether its reviewers work then: a verdict may be later.
    """
    for holiday in holidays:
        begins = _midnight(holiday.first)
        if begins <= last and first < _midnight(holiday.last) + _DAY:
            return holiday
    return None


def _midnight(day: date) -> float:
    """When *day* begins in Beijing."""
    return float((day - date(1970, 1, 1)).days * _DAY - _OFFSET)
