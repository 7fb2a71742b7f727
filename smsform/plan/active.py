"""Which version's id ``ids`` hands out, and since when others are replaced; pure.

``active`` moves to an approved version that equals the definition, and stays while that
is so. Delivery only delays: ``active`` does not move from a version that arrives, as
far as is known, to one that does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.equality import Owned, equal
from smsform.provider import KindSpec
from smsform.state import Block, Origin, Record, Version
from smsform.state.memory import Slot

EntriesById = Mapping[tuple[Kind, str], Existing]
NOBODY: frozenset[tuple[Kind, str]] = frozenset()


class DeliveryPolicy(NamedTuple):
    """How far delivery counts: not at all where ``told`` is False (policy.ids).

    No id moves to or from ``unanswered`` entries: the service gave no answer for these.
    """

    told: bool = True
    unanswered: Collection[tuple[Kind, str]] = NOBODY


DELIVERY_COUNTS = DeliveryPolicy()


def move_active(
    provider: str,
    block: Block,
    entries: EntriesById,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    now: float,
    without: Collection[Slot] = (),
    policy: DeliveryPolicy = DELIVERY_COUNTS,
) -> Block:
    """*block* with every ``active`` where it belongs, except for slots in *without*."""
    moved: dict[Slot, Record] = {}
    for slot, record in block.records.items():
        if slot in without:
            continue
        want = desired.get(Address(provider, *slot))
        if want is None:
            continue
        after = chosen(spec.kinds[slot[0]], slot, record, entries, want, now, policy)
        if after is not record:
            moved[slot] = after
    return block.with_records(moved)


def chosen(
    kind: KindSpec,
    slot: Slot,
    record: Record,
    entries: EntriesById,
    want: Desired,
    now: float,
    policy: DeliveryPolicy = DELIVERY_COUNTS,
) -> Record:
    """*record* with the right version active, and the ones it replaced marked."""
    protected = record.protected or want.protect
    if protected != record.protected:
        record = replace(record, protected=protected)
    id = _choose(kind, slot, record, entries, want, policy)
    if id and id != record.active:
        record = replace(record, active=id, active_since=iso(now))
    versions = tuple([_marked(each, record.active, now) for each in record.versions])
    return record if versions == record.versions else replace(record, versions=versions)


def _marked(version: Version, active: str, now: float) -> Version:
    """*version* with the time since when it is replaced, if it is."""
    replaced = bool(active) and version.id != active and version.usable
    if replaced == bool(version.replaced):
        return version
    return replace(version, replaced=iso(now) if replaced else "")


def _choose(
    kind: KindSpec,
    slot: Slot,
    record: Record,
    entries: EntriesById,
    want: Desired,
    policy: DeliveryPolicy,
) -> str:
    """The id that becomes active; "" when nothing changes."""
    owned = owned_versions(slot, record, entries, want.international)
    approved = [each for each in owned if each.approved]
    fits = [each for each in approved if equal(kind, each, want)]
    if not fits or any(each.version.id == record.active for each in fits):
        return ""
    current = [each for each in approved if each.version.id == record.active]
    fits = _arriving(slot[0], fits, current[0] if current else None, policy)
    return newest(fits).version.id if fits else ""


def _arriving(
    kind: Kind, fits: list[Owned], current: Owned | None, policy: DeliveryPolicy
) -> list[Owned]:
    """Those of *fits* to which ``active`` may move from *current*.

    Without a current one, a version that does not arrive becomes active only when it
    was adopted: applications use it already.
    """
    if current and (kind, current.version.id) in policy.unanswered:
        return []
    fits = [each for each in fits if (kind, each.version.id) not in policy.unanswered]
    good = [each for each in fits if not hindered(each.version, policy)]
    if good:
        return good
    if current is not None:
        return fits if hindered(current.version, policy) else []
    return [each for each in fits if each.version.origin is Origin.ADOPTED]


def hindered(version: Version, policy: DeliveryPolicy = DELIVERY_COUNTS) -> bool:
    """Whether a version does not arrive, or not yet, where the policy counts that."""
    told = version.delivery
    return policy.told and told is not None and told.hinders


def undecided(
    block: Block,
    entries: EntriesById,
    desired: Mapping[Address, Desired],
    provider: str,
    spec: ProviderSpec,
) -> dict[Kind, tuple[str, ...]]:
    """The ids whose delivery decides in this run which version is active, by kind.

    These are the approved versions that are wanted and not active, and the active one
    beside them: both must be asked about before it may move.
    """
    asked: dict[Kind, list[str]] = {}
    for slot, record in block.records.items():
        if len(record.versions) == 1 and record.active:
            continue
        want = desired.get(Address(provider, *slot))
        if want is None:
            continue
        owned = owned_versions(slot, record, entries, want.international)
        approved = [each for each in owned if each.approved]
        kind = spec.kinds[slot[0]]
        fits = [each.version.id for each in approved if equal(kind, each, want)]
        if not fits or record.active in fits:
            continue
        current = [o.version.id for o in approved if o.version.id == record.active]
        asked.setdefault(slot[0], []).extend(fits + current)
    return {kind: tuple(ids) for kind, ids in asked.items()}


def owned_versions(
    slot: Slot, record: Record, entries: EntriesById, international: bool
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
    """The one submitted last; when times are equal, the later in the state file."""
    return max(enumerate(owned), key=lambda each: (each[1].entry.created, each[0]))[1]


def by_id(entries: Iterable[Existing]) -> dict[tuple[Kind, str], Existing]:
    """Entries by kind and id."""
    return {(entry.kind, entry.id): entry for entry in entries}


def iso(now: float) -> str:
    """Unix seconds as ISO 8601, as the state file writes them."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
