"""The settings of a provider's plan: policy, blocks, entries of other providers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from smsform.directives import Directives
from smsform.model import Existing, Kind, Reading
from smsform.plan import InUse, PlanSettings
from smsform.plan.active import DeliveryPolicy
from smsform.project.workspace import Workspace
from smsform.state import Block, State
from smsform.state.memory import Slot

Fetch = Callable[[Kind, Sequence[str]], tuple[Existing, ...]]


def plan_settings(
    project: Workspace,
    name: str,
    block: Block,
    state: State,
    directives: Directives,
    in_use: InUse,
) -> PlanSettings:
    """The policy, and the entries that other providers of the same account own."""
    elsewhere: set[tuple[Kind, str]] = set()
    for other in project.config.providers.keys() & state.blocks.keys() - {name}:
        if not state.blocks[other].identity.contradiction(block.identity):
            elsewhere |= state.blocks[other].owners().keys()
    return PlanSettings(
        project.config.policy.retire_after,
        directives,
        frozenset(elsewhere),
        delivery_policy=DeliveryPolicy(project.config.policy.delivery),
        in_use=in_use,
    )


def moving(directives: Directives, block: Block) -> frozenset[Slot]:
    """The slots whose versions `moved` blocks move, and the slots they move to."""
    found: set[Slot] = set()
    for origin, end in directives.ends().items():
        if origin in block.records or origin in block.intents:
            found |= {origin, (origin[0], end)}
    return frozenset(found)


def claimed(
    account_fetch: Fetch, directives: Directives, provider: str, reading: Reading
) -> Reading:
    """*reading* with the entries that `adopt` blocks name and the list does not
    show."""
    if not directives.claims:
        return reading
    seen = {(entry.kind, entry.id) for entry in reading.entries}
    entries = list(reading.entries)
    for kind in Kind:
        lacking = [
            claim.id
            for claim in directives.claims
            if claim.address.provider == provider
            and claim.address.kind is kind
            and not claim.theirs
            and (kind, claim.id) not in seen
        ]
        entries += account_fetch(kind, lacking) if lacking else ()
    return replace(reading, entries=tuple(entries))
