"""What may go: replaced versions, unwanted candidates, orphans; pure.

Reaches only what is ours and was submitted or imported by id. Kinds the card calls
not removable (signatures) are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.context import PlanContext
from smsform.plan.equality import Owned, digest, equal, shown
from smsform.plan.reconcile import owned_versions
from smsform.plan.values import (
    Action,
    Change,
    Options,
    Orphan,
    Reason,
    Retirable,
)
from smsform.state import Origin, Record
from smsform.state.memory import Slot
from smsform.words import say

CANDIDATES = (Review.IN_REVIEW, Review.APPROVED_INACTIVE, Review.REJECTED)


class Removals(NamedTuple):
    """Deletions to make, candidates that cannot go, and what could be retired."""

    changes: list[Change]
    stuck: list[Change]
    retirable: list[Retirable]
    orphans: list[Orphan]


def removals(
    context: PlanContext,
    desired: Mapping[Address, Desired],
    retire_after: float | None,
    moved: frozenset[Slot],
) -> Removals:
    """Everything that could be deleted at one provider, and what is.

    Limited to the targets, if there are any. *moved* are orphaned slots whose versions
    go to another address in this plan.
    """
    found = Removals([], [], [], [])
    targets = context.options.targets
    for slot in sorted(context.block.records.keys() - context.settled.keys()):
        if targets and Address(context.provider, *slot) not in targets:
            continue
        record = context.block.records[slot]
        want = desired.get(Address(context.provider, *slot))
        if want is not None:
            _replaced(context, slot, record, want, retire_after, found)
        elif slot in moved:
            continue
        for orphan in _orphans(context, slot, record, want, desired):
            found.orphans.append(orphan)
            if context.options.prune and not orphan.spared:
                found.changes.append(
                    _removal(
                        context, orphan.address, record, orphan.entry, Action.DELETE
                    )
                )
    return found


def _replaced(
    context: PlanContext,
    slot: Slot,
    record: Record,
    want: Desired,
    retire_after: float | None,
    found: Removals,
) -> None:
    """Candidates to withdraw and versions to retire beside an active one that fits."""
    kind = context.spec.kinds[slot[0]]
    owned = owned_versions(slot, record, context.entries, want.international)
    active = next((o for o in owned if o.version.id == record.active), None)
    if not kind.removable or active is None or not active.approved:
        return
    if not equal(kind, active, want):
        return
    for other in owned:
        if other is active or other.version.origin is Origin.ADOPTED:
            continue
        review = other.entry.review
        if review in CANDIDATES:
            change = _removal(
                context, want.address, record, other.entry, Action.WITHDRAW
            )
            stuck = review not in kind.deletes or record.protected
            (found.stuck if stuck else found.changes).append(change)
        elif review is Review.APPROVED and not record.protected:
            _retire(context, want.address, record, other, retire_after, found)


def _retire(
    context: PlanContext,
    address: Address,
    record: Record,
    other: Owned,
    retire_after: float | None,
    found: Removals,
) -> None:
    since = _timestamp(record.active_since, context.options)
    due = None if retire_after is None else since + retire_after
    found.retirable.append(Retirable(address, other.entry, since, due))
    asked = address in context.options.retire
    if asked or (due is not None and due <= context.options.now):
        change = _removal(context, address, record, other.entry, Action.RETIRE)
        found.changes.append(change)


def _timestamp(iso: str, options: Options) -> float:
    try:
        return datetime.fromisoformat(iso).timestamp()
    except ValueError:
        return options.now  # not known: the clock starts now


def _orphans(
    context: PlanContext,
    slot: Slot,
    record: Record,
    want: Desired | None,
    desired: Mapping[Address, Desired],
) -> Iterator[Orphan]:
    """Versions no definition wants: of a key that is gone, or of the other market."""
    kind = context.spec.kinds[slot[0]]
    address = Address(context.provider, *slot)
    for version in record.versions:
        entry = context.entries.get((slot[0], version.id))
        if entry is None or entry.review is Review.CANCELLED:
            continue
        if want is not None and entry.serves(want.international):
            continue
        spared = ""
        if not kind.removable:
            spared = say("plan.spared_kind")
        elif record.protected:
            spared = say("plan.spared_protected")
        elif version.origin is Origin.ADOPTED:
            spared = say("plan.spared_adopted")
        elif _in_use(context, address, entry, want, desired):
            spared = say("plan.spared_in_use")
        yield Orphan(address, entry, spared)


def _in_use(
    context: PlanContext,
    address: Address,
    entry: Existing,
    want: Desired | None,
    desired: Mapping[Address, Desired],
) -> bool:
    """Whether its key or name is defined and has no active version yet."""
    namesakes = [want] if want is not None else []
    namesakes += [
        each
        for each in desired.values()
        if each.address.kind is address.kind and each.name == entry.name
    ]
    return any(not _has_active(context, each) for each in namesakes)


def _has_active(context: PlanContext, want: Desired) -> bool:
    slot = (want.address.kind, want.address.key)
    record = context.block.record(slot)
    owned = owned_versions(slot, record, context.entries, want.international)
    return any(o.version.id == record.active and o.approved for o in owned)


def _removal(
    context: PlanContext,
    address: Address,
    record: Record,
    entry: Existing,
    action: Action,
) -> Change:
    kind = context.spec.kinds[address.kind]
    version = record.version(entry.id)
    remembered = version.submitted if version else {}
    reasons = {
        Action.DELETE: Reason.ORPHAN,
        Action.RETIRE: Reason.REPLACED,
        Action.WITHDRAW: Reason.UNWANTED,
    }
    known = [
        context.entries[(address.kind, each.id)]
        for each in record.versions
        if (Kind(address.kind), each.id) in context.entries
    ]
    return Change(
        address,
        action,
        reasons[action],
        id=entry.id,
        before=shown(kind, entry, remembered),
        entry=entry,
        digest=digest(kind, known),
    )
