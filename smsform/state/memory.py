"""The values of the state, frozen; a change makes a new value.

State -> Block (a provider) -> Record (an address) -> Version (an entry of ours)
                            -> Intent (a submission whose id is not known yet)
"""

# Annotations are not postponed here: msgspec would have to compile each of them.
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from smsform.delivery import Delivery
from smsform.model import Address, Attributes, Identity, Kind, Review

if TYPE_CHECKING:
    from smsform.notices import Notice

MOST_RETIRED = 100  # ids of deleted versions kept per address
Slot = tuple[Kind, str]  # an address without its provider


def keepable(id: str) -> bool:
    """Whether an id can be stored: it is not empty and printable."""
    return bool(id.strip()) and id.isprintable()


class Origin(StrEnum):
    """How a version became ours; adopted ones are never edited and never deleted."""

    SUBMITTED = "submitted"
    IMPORTED = "imported"
    ADOPTED = "adopted"


class Author(Struct, frozen=True):
    """Who runs this, and at which commit of the definitions."""

    by: str = ""
    commit: str = ""


def _none() -> tuple[str, ...]:
    """A default from a factory, which ``omit_defaults`` does not leave out: the file
    always has such a field."""
    return ()


class Version(Struct, frozen=True, omit_defaults=True):
    """One entry at the provider that an address owns.

    ``submitted`` is what was sent last, all compared attributes; ``assumed`` names
    those not verified (they cannot be read back). ``at`` is when it became ours, ISO
    8601 UTC; ``gone``: the provider did not show it when last read. ``note`` are the
    words of the reviewer who rejected it, ``reported`` is the mark of the last report
    that was used. ``order`` is the service's mark of the last submission: when it
    changes, somebody else submitted the entry. ``replaced`` is when it was first seen
    approved beside another active one, ISO 8601 UTC, "" while it is not. ``delivery``
    is what the service told of that last.
    """

    id: str
    origin: Origin
    name: str
    review: Review
    submitted: Attributes
    parameters: tuple[str, ...] = field(default_factory=_none)
    assumed: tuple[str, ...] = ()
    at: str = field(default_factory=str)  # a factory as in ``_none``
    by: str = ""
    commit: str = ""
    gone: bool = False
    note: str = ""
    reported: str = ""
    order: str = ""
    replaced: str = ""
    delivery: Delivery | None = None

    @property
    def usable(self) -> bool:
        """Whether it was approved when the state file last saw it."""
        return self.review is Review.APPROVED and not self.gone


class Record(Struct, frozen=True, omit_defaults=True):
    """What an address owns. ``active_since``: when it was seen to become active, ISO
    UTC."""

    versions: tuple[Version, ...] = ()
    active: str = ""
    active_since: str = ""
    protected: bool = False

    def version(self, id: str) -> Version | None:
        """The version with that id."""
        return next((each for each in self.versions if each.id == id), None)

    def waits(self, version: Version) -> bool:
        """Whether *version*, newer than the active one, does not arrive yet."""
        told, ids = version.delivery, [each.id for each in self.versions]
        if told is None or not told.hinders or self.active not in ids:
            return False
        return ids.index(version.id) > ids.index(self.active)

    def with_version(self, version: Version) -> "Record":
        """Add *version*, or replace the one with its id."""
        if self.version(version.id) is None:
            return replace(self, versions=(*self.versions, version))
        versions = tuple(version if v.id == version.id else v for v in self.versions)
        return replace(self, versions=versions)

    def without(self, id: str) -> "Record":
        """Remove the version with *id*."""
        versions = tuple(each for each in self.versions if each.id != id)
        if self.active == id:
            return Record(versions, protected=self.protected)
        return replace(self, versions=versions)


NOTHING = Record()


class Intent(Struct, frozen=True):
    """A submission about to be made, or made with an unknown outcome.

    ``known`` are the ids of every entry of that name when the intent was written: an
    entry of the name with another id is the one this submission made. A ``blind`` one
    was written by a key that may not list, so ``known`` is incomplete.
    """

    action: str
    name: str
    international: bool
    known: tuple[str, ...]
    submitted: Attributes
    parameters: tuple[str, ...]
    at: str
    by: str = ""
    commit: str = ""
    blind: bool = False


class Block(Struct, frozen=True):
    """One provider's part of the state; ``notices`` are news to tell people.

    ``retired`` are ids of approved versions that were deleted, the last ones of each
    address: they decide nothing, but source code may still use one.
    """

    identity: Identity
    records: Mapping[Slot, Record] = field(default_factory=dict)
    intents: Mapping[Slot, Intent] = field(default_factory=dict)
    retired: Mapping[Slot, tuple[str, ...]] = field(default_factory=dict)
    notices: tuple["Notice", ...] = ()

    def owners(self) -> dict[tuple[Kind, str], Slot]:
        """(kind, id) -> the slot that owns it."""
        return {
            (slot[0], version.id): slot
            for slot, record in self.records.items()
            for version in record.versions
        }

    def known(self) -> dict[Kind, tuple[str, ...]]:
        """Every id we own, by kind."""
        ids: dict[Kind, list[str]] = {kind: [] for kind in Kind}
        for (kind, _), record in self.records.items():
            ids[kind] += [version.id for version in record.versions]
        return {kind: tuple(each) for kind, each in ids.items()}

    def record(self, slot: Slot) -> Record:
        """The record of *slot*; an empty one when it owns nothing."""
        return self.records.get(slot, NOTHING)

    def with_record(self, slot: Slot, record: Record) -> "Block":
        """The block with *record* at *slot*; an empty record is dropped."""
        return self.with_records({slot: record})

    def with_records(self, changed: Mapping[Slot, Record]) -> "Block":
        """The block with many records changed; empty ones are dropped."""
        if not changed:
            return self
        records = {**self.records, **changed}
        for slot, record in changed.items():
            if not record.versions:
                del records[slot]
        return replace(self, records=records)

    def with_retired(self, slot: Slot, *versions: Version) -> "Block":
        """The block with the ids of deleted *versions*, of those that were approved."""
        ids = [each.id for each in versions if each.review is Review.APPROVED]
        if not ids:
            return self
        kept = dict.fromkeys((*self.retired.get(slot, ()), *ids))
        last = tuple(kept)[-MOST_RETIRED:]
        return replace(self, retired={**self.retired, slot: last})

    def without_retired(self, slot: Slot) -> "Block":
        """The block without the ids of deleted versions of an address."""
        kept = {key: ids for key, ids in self.retired.items() if key != slot}
        return replace(self, retired=kept)

    def with_intent(self, slot: Slot, intent: Intent | None) -> "Block":
        """The block with an open intent, or without one for None."""
        intents = {key: each for key, each in self.intents.items() if key != slot}
        if intent is not None:
            intents[slot] = intent
        return replace(self, intents=intents)


class State(Struct, frozen=True):
    """All blocks, by provider name."""

    blocks: Mapping[str, Block] = field(default_factory=dict)

    def with_block(self, provider: str, block: Block) -> "State":
        """The state with *block* for *provider*."""
        return State({**self.blocks, provider: block})

    def addresses(self) -> list[Address]:
        """Every address with a version, sorted."""
        return sorted(
            Address(provider, *slot)
            for provider, block in self.blocks.items()
            for slot in block.records
        )
