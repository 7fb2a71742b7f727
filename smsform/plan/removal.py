"""Which entries may go: replaced versions, unwanted candidates, orphans; pure.

Only entries of ours that were submitted or imported by id are removed. Kinds that the
card calls not removable (signatures) are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.active import hindered, owned_versions
from smsform.plan.context import PlanContext
from smsform.plan.equality import Owned, digest, equal, shown
from smsform.plan.holdings import Orphan, Retirable
from smsform.plan.settings import InUse, PlanSettings
from smsform.plan.values import (
    Action,
    Change,
    Options,
    Reason,
)
from smsform.state import Origin, Record
from smsform.state.memory import Slot
from smsform.words import say

CANDIDATES = (Review.IN_REVIEW, Review.APPROVED_INACTIVE, Review.REJECTED)
AWAITED = (Review.IN_REVIEW, Review.APPROVED_INACTIVE)
# Seconds: orphans stay this long even where replaced versions are never retired.
YOUTH = 14 * 86400.0


class Removals(NamedTuple):
    """Deletions to make, candidates that cannot go, and what could be retired."""

    changes: list[Change]
    stuck: list[Change]
    retirable: list[Retirable]
    orphans: list[Orphan]


def removals(
    context: PlanContext, desired: Mapping[Address, Desired], settings: PlanSettings
) -> Removals:
    """Everything that could be deleted at one provider, and what is.

    Limited to the targets, if there are any.
    """
    found = Removals([], [], [], [])
    targets = context.options.targets
    holding = _holding(context, desired, settings.retire_after)
    for slot in sorted(context.block.records.keys() - context.settled.keys()):
        address = Address(context.provider, *slot)
        if targets and address not in targets:
            continue
        record = context.block.records[slot]
        want = desired.get(address)
        if want is not None:
            _replaced(context, slot, record, want, settings, found)
        standing = any((m.kind, m.origin) == slot for m in settings.directives.moves)
        for orphan in _orphans(
            context, slot, record, want, holding, standing, settings.in_use
        ):
            found.orphans.append(orphan)
            asked = context.options.prune or address in context.options.delete
            if asked and not orphan.spared:
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
    settings: PlanSettings,
    found: Removals,
) -> None:
    """Adds candidates to withdraw, and versions to retire, beside a fitting active
    one."""
    kind = context.spec.kinds[slot[0]]
    owned = owned_versions(slot, record, context.entries, want.international)
    active = next((o for o in owned if o.version.id == record.active), None)
    if not kind.removable or active is None or not active.approved:
        return
    if not equal(kind, active, want):
        return
    arrives = not hindered(active.version, context.delivery_policy)
    for other in owned:
        if other is active or other.version.origin is Origin.ADOPTED:
            continue
        review = other.entry.review
        if review in CANDIDATES:
            if review in AWAITED and equal(kind, other, want):
                continue  # it was resubmitted on purpose
            if (slot[0], other.version.id) in context.lapsed:
                continue  # ids handed it out until now; it is kept for this run
            change = _removal(
                context, want.address, record, other.entry, Action.WITHDRAW
            )
            stuck = review not in kind.deletes or record.protected
            (found.stuck if stuck else found.changes).append(change)
        elif review is Review.APPROVED and not record.protected and arrives:
            _retire(context, want.address, record, other, settings, found)


def _retire(
    context: PlanContext,
    address: Address,
    record: Record,
    other: Owned,
    settings: PlanSettings,
    found: Removals,
) -> None:
    since = _timestamp(other.version.replaced, context.options)
    due = None if settings.retire_after is None else since + settings.retire_after
    spared = settings.in_use.why(other.entry.id)
    found.retirable.append(Retirable(address, other.entry, since, due, spared))
    if spared:
        return
    asked = address in context.options.retire
    if asked or (due is not None and due <= context.options.now):
        change = _removal(context, address, record, other.entry, Action.RETIRE)
        found.changes.append(change)


def _timestamp(iso: str, options: Options) -> float:
    try:
        return datetime.fromisoformat(iso).timestamp()
    except ValueError:
        return options.now  # not known: the time counts from now


class PossibleSuccessor(NamedTuple):
    """A definition that may still need what was there before.

    It has no active version (``lacks``), or a recent one; with its market.
    """

    address: Address
    international: bool
    lacks: bool


def _holding(
    context: PlanContext, desired: Mapping[Address, Desired], retire_after: float | None
) -> tuple[PossibleSuccessor, ...]:
    """The definitions for which --prune keeps approved orphans.

    A key and a text may change in one edit: then only time tells what replaces what,
    and applications need a chance to fetch the new id.
    """
    if (
        not context.orphaned
        and not context.options.prune
        and not context.options.delete
    ):
        return ()
    youth = YOUTH if retire_after is None else retire_after
    found = []
    for want in desired.values():
        slot = (want.address.kind, want.address.key)
        record = context.block.record(slot)
        lacks = slot not in context.settled and not _has_active(context, want, record)
        young = (
            context.options.now - _timestamp(record.active_since, context.options)
            < youth
        )
        if lacks or young:
            found.append(PossibleSuccessor(want.address, want.international, lacks))
    return tuple(found)


def _has_active(context: PlanContext, want: Desired, record: Record) -> bool:
    """Whether the active version is approved and equals the definition."""
    slot = (want.address.kind, want.address.key)
    kind = context.spec.kinds[slot[0]]
    owned = owned_versions(slot, record, context.entries, want.international)
    return any(
        each.version.id == record.active and each.approved and equal(kind, each, want)
        for each in owned
    )


def _orphans(
    context: PlanContext,
    slot: Slot,
    record: Record,
    want: Desired | None,
    holding: Sequence[PossibleSuccessor],
    standing: bool,
    in_use: InUse,
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
        elif standing:
            spared = say("plan.spared_moved")
        elif used := in_use.why(entry.id):
            spared = used
        elif address not in context.options.delete:
            spared = _spared(address, entry, holding)
        yield Orphan(address, entry, spared)


def _spared(
    address: Address, entry: Existing, holding: Sequence[PossibleSuccessor]
) -> str:
    """Why an approved orphan is kept, with the ways out; "" when it may go."""
    if entry.review is not Review.APPROVED:
        return ""
    for holder in holding:
        if holder.address.kind is address.kind and entry.serves(holder.international):
            word = "lacks" if holder.lacks else "young"
            return say(
                f"plan.spared_{word}", holder=holder.address.key, address=address
            )
    return ""


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
