"""Updating the remembered block with what was just read; pure.

In this order: verdicts are recorded, entries made by submissions with an unknown
outcome are recognised, and ``active`` moves where it may.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.errors import ForeignAccount
from smsform.model import Address, Desired, Existing, Reading, Review
from smsform.plan.active import (
    DELIVERY_COUNTS,
    DeliveryPolicy,
    EntriesById,
    by_id,
    iso,
    move_active,
)
from smsform.plan.desired import compared_of
from smsform.plan.equality import Owned, shows
from smsform.state import Block, Intent, Origin, Record, Version
from smsform.state.memory import Slot

# Seconds: a submission without an answer may still appear; only after this long without
# a trace may it be sent again.
SETTLING = 600.0
LONGEST_NOTE = 1000  # characters of a reviewer's note that are remembered


class Verdict(NamedTuple):
    """A version whose review changed since the state file last saw it."""

    address: Address
    id: str
    before: Review
    after: Review
    note: str


class Reconciled(NamedTuple):
    """The updated block, the verdicts, and the addresses where nothing is to be done.

    ``entries`` are those of the reading, by kind and id. ``settled`` are the addresses
    that own just one version, which is active, approved and as wanted. Almost all
    addresses are like that almost always, so it is found out once; the table would say
    the same of them, more slowly.
    """

    block: Block
    entries: EntriesById
    verdicts: tuple[Verdict, ...] = ()
    settled: Mapping[Slot, Owned] = MappingProxyType({})


def reconcile(
    provider: str,
    block: Block,
    reading: Reading,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    now: float,
    policy: DeliveryPolicy = DELIVERY_COUNTS,
    moving: Collection[Slot] = (),
) -> Reconciled:
    """Record verdicts, recover open intents, move ``active``.

    ``active`` does not move in *moving* slots, whose versions change owner in this
    plan. Raises ForeignAccount when the block knows ids and the provider has none of
    them.
    """
    entries = by_id(reading.entries)
    check_account(provider, block, entries)
    settled = find_settled(block, entries, desired, spec)
    verdicts: list[Verdict] = []
    fresh: dict[Slot, Record] = {}
    for slot, record in block.records.items():
        if slot in settled:
            continue
        versions = tuple([seen(slot, each, entries, now) for each in record.versions])
        if versions == record.versions:
            continue
        for before, after in zip(record.versions, versions, strict=True):
            if before.review is not after.review:
                note = entries[slot[0], after.id].note
                address = Address(provider, *slot)
                verdicts.append(
                    Verdict(address, after.id, before.review, after.review, note)
                )
        fresh[slot] = replace(record, versions=versions)
    block = block.with_records(fresh)
    for slot, intent in tuple(block.intents.items()):
        found = recognise(slot, intent, block, reading, spec)
        if found is not None:
            block = settle_intent(block, slot, intent, found)
        elif reading.listed and now - _since(intent) >= SETTLING:
            # No trace of it: it may be submitted again.
            block = block.with_intent(slot, None)
    policy = policy._replace(unanswered=reading.unanswered)
    rest = {*settled, *moving} if moving else settled
    block = move_active(provider, block, entries, desired, spec, now, rest, policy)
    return Reconciled(block, entries, tuple(verdicts), settled)


def find_settled(
    block: Block,
    entries: EntriesById,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
) -> dict[Slot, Owned]:
    """The addresses whose only version is active, approved and as wanted."""
    settled: dict[Slot, Owned] = {}
    wanted = compared_of(desired, spec)
    for slot, record in block.records.items():
        if len(record.versions) != 1:
            continue
        version, want = record.versions[0], wanted.get(slot)
        entry = entries.get((slot[0], version.id))
        if want is None or entry is None or entry.review is not version.review:
            continue
        if (
            version.usable
            and version.id == record.active
            and record.protected >= want.protect
            and entry.serves(want.international)
            and version.order in ("", entry.order)
            and (entry.delivery is None or entry.delivery.same(version.delivery))
            and not version.replaced
            and shows(spec.kinds[slot[0]], entry, version, want.delivered)
        ):
            settled[slot] = Owned(version, entry)
    # An open intent may turn out to have made a second version.
    for slot in block.intents:
        settled.pop(slot, None)
    return settled


def check_account(provider: str, block: Block, entries: EntriesById) -> None:
    """ForeignAccount when nothing we know exists: probably another account."""
    ours = 0
    for slot, record in block.records.items():
        for version in record.versions:
            if (slot[0], version.id) in entries:
                return
            ours += 1
    if ours:
        raise ForeignAccount(provider, ours)


def seen(slot: Slot, version: Version, entries: EntriesById, now: float) -> Version:
    """*version* with the verdict, delivery and submission that the reading shows."""
    entry = entries.get((slot[0], version.id))
    if entry is None:
        return version if version.gone else replace(version, gone=True)
    told = entry.delivery
    if told is not None and not told.same(version.delivery):
        version = replace(version, delivery=replace(told, seen=iso(now)))
    if entry.review is version.review and not version.gone:
        if version.order or not _ours_in_review(version):
            return version
        return replace(version, order=entry.order)
    return replace(
        version,
        review=entry.review,
        gone=False,
        note=_note(entry),
        order=version.order or entry.order,
    )


def _ours_in_review(version: Version) -> bool:
    """Whether our submission is still in review.

    Its mark is stored at once, so that another team's submission before the verdict is
    noticed. In all other cases a mark is stored together with a verdict: by itself it
    is no reason to write a state.
    """
    return version.review is Review.IN_REVIEW and version.origin is Origin.SUBMITTED


def _note(entry: Existing) -> str:
    """The reason of a rejection as the state keeps it: shortened, valid Unicode."""
    if entry.review is not Review.REJECTED:
        return ""
    return entry.note[:LONGEST_NOTE].encode("utf-8", "replace").decode()


def recognise(
    slot: Slot, intent: Intent, block: Block, reading: Reading, spec: ProviderSpec
) -> Existing | None:
    """The entry that an open intent created, when only one can be it."""
    if intent.blind:  # it is not known which entries existed before
        return None
    kind = spec.kinds[slot[0]]
    # What is made after this was made by somebody else.
    latest = _since(intent) + 2 * SETTLING
    owners = block.owners()
    fresh = [
        entry
        for entry in reading.entries
        if entry.kind is slot[0]
        and entry.name == intent.name
        and entry.id not in intent.known
        and (entry.kind, entry.id) not in owners
        and entry.serves(intent.international)
        and entry.created <= latest
    ]
    if len(fresh) > 1:
        fresh = [
            entry
            for entry in fresh
            if all(
                entry.attributes.get(name) == intent.submitted.get(name)
                for name in kind.delivered
                if name not in kind.unreadable
            )
        ]
    return fresh[0] if len(fresh) == 1 else None


def settle_intent(block: Block, slot: Slot, intent: Intent, entry: Existing) -> Block:
    """Record the entry that an intent made as a version, and close the intent."""
    version = Version(
        id=entry.id,
        origin=Origin.SUBMITTED,
        name=intent.name,
        review=entry.review,
        submitted=intent.submitted,
        parameters=intent.parameters,
        at=intent.at,
        by=intent.by,
        commit=intent.commit,
        order=entry.order,
    )
    block = block.with_record(slot, block.record(slot).with_version(version))
    return block.with_intent(slot, None)


def _since(intent: Intent) -> float:
    """When the intent was written, unix seconds; infinity when that is not known."""
    try:
        return datetime.fromisoformat(intent.at).timestamp()
    except ValueError:
        return inf
