"""Bring the remembered block up to date with what was just read; pure.

Three things happen, in this order: verdicts are taken over, submissions whose outcome
was unknown are recognised, and ``active`` moves where it may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from smsform.errors import ForeignAccount
from smsform.model import Address, Desired, Existing, Kind, Reading, Review
from smsform.plan.equality import Owned, equal
from smsform.provider import ProviderSpec
from smsform.state import Block, Intent, Origin, Record, Version
from smsform.state.memory import Slot

Entries = Mapping[tuple[Kind, str], Existing]

# A submission without an answer may still appear; only after this long without a trace
# may it be sent again (seconds).
SETTLING = 600.0


class Verdict(NamedTuple):
    """A review that moved since it was last seen."""

    address: Address
    id: str
    before: Review
    after: Review
    note: str


class Reconciled(NamedTuple):
    """The block as it should be remembered now, and what moved."""

    block: Block
    verdicts: tuple[Verdict, ...]


def reconcile(
    provider: str,
    block: Block,
    reading: Reading,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    now: float,
) -> Reconciled:
    """Take over verdicts, recover open intents, move ``active``.

    Raises ForeignAccount when the block knows ids and the provider has none of them.
    """
    entries = by_id(reading)
    check_account(provider, block, entries)
    verdicts: list[Verdict] = []
    seen: dict[Slot, Record] = {}
    for slot, record in block.records.items():
        versions = tuple(_seen(slot, each, entries) for each in record.versions)
        for before, after in zip(record.versions, versions, strict=True):
            if before.review is not after.review:
                note = entries[slot[0], after.id].note
                address = Address(provider, *slot)
                verdicts.append(
                    Verdict(address, after.id, before.review, after.review, note)
                )
        if versions != record.versions:
            seen[slot] = replace(record, versions=versions)
    block = block.with_records(seen)
    for slot, intent in tuple(block.intents.items()):
        found = recognise(slot, intent, block, reading, spec)
        if found is not None:
            block = settle_intent(block, slot, intent, found)
    block = move_active(provider, block, entries, desired, spec, now)
    return Reconciled(block, tuple(verdicts))


def by_id(reading: Reading) -> dict[tuple[Kind, str], Existing]:
    """The entries of a reading by kind and id."""
    return {(entry.kind, entry.id): entry for entry in reading.entries}


def check_account(provider: str, block: Block, entries: Entries) -> None:
    """Refuse to go on where nothing we know exists: most likely another account."""
    owners = block.owners()
    if owners and not any(key in entries for key in owners):
        address = Address(provider, *next(iter(owners.values())))
        raise ForeignAccount(provider, len(owners), str(address))


def _seen(slot: Slot, version: Version, entries: Entries) -> Version:
    entry = entries.get((slot[0], version.id))
    if entry is None:
        return version if version.gone else replace(version, gone=True)
    if entry.review is version.review and not version.gone:
        return version
    return replace(version, review=entry.review, gone=False)


def recognise(
    slot: Slot, intent: Intent, block: Block, reading: Reading, spec: ProviderSpec
) -> Existing | None:
    """The entry an open intent created, when exactly one can be it."""
    kind = spec.kinds[slot[0]]
    owners = block.owners()
    fresh = [
        entry
        for entry in reading.entries
        if entry.kind is slot[0]
        and entry.name == intent.name
        and entry.id not in intent.known
        and (entry.kind, entry.id) not in owners
        and entry.serves(intent.international)
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
    """Record the entry an intent made as a submitted version, and close the intent."""
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
    )
    block = block.with_record(slot, block.record(slot).with_version(version))
    return block.with_intent(slot, None)


def expired(intent: Intent, now: float) -> bool:
    """Whether an unclear submission is old enough to be sent again."""
    try:
        at = datetime.fromisoformat(intent.at).timestamp()
    except ValueError:
        return False
    return now - at >= SETTLING


def move_active(
    provider: str,
    block: Block,
    entries: Entries,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    now: float,
) -> Block:
    """Point ``active`` at the approved version that equals the definition.

    It stays where it is while that one is usable and nothing better is approved.
    """
    moved: dict[Slot, Record] = {}
    for slot, record in block.records.items():
        want = desired.get(Address(provider, *slot))
        if want is None:
            continue
        protected = record.protected or want.protect
        if protected != record.protected:
            record = replace(record, protected=protected)
        chosen = _choose(slot, record, entries, want, spec)
        if chosen and chosen != record.active:
            record = replace(record, active=chosen, active_since=iso(now))
        if record != block.records[slot]:
            moved[slot] = record
    return block.with_records(moved)


def _choose(
    slot: Slot, record: Record, entries: Entries, want: Desired, spec: ProviderSpec
) -> str:
    fits = [
        owned
        for owned in owned_versions(slot, record, entries, want.international)
        if owned.approved and equal(spec.kinds[slot[0]], owned, want)
    ]
    if any(owned.version.id == record.active for owned in fits):
        return record.active
    return newest(fits).version.id if fits else ""


def owned_versions(
    slot: Slot, record: Record, entries: Entries, international: bool
) -> list[Owned]:
    """The versions of an address that exist, are not cancelled and fit its market."""
    found = []
    for version in record.versions:
        entry = entries.get((slot[0], version.id))
        if entry is None or entry.review is Review.CANCELLED:
            continue
        if entry.serves(international):
            found.append(Owned(version, entry))
    return found


def newest(owned: list[Owned]) -> Owned:
    """The one submitted last; the later in the state file where times are equal."""
    return max(enumerate(owned), key=lambda each: (each[1].entry.created, each[0]))[1]


def iso(now: float) -> str:
    """Unix seconds as the state file writes them."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
