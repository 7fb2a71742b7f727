"""What an address could adopt in place of a submission, found by its text; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from smsform.card import ProviderSpec
from smsform.directives import NO_DIRECTIVES, Directives
from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.active import (
    DELIVERY_COUNTS,
    DeliveryPolicy,
    EntriesById,
    owned_versions,
)
from smsform.plan.equality import equal, folded, unowned_equal
from smsform.plan.taking import Owning
from smsform.plan.values import Reason
from smsform.state.memory import Slot

# An entry in any other review is adopted only by the address that has its name.
TAKEN = frozenset({Review.APPROVED, Review.IN_REVIEW, Review.APPROVED_INACTIVE})
NOTHING_SETTLED: Collection[Slot] = ()


class View(NamedTuple):
    """The inputs of matching; ``settled`` slots have what they want.

    ``elsewhere`` are entries that other blocks own at this account. Where ``takers`` is
    not empty, only those addresses may adopt.
    """

    provider: str
    spec: ProviderSpec
    entries: EntriesById
    desired: Mapping[Address, Desired]
    now: float
    listed: bool = True
    emulated: bool = False
    settled: Collection[Slot] = NOTHING_SETTLED
    delivery_policy: DeliveryPolicy = DELIVERY_COUNTS
    directives: Directives = NO_DIRECTIVES
    elsewhere: frozenset[tuple[Kind, str]] = frozenset()
    takers: frozenset[Address] = frozenset()

    def unsettled(self) -> Iterator[Address]:
        """The addresses that may lack what they want."""
        if len(self.settled) == len(self.desired):  # every one of them, as on most days
            return iter(())
        settled = self.settled
        return (at for at in self.desired if (at.kind, at.key) not in settled)


class Found(NamedTuple):
    """What an address could adopt: an orphan, a version or an entry."""

    reason: Reason
    what: tuple[Slot | str, ...]
    names: frozenset[str] = frozenset()  # names of what was found


class TakeableEntries:
    """Orphans, unused versions and free entries of one round, by their text."""

    def __init__(
        self,
        view: View,
        owning: Owning,
        free: Iterator[Existing],
        standing: Collection[Slot],
        named: Mapping[tuple[Kind, str], Address],
    ) -> None:
        self.view, self.owning = view, owning
        self.free: dict[tuple[Kind, object], list[Existing]] = {}
        self.like: dict[tuple[Kind, object], list[Existing]] = {}
        for entry in free:
            text = self._text(entry)
            if text is not None:
                self.free.setdefault((entry.kind, text), []).append(entry)
                self.like.setdefault((entry.kind, folded(text)), []).append(entry)
        self.orphans: dict[tuple[Kind, object], list[Slot]] = {}
        self.spare: dict[tuple[Kind, object], list[tuple[Slot, str]]] = {}
        for slot, record in owning.records.items():
            if slot in view.settled:
                continue
            owner = view.desired.get(Address(view.provider, *slot))
            if owner is None and slot in standing:
                continue
            for version in record.versions:
                shown = view.entries.get((slot[0], version.id))
                if shown is None:
                    continue
                text = self._text(shown)
                for each in {text, version.submitted.get(self._attribute(slot[0]))}:
                    if owner is None:
                        self.orphans.setdefault((slot[0], each), []).append(slot)
                if (
                    owner is not None
                    and record.active != version.id
                    and (slot[0], version.id) not in named
                    and shown.review in TAKEN
                ):
                    spare = self.spare.setdefault((slot[0], text), [])
                    spare.append((slot, version.id))

    def find(self, want: Desired) -> Found | None:
        """The best source for *want*: an orphan, an unused version or a free entry.

        None when there is none; reason AMBIGUOUS when an entry differs only in width or
        white space, so that a person has to decide.
        """
        key = want.address.kind, want.delivered.get(self._attribute(want.address.kind))
        return (
            self._orphan(want, key)
            or self._spare(want, key)
            or self._entry(want, key)
            or self._nearly(want, key)
        )

    def _orphan(self, want: Desired, key: tuple[Kind, object]) -> Found | None:
        kind = self.view.spec.kinds[key[0]]
        names: set[str] = set()
        found: list[Slot] = []
        for slot in sorted(set(self.orphans.get(key, ()))):
            record = self.owning.record(slot)
            owned = owned_versions(slot, record, self.view.entries, want.international)
            fits = [each for each in owned if equal(kind, each, want)]
            if fits:
                found.append(slot)
                names |= {each.entry.name for each in fits}
        if not found:
            return None
        return Found(Reason.RENAMED, tuple(found), frozenset(names))

    def _spare(self, want: Desired, key: tuple[Kind, object]) -> Found | None:
        """The newest version that its owner neither hands out nor wants."""
        view, kind = self.view, self.view.spec.kinds[key[0]]
        found = []
        for slot, id in self.spare.get(key, ()):
            if slot == (want.address.kind, want.address.key):
                continue
            owner = view.desired[Address(view.provider, *slot)]
            record = self.owning.record(slot)
            for each in owned_versions(slot, record, view.entries, want.international):
                if (
                    each.version.id == id
                    and equal(kind, each, want)
                    and not equal(kind, each, owner)
                ):
                    found.append(each)
        if not found:
            return None
        entry = max(found, key=lambda each: (each.entry.created, each.entry.id)).entry
        return Found(Reason.PASSED_ON, (entry.id,), frozenset({entry.name}))

    def _entry(self, want: Desired, key: tuple[Kind, object]) -> Found | None:
        """Entries with its name first, else any; those that can still be sent first."""
        kind = self.view.spec.kinds[key[0]]
        same = [
            entry
            for entry in self.free.get(key, ())
            if _may_be(entry, want) and unowned_equal(kind, entry, want)
        ]
        same = [entry for entry in same if entry.name == want.name] or same
        same = [entry for entry in same if entry.review in TAKEN] or same
        if not same:
            return None
        names = frozenset(entry.name for entry in same)
        return Found(Reason.FOUND, tuple(sorted(e.id for e in same)), names)

    def _nearly(self, want: Desired, key: tuple[Kind, object]) -> Found | None:
        """Entries that differ in width and white space only, for a person to choose."""
        like = self.like.get((key[0], folded(key[1])), ())
        ids = sorted(entry.id for entry in like if _may_be(entry, want))
        return Found(Reason.AMBIGUOUS, tuple(ids)) if ids else None

    def _attribute(self, kind: Kind) -> str:
        card = self.view.spec.kinds[kind]
        return card.text or card.delivered[0]

    def _text(self, entry: Existing) -> object:
        return entry.attributes.get(self._attribute(entry.kind))


def _may_be(entry: Existing, want: Desired) -> bool:
    """Whether *want* may adopt a free entry, by market and review."""
    own = entry.name == want.name
    return entry.serves(want.international) and (own or entry.review in TAKEN)
