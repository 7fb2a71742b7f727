"""Bring the remembered block up to date with what was just read; pure.

Three things happen, in this order: verdicts are taken over, submissions whose outcome
was unknown are recognised, and ``active`` moves where it may.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from smsform.card import ProviderSpec
from smsform.errors import ForeignAccount
from smsform.model import Address, Desired, Existing, Kind, Reading, Review
from smsform.plan.equality import Owned, as_shown, equal
from smsform.provider import KindSpec
from smsform.state import Block, Intent, Origin, Record, Version
from smsform.state.memory import Slot

Entries = Mapping[tuple[Kind, str], Existing]

# A submission without an answer may still appear; only after this long without a trace
# may it be sent again (seconds).
SETTLING = 600.0
LONGEST_NOTE = 1000  # characters of a reviewer's note that are remembered


class Verdict(NamedTuple):
    """A review that moved since it was last seen."""

    address: Address
    id: str
    before: Review
    after: Review
    note: str


class Reconciled(NamedTuple):
    """The block as it should be remembered now, what moved, and what rests.

    ``entries`` are those of the reading, by kind and id. ``settled`` are the addresses
    that own one version, and that is active, approved and as wanted. Almost every
    address is like that almost always, so it is found out once; the table says the same
    of them, more slowly.
    """

    block: Block
    entries: Entries
    verdicts: tuple[Verdict, ...] = ()
    settled: Mapping[Slot, Owned] = MappingProxyType({})


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
    settled = find_settled(provider, block, entries, desired, spec)
    verdicts: list[Verdict] = []
    seen: dict[Slot, Record] = {}
    for slot, record in block.records.items():
        if slot in settled:
            continue
        versions = tuple([_seen(slot, each, entries) for each in record.versions])
        if versions == record.versions:
            continue
        for before, after in zip(record.versions, versions, strict=True):
            if before.review is not after.review:
                note = entries[slot[0], after.id].note
                address = Address(provider, *slot)
                verdicts.append(
                    Verdict(address, after.id, before.review, after.review, note)
                )
        seen[slot] = record._replace(versions=versions)
    block = block.with_records(seen)
    for slot, intent in tuple(block.intents.items()):
        found = recognise(slot, intent, block, reading, spec)
        if found is not None:
            block = settle_intent(block, slot, intent, found)
        elif reading.listed and now - _since(intent) >= SETTLING:
            block = block.with_intent(slot, None)  # without a trace: may be sent again
    block = move_active(provider, block, entries, desired, spec, now, settled)
    return Reconciled(block, entries, tuple(verdicts), settled)


def by_id(reading: Reading) -> dict[tuple[Kind, str], Existing]:
    """The entries of a reading by kind and id."""
    return {(entry.kind, entry.id): entry for entry in reading.entries}


def find_settled(
    provider: str,
    block: Block,
    entries: Entries,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
) -> dict[Slot, Owned]:
    """The only versions of their addresses that are active, approved and as wanted."""
    settled: dict[Slot, Owned] = {}
    for slot, record in block.records.items():
        if len(record.versions) != 1:
            continue
        [version] = record.versions
        want = desired.get(Address(provider, *slot))
        entry = entries.get((slot[0], version.id))
        if want is None or entry is None or entry.review is not version.review:
            continue
        owned = Owned(version, entry)
        if (
            version.usable
            and version.id == record.active
            and record.protected >= want.protect
            and entry.serves(want.international)
            and as_shown(spec.kinds[slot[0]], owned, want)
        ):
            settled[slot] = owned
    for slot in block.intents:  # it may turn out to have made a second version
        settled.pop(slot, None)
    return settled


def check_account(provider: str, block: Block, entries: Entries) -> None:
    """Refuse to go on where nothing we know exists: most likely another account."""
    ours = [
        (slot[0], version.id)
        for slot, record in block.records.items()
        for version in record.versions
    ]
    if ours and not any(key in entries for key in ours):
        raise ForeignAccount(provider, len(ours))


def _seen(slot: Slot, version: Version, entries: Entries) -> Version:
    entry = entries.get((slot[0], version.id))
    if entry is None:
        return version if version.gone else version._replace(gone=True)
    if entry.review is version.review and not version.gone:
        return version
    return version._replace(review=entry.review, gone=False, note=_note(entry))


def _note(entry: Existing) -> str:
    """Why it was rejected, as it may be kept: no longer, and no half characters."""
    if entry.review is not Review.REJECTED:
        return ""
    return entry.note[:LONGEST_NOTE].encode("utf-8", "replace").decode()


def recognise(
    slot: Slot, intent: Intent, block: Block, reading: Reading, spec: ProviderSpec
) -> Existing | None:
    """The entry an open intent created, when exactly one can be it."""
    if intent.blind:  # what was there before nobody could see
        return None
    kind = spec.kinds[slot[0]]
    latest = _since(intent) + 2 * SETTLING  # what is made later somebody else made
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


def _since(intent: Intent) -> float:
    """When it was written, unix seconds; at no time that passes when nobody knows."""
    try:
        return datetime.fromisoformat(intent.at).timestamp()
    except ValueError:
        return inf


def move_active(
    provider: str,
    block: Block,
    entries: Entries,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    now: float,
    settled: Collection[Slot] = (),
) -> Block:
    """Point ``active`` at the approved version that equals the definition.

    It stays where it is while that one is usable and nothing better is approved, as
    is known of those *settled*.
    """
    moved: dict[Slot, Record] = {}
    for slot, record in block.records.items():
        if slot in settled:
            continue
        want = desired.get(Address(provider, *slot))
        if want is None:
            continue
        kind = spec.kinds[slot[0]]
        protected = record.protected or want.protect
        if protected != record.protected:
            record = record._replace(protected=protected)
        chosen = _choose(kind, slot, record, entries, want)
        if chosen and chosen != record.active:
            record = record._replace(active=chosen, active_since=iso(now))
        if record is not block.records[slot]:
            moved[slot] = record
    return block.with_records(moved)


def _choose(
    kind: KindSpec, slot: Slot, record: Record, entries: Entries, want: Desired
) -> str:
    fits = [
        owned
        for owned in owned_versions(slot, record, entries, want.international)
        if owned.approved and equal(kind, owned, want)
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
