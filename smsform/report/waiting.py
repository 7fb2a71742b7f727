"""What people are told while they wait for reviews; times are local, with offset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from smsform.hours import BEIJING, ReviewHours, holiday_between
from smsform.model import Review
from smsform.plan import Change, Plan, ProviderPlan
from smsform.report.moments import moment, stamp
from smsform.report.status import moved
from smsform.report.terminal import Style, safe
from smsform.waiting import Event, WaitEnd, awaited
from smsform.words import named, say

FEW = 3  # addresses named in a closing line


def event(seen: Event, style: Style) -> str:
    """A line about one verdict."""
    colours = {Review.APPROVED: style.green, Review.REJECTED: style.red}
    paint = colours.get(seen.verdict.after, style.yellow)
    verdict = paint(next(moved([seen.verdict])))
    return say("waiting.moved", at=moment(seen.at), verdict=verdict)


def outlook(
    provider: str, lines: Sequence[Change], hours: ReviewHours | None, now: float
) -> str:
    """When verdicts on one provider's pending *lines* can be expected; "" if not
    known."""
    submitted = [
        line.entry.created
        for line in lines
        if line.entry is not None
        and line.entry.review is Review.IN_REVIEW
        and line.entry.created
    ]
    if hours is None or not submitted:
        return ""
    last = hours.expected(max(submitted))
    back = hours.back_at(now)
    holiday = holiday_between(now, max(last, back))
    word = "one_by" if len(submitted) == 1 else "last_by"
    expected = say(f"waiting.{word}", when=clock(last, now))
    if last < now:
        expected = say("waiting.overdue", hours=round(hours.usual / 3600))
    return say(
        "waiting.outlook",
        provider=safe(provider),
        count=len(submitted),
        expected=expected,
        back=_back(back, now) if back > now else "",
        holiday=say("waiting.holiday", name=named(holiday.name)) if holiday else "",
    )


def clock(seconds: float, now: float) -> str:
    """A time of day with its offset, and the date unless it is today."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone()
    if local.date() == datetime.fromtimestamp(now, UTC).astimezone().date():
        return local.timetz().isoformat(timespec="minutes")
    return moment(seconds)


def _back(back: float, now: float) -> str:
    beijing = datetime.fromtimestamp(back, BEIJING)
    here = beijing.astimezone()
    key = "back_here" if here.utcoffset() == beijing.utcoffset() else "back"
    soon = back - now < 86400
    local = here.timetz().isoformat(timespec="minutes") if soon else moment(back)
    return say(f"waiting.{key}", beijing=f"{beijing:%H:%M}", local=local)


def number(count: int) -> str:
    """A number of reviews, in words."""
    return say("waiting.review" if count == 1 else "waiting.reviews", count=count)


def ending(ended: WaitEnd, lines: Sequence[Change]) -> str:
    """How a wait ended, and the addresses that need a person now."""
    by_hand = [safe(str(line.address)) for line in lines if line.by_hand]
    if ended is WaitEnd.SETTLED and by_hand:
        more = len(by_hand) - FEW
        where = say("report.comma").join(by_hand[:FEW])
        key = "by_hand_more" if more > 0 else "by_hand"
        return say(f"waiting.ended_{key}", addresses=where, count=more)
    return say(f"waiting.ended_{ended}", count=number(len(awaited(lines))))


def retirements(part: ProviderPlan, now: float) -> Iterator[str]:
    """What policy will retire, and when; waiting itself deletes nothing."""
    for each in part.retirable:
        if each.due is not None and not each.spared:
            key = "retired_due" if each.due <= now else "retired"
            fields = {"address": safe(str(each.address)), "id": safe(each.id)}
            yield say(f"waiting.{key}", **fields, due=moment(each.due))


def as_json(ended: WaitEnd, seen: Sequence[Event], plan: Plan) -> dict[str, Any]:
    """How the wait ended and its verdicts, for the command's own document."""
    return {
        "ended": ended,
        "verdicts": [
            {
                **each.verdict._asdict(),
                "address": str(each.verdict.address),
                "at": stamp(each.at),
            }
            for each in seen
        ],
        "retire": [
            {"address": str(each.address), "id": each.id, "due": stamp(each.due)}
            for part in plan.providers
            for each in part.retirable
            if each.due is not None and not each.spared
        ],
    }
