"""The lists after the lines of a plan: entries that could go, and unmanaged ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from smsform.model import Existing
from smsform.plan import Plan, ProviderPlan, Retirable
from smsform.report.moments import moment
from smsform.report.quota import quotas
from smsform.report.reasons import market, reason, verdict
from smsform.report.terminal import Show, Style, safe
from smsform.words import named, say


class HeadedList(NamedTuple):
    """A heading and its lines, each with a remark or ""."""

    title: str
    entries: tuple[tuple[str, str], ...] = ()


def lists(
    part: ProviderPlan, plan: Plan, style: Style, shown: Iterable[str]
) -> Iterator[str]:
    """The sections of one provider; *shown* are ids that have a line already."""
    for listing in listings(part, plan, shown):
        yield listing.title if listing.entries else style.dim(listing.title)
        for entry, remark in listing.entries:
            yield f"    {entry}"
            if remark:
                yield f"        {style.yellow(remark)}"
    yield from quotas(part.quotas, style)


def listings(
    part: ProviderPlan, plan: Plan, shown: Iterable[str], show: Show = safe
) -> Iterator[HeadedList]:
    """Orphans, what could be retired, what is kept, unmanaged and unverified
    entries."""
    if orphans := tuple(_orphans(part, show)):
        yield HeadedList(say("report.orphans"), orphans)
    left, held = retirable(part), _held(part, retirable(part))
    if left and plan.options.show_unmanaged:
        title = say("report.retirable", held=held)
        yield HeadedList(title, tuple(_retirable(left, show)))
    elif left:
        many = "one" if len(left) == 1 else "many"
        yield HeadedList(say(f"report.retirable_{many}", count=len(left), held=held))
    if part.stuck:
        entries = tuple(_stuck(part, show))
        yield HeadedList(say("report.stuck"), entries)
    if part.unmanaged and plan.options.show_unmanaged:
        found = [
            (f"{named(each.kind)} {_entry(each, show)}", _risks(part, each))
            for each in part.unmanaged
        ]
        yield HeadedList(say("report.unmanaged_all"), tuple(found))
    elif part.unmanaged:
        yield HeadedList(say("report.unmanaged", count=len(part.unmanaged)))
    if quiet := part.unverified(frozenset(shown)):
        yield HeadedList(say("report.unverified_count", count=quiet))


def retirable(part: ProviderPlan) -> tuple[Retirable, ...]:
    """Versions that could be retired and that this plan does not delete."""
    going = part.going
    return tuple(e for e in part.retirable if (e.entry.kind, e.id) not in going)


def _orphans(part: ProviderPlan, show: Show) -> Iterator[tuple[str, str]]:
    going = part.going
    for orphan in part.orphans:
        if (orphan.entry.kind, orphan.id) not in going:
            spared = orphan.spared and say("report.spared", why=show(orphan.spared))
            address = show(str(orphan.address))
            yield f"{address} {_entry(orphan.entry, show)}{spared}", ""


def _retirable(left: Iterable[Retirable], show: Show) -> Iterator[tuple[str, str]]:
    for each in left:
        address = show(str(each.address))
        when = say("report.retire_never", address=address)
        if each.spared:
            when = say("report.retire_spared", why=show(each.spared))
        elif each.due is not None:
            when = say("report.retire_due", due=moment(each.due))
        text = say(
            "report.retirable_line",
            address=address,
            entry=_entry(each.entry, show),
            since=moment(each.since),
            when=when,
        )
        yield text, ""


def _stuck(part: ProviderPlan, show: Show) -> Iterator[tuple[str, str]]:
    for kept in part.stuck:
        text = f"{show(str(kept.address))}: {reason(part, kept, show)}"
        yield text, verdict(kept.entry, show)


def _risks(part: ProviderPlan, entry: Existing) -> str:
    """Why an unmanaged entry deserves a look; "" without a reason."""
    found = part.risks.get((entry.kind, entry.id), ())
    return say("report.comma").join(say(f"report.risk_{each}") for each in found)


def _held(part: ProviderPlan, left: Sequence[Retirable]) -> str:
    """How much of which quota they occupy; "" where no quota is known."""
    counted = Counter(each.entry.kind for each in left)
    return "".join(
        say(
            "report.retirable_held",
            count=counted[quota.kind],
            held=quota.held,
            limit=quota.limit,
            kind=quota.kind,
        )
        for quota in part.quotas
        if counted[quota.kind] and not quota.daily
    )


def _entry(entry: Existing, show: Show) -> str:
    """An entry as a console lists it: id, name, market, review."""
    where = market(entry.international)
    return say(
        "report.entry",
        id=show(entry.id),
        name=show(entry.name),
        market=where,
        review=entry.review,
    )
