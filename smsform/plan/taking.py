"""Adoptions: changes of the state alone, made in the same way by plan and apply.

    a block -> Owning, on which addresses take -> the block after

A plan tries them to find out what is left to do; apply repeats the approved ones.
"""

from __future__ import annotations

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.delivery import UNTOLD
from smsform.model import Desired, Existing, Kind, Value
from smsform.plan.active import (
    DELIVERY_COUNTS,
    DeliveryPolicy,
    EntriesById,
    chosen,
    iso,
)
from smsform.plan.equality import shown, similar
from smsform.plan.values import WHOLE, Change, Reason
from smsform.provider import KindSpec
from smsform.state import Block, Intent, Origin, Record, Version
from smsform.state.memory import NOTHING, Author, Slot

NOBODY = Author()


def remembered(
    kind: KindSpec,
    entry: Existing,
    want: Desired,
    now: float,
    origin: Origin = Origin.IMPORTED,
    author: Author = NOBODY,
) -> Version:
    """The version that *entry* becomes, for an address that wants *want*.

    What the service shows is recorded as submitted; what it never shows is assumed. A
    text that differs only in what services normalise is recorded as ours: whoever
    imports it says that it is the same.
    """
    sent: dict[str, Value] = {**want.delivered, **want.review_only}
    visible = shown(kind, entry, want.delivered)
    if not all(similar(visible[name], want.delivered[name]) for name in visible):
        sent.update(visible)
    told = None if UNTOLD.same(entry.delivery) else entry.delivery
    return Version(
        id=entry.id,
        origin=origin,
        name=entry.name,
        review=entry.review,
        submitted=sent,
        parameters=want.parameters,
        assumed=tuple(sorted(kind.unreadable & set(sent))),
        at=iso(now),
        by=author.by,
        commit=author.commit,
        order=entry.order,
        delivery=replace(told, seen=iso(now)) if told else None,
    )


class Owning:
    """A state block while addresses take versions from one another."""

    def __init__(self, block: Block) -> None:
        self.before = block
        self.records: dict[Slot, Record] = dict(block.records)
        self.intents: dict[Slot, Intent] = dict(block.intents)
        self.retired: dict[Slot, tuple[str, ...]] = dict(block.retired)

    @property
    def block(self) -> Block:
        """The state block after everything taken so far."""
        return replace(
            self.before,
            records=self.records,
            intents=self.intents,
            retired=self.retired,
        )

    def owners(self) -> dict[tuple[Kind, str], Slot]:
        """(kind, id) -> the slot that owns it."""
        return self.block.owners()

    def record(self, slot: Slot) -> Record:
        """The record of *slot* after everything taken so far."""
        return self.records.get(slot, NOTHING)

    def put(self, slot: Slot, record: Record) -> None:
        """Record *record* for *slot*; an empty one is dropped."""
        if record.versions:
            self.records[slot] = record
        else:
            self.records.pop(slot, None)

    def take(
        self, change: Change, spec: ProviderSpec, now: float, author: Author = NOBODY
    ) -> bool:
        """Carry out an ADOPT change; False when it does not fit any more."""
        slot = (change.address.kind, change.address.key)
        origin = change.moved_from
        source = (origin.kind, origin.key) if origin else None
        if change.reason in WHOLE:
            return source is not None and self._whole(source, slot)
        if change.reason is Reason.PASSED_ON:
            return source is not None and self._one(source, slot, change.id)
        entry, want = change.entry, change.desired
        if entry is None or want is None:
            return False
        owner = self.owners().get((slot[0], entry.id)) if source else None
        if owner is not None:
            self.put(owner, self.record(owner).without(entry.id))
        claimed = change.reason is Reason.CLAIMED
        how = Origin.IMPORTED if claimed else Origin.ADOPTED
        version = remembered(spec.kinds[slot[0]], entry, want, now, how, author)
        self.put(slot, self.record(slot).with_version(version))
        if claimed:
            self.put(slot, handed_out(self.record(slot), version, now))
        # Whatever it made: the adopted version is what is wanted.
        self.intents.pop(slot, None)
        return True

    def settle(
        self,
        slot: Slot,
        spec: ProviderSpec,
        entries: EntriesById,
        want: Desired,
        now: float,
        policy: DeliveryPolicy = DELIVERY_COUNTS,
    ) -> None:
        """Set the active version of *slot*, which wants *want*."""
        record = self.record(slot)
        if record.versions:
            kind = spec.kinds[slot[0]]
            self.put(slot, chosen(kind, slot, record, entries, want, now, policy))

    def _whole(self, source: Slot, target: Slot) -> bool:
        """Move all that *source* owns to *target*; applications get the full time
        again."""
        old, new = self.record(source), self.record(target)
        for version in old.versions:
            new = new.with_version(replace(version, replaced=""))
        if not new.active:
            new = replace(new, active=old.active, active_since=old.active_since)
        self.put(target, replace(new, protected=new.protected or old.protected))
        self.records.pop(source, None)
        if source in self.intents and target not in self.intents:
            self.intents[target] = self.intents.pop(source)
        if source in self.retired:
            gone = self.retired.get(target, ()) + self.retired.pop(source)
            self.retired[target] = gone
        return True

    def _one(self, source: Slot, target: Slot, id: str) -> bool:
        """Move one version to *target*, unless *source* hands it out by now."""
        old = self.record(source)
        version = old.version(id)
        if version is None or old.active == id:
            return False
        self.put(source, old.without(id))
        version = replace(version, replaced="")
        self.put(target, self.record(target).with_version(version))
        return True


def handed_out(record: Record, version: Version, now: float) -> Record:
    """*record* with *version* active, if none is and it is approved.

    Whatever its text: the person who named the id says that it serves.
    """
    active = record.version(record.active)
    if not version.usable or (active is not None and active.usable):
        return record
    return replace(record, active=version.id, active_since=iso(now))
