"""The costs of a plan: calls, entries in the quotas, least time; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from smsform.card import ProviderSpec
from smsform.hours import day_begins
from smsform.model import Kind
from smsform.plan.context import PlanContext
from smsform.plan.holdings import Quota, Retirable
from smsform.plan.values import REMOVALS, Action, Change
from smsform.provider import ProviderConfig

VERBS = {
    Action.CREATE: "create",
    Action.SUPERSEDE: "create",
    Action.UPDATE: "update",
    **dict.fromkeys(REMOVALS, "delete"),
}


def quotas(
    context: PlanContext,
    config: ProviderConfig,
    lines: Sequence[Change],
    retirable: Sequence[Retirable],
) -> Iterable[Quota]:
    """Entries held and to be held, unmanaged ones included, where a quota is known."""
    spec, reading = context.spec, context.reading
    if not reading.listed:
        return
    made = calls(lines)
    superseding = Counter(x.kind for x in lines if x.action is Action.SUPERSEDE)
    going = {(line.kind, line.id) for line in lines if line.action in REMOVALS}
    freeable = {
        each.address: each.address.kind
        for each in retirable
        if (each.address.kind, each.id) not in going
    }
    for kind, card in spec.kinds.items():
        limit = spec.limit(config, card.quota) if card.quota else None
        if not isinstance(limit, int):
            continue
        held = sum([entry.kind is kind for entry in reading.entries])
        after = held + made[kind, "create"] - made[kind, "delete"]
        mine = tuple(address for address in freeable if freeable[address] is kind)
        yield Quota(kind, held, after, limit, superseding[kind], mine)
    for kind, card in spec.kinds.items():
        limit = spec.limit(config, card.daily) if card.daily else None
        if isinstance(limit, int):
            today = day_begins(context.options.now)
            entries = [e.created for e in reading.entries if e.kind is kind]
            held = sum([created >= today for created in entries])
            after = held + made[kind, "create"]
            yield Quota(kind, held, after, limit, daily=True)


def calls(lines: Iterable[Change]) -> Counter[tuple[Kind, str]]:
    """How many calls of each verb a plan takes, by kind."""
    return Counter(
        (line.kind, VERBS[line.action]) for line in lines if line.action in VERBS
    )


def least_seconds(spec: ProviderSpec, calls: Mapping[tuple[Kind, str], int]) -> float:
    """The least time these calls take at the service's pace."""
    total = 0.0
    for (kind, verb), number in calls.items():
        pace = spec.kinds[kind].pace[verb]
        total += (number - 1) // pace.calls * pace.seconds
    return total
