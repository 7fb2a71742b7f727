"""What a plan lists below its lines: what could go, and what is not ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from smsform.model import Existing
from smsform.plan import Mark, Plan, ProviderPlan, Retirable
from smsform.report.moments import moment
from smsform.report.quota import quotas
from smsform.report.reasons import market, reason, verdict
from smsform.report.terminal import Style, safe
from smsform.words import say


def lists(
    part: ProviderPlan, plan: Plan, style: Style, shown: Iterable[str]
) -> Iterator[str]:
    """The sections of one provider; *shown* are ids that have a line of their own."""
    yield from _orphans(part)
    yield from _retirable(part)
    if part.stuck:
        yield say("report.stuck")
        for kept in part.stuck:
            yield f"    {safe(str(kept.address))}: {reason(part, kept)}"
            if said := verdict(kept.entry):
                yield f"        {style.yellow(said)}"
    if part.unmanaged and plan.options.show_unmanaged:
        yield say("report.unmanaged_all")
        for entry in part.unmanaged:
            yield f"    {entry.kind} {_entry(entry)}"
    elif part.unmanaged:
        yield style.dim(say("report.unmanaged", count=len(part.unmanaged)))
    told = frozenset(shown)
    quiet = [x for x in part.lines if Mark.UNVERIFIED in x.marks and x.id not in told]
    if quiet:
        yield style.dim(say("report.unverified_count", count=len(quiet)))
    yield from quotas(part.quotas, style)


def retirable(part: ProviderPlan) -> tuple[Retirable, ...]:
    """What could be retired and this plan does not delete yet."""
    going = part.going
    return tuple(e for e in part.retirable if (e.entry.kind, e.id) not in going)


def _orphans(part: ProviderPlan) -> Iterator[str]:
    going = part.going
    left = [each for each in part.orphans if (each.entry.kind, each.id) not in going]
    if left:
        yield say("report.orphans")
    for orphan in left:
        spared = say("report.spared", why=orphan.spared) if orphan.spared else ""
        yield f"    {safe(str(orphan.address))} {_entry(orphan.entry)}{spared}"


def _retirable(part: ProviderPlan) -> Iterator[str]:
    left = retirable(part)
    if left:
        yield say("report.retirable", held=_held(part, left))
    for each in left:
        address = safe(str(each.address))
        when = say("report.retire_never", address=address)
        if each.due is not None:
            when = say("report.retire_due", due=moment(each.due))
        yield "    " + say(
            "report.retirable_line",
            address=address, entry=_entry(each.entry), since=moment(each.since),
            when=when,
        )  # fmt: skip


def _held(part: ProviderPlan, left: Sequence[Retirable]) -> str:
    """How much of which quota they hold; empty where no quota is known."""
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


def _entry(entry: Existing) -> str:
    """An entry as a person finds it in the console: id, name, market, review."""
    where = market(entry.international)
    return f"{safe(entry.id)} {safe(entry.name)} ({where}, {entry.review})"
