"""Messages sent, by hour or by day in Beijing, and what is left of the packages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from smsform.errors import ConfigError, ProviderError, Refused
from smsform.hours import BEIJING
from smsform.model import Check, Health
from smsform.project.connections import TellCall
from smsform.project.dispatch import open_for_sending
from smsform.project.workspace import Workspace
from smsform.sending import Count, Package, Span
from smsform.words import say

HOUR, DAY = 3600.0, 86400.0
MOST_HOURS = 7 * 24  # by hour: two calls each
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2})(?::00)?)?")


class Counted(NamedTuple):
    """The counts and packages of one provider."""

    provider: str
    counts: tuple[Count, ...]
    packages: tuple[Package, ...]


def span(begin: str | None, end: str | None, now: float) -> Span:
    """From the beginning of *begin* to the end of *end*, dates or hours in Beijing.

    The default is the last seven days. ConfigError for text that is no date, and for an
    end before the beginning.
    """
    today = _midnight(now)
    first = _moment("--from", begin)[0] if begin else today - 6 * DAY
    last = _moment("--to", end)[1] if end else today + DAY
    if first > now:
        raise ConfigError("--from", say("stats.future"))
    if first >= last:
        raise ConfigError("--to", say("stats.backwards"))
    return Span(first, min(last, _next_hour(now)))


def _moment(where: str, text: str) -> tuple[float, float]:
    """The beginning and the end of a date or an hour in Beijing."""
    match = _DATE.fullmatch(text)
    if match:
        year, month, day, hour = (int(part or 0) for part in match.groups())
        with suppress(ValueError, OverflowError):
            begin = datetime(year, month, day, hour, tzinfo=BEIJING)
            length = timedelta(hours=1) if match[4] else timedelta(days=1)
            return begin.timestamp(), (begin + length).timestamp()
    raise ConfigError(where, say("stats.no_date", text=text), say("stats.date_hint"))


def _midnight(moment: float) -> float:
    day = datetime.fromtimestamp(moment, BEIJING).date()
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING).timestamp()


def _next_hour(moment: float) -> float:
    return (moment // HOUR + 1) * HOUR


def counted(
    project: Workspace,
    names: Sequence[str],
    begin: str | None,
    end: str | None,
    hourly: bool,
    on_call: TellCall = None,
) -> list[Counted]:
    """The counts of every provider in *names*; ConfigError for a span they do not
    offer."""
    found = []
    for name in names:
        account = open_for_sending(project, name, on_call)
        asked = span(begin, end, account.clock.now())
        if hourly and not account.sending.hourly:
            raise ConfigError(name, say("stats.days_only"), say("stats.days_only_hint"))
        days = account.sending.days
        longest = MOST_HOURS * HOUR if hourly else days * DAY
        if asked.end - asked.begin > longest:
            what = say("stats.too_long", name=name, days=int(longest // DAY))
            raise ConfigError("--from", what)
        if not hourly:
            asked = Span(_midnight(asked.begin), asked.end)
        counts = tuple(account.service.counts(asked, None, hourly))
        packages: tuple[Package, ...] = ()
        if account.sending.packaged:
            with suppress(Refused):  # a site that sells no packages refuses
                packages = tuple(account.service.packages())
        found.append(Counted(name, counts, packages))
    return found


def package_check(
    project: Workspace, name: str, on_call: TellCall = None
) -> Check | None:
    """A check of the packages a domestic send needs; None when the service has none.

    Made only where smsform.yaml has what sending needs.
    """
    spec = project.spec(name)
    if spec.sending is None or not spec.sending().packaged:
        return None
    with suppress(ConfigError, ProviderError):
        account = open_for_sending(project, name, on_call)
        now = account.clock.now()
        valid = [each for each in account.service.packages() if each.ends > now]
        left = sum(each.left for each in valid)
        found = say("doctor.package", left=left, count=len(valid))
        if left:
            return Check("package", Health.OK, found)
        return Check("package", Health.WARN, found, say("doctor.package_todo"))
    return None
