"""Applying `moved` and `adopt` blocks to a state, and their contradictions; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smsform.directives import Claim, Directives, Move
from smsform.errors import WrongDirective
from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.active import EntriesById
from smsform.plan.taking import Owning
from smsform.plan.values import Action, Change, Reason
from smsform.state import Origin
from smsform.state.memory import Slot

DesiredEntries = Mapping[Address, Desired]


def moved(
    provider: str,
    owning: Owning,
    entries: EntriesById,
    desired: DesiredEntries,
    directives: Directives,
) -> Iterator[Change]:
    """The changes for `moved` blocks whose old key owns something.

    WrongDirective where all of it is of another market.
    """
    ends = directives.ends()
    for move in directives.moves:
        source = (move.kind, move.origin)
        if source not in owning.records and source not in owning.intents:
            continue
        want = desired.get(Address(provider, move.kind, ends[source]))
        if want is None:  # this provider has no definition under the new key
            continue
        record = owning.record(source)
        found = [entries.get((move.kind, each.id)) for each in record.versions]
        there = [entry for entry in found if entry is not None]
        if there and not any(entry.serves(want.international) for entry in there):
            raise _wrong(move, "moved_market", address=want.address)
        id = record.active or (record.versions[-1].id if record.versions else "")
        yield Change(
            want.address,
            Action.ADOPT,
            Reason.MOVED,
            id=id,
            entry=entries.get((move.kind, id)),
            desired=want,
            moved_from=Address(provider, *source),
        )


def claimed(
    provider: str,
    owning: Owning,
    entries: EntriesById,
    desired: DesiredEntries,
    directives: Directives,
    elsewhere: frozenset[tuple[Kind, str]],
    emulated: bool,
) -> tuple[list[Change], dict[Address, str]]:
    """The changes for `adopt` blocks, and the ids among them that do not exist.

    WrongDirective for an id that cannot be the address's, and for an id of ours that a
    block gives to somebody else.
    """
    steps: list[Change] = []
    missing: dict[Address, str] = {}
    owners = owning.owners() if directives.claims else {}
    for claim in directives.claims:
        want = desired.get(claim.address)
        if claim.address.provider != provider:
            continue
        key = (claim.address.kind, claim.id)
        owner = owners.get(key)
        if claim.theirs:
            if owner is not None:
                at = Address(provider, *owner)
                raise _wrong(claim, "theirs_ours", id=claim.id, address=at)
            continue
        slot = (claim.address.kind, claim.address.key)
        if want is None or owner == slot:
            continue
        entry = entries.get(key)
        if entry is None or entry.review is Review.CANCELLED:
            if not emulated and not _owns(owning, slot, entries):
                _check_kind(claim, entries)
                missing[claim.address] = claim.id
            continue
        _check(claim, entry, want, key in elsewhere)
        if owner is not None and not _by_text(owning, owner, claim.id):
            at = Address(provider, *owner)
            raise _wrong(claim, "claim_owned", id=claim.id, owner=at)
        steps.append(
            Change(
                claim.address,
                Action.ADOPT,
                Reason.CLAIMED,
                id=claim.id,
                entry=entry,
                desired=want,
                moved_from=Address(provider, *owner) if owner else None,
            )
        )
    return steps, missing


def _owns(owning: Owning, slot: Slot, entries: EntriesById) -> bool:
    """Whether *slot* has an entry that exists."""
    return any((slot[0], each.id) in entries for each in owning.record(slot).versions)


def _by_text(owning: Owning, owner: Slot, id: str) -> bool:
    version = owning.record(owner).version(id)
    return version is not None and version.origin is Origin.ADOPTED


def _check(claim: Claim, entry: Existing, want: Desired, elsewhere: bool) -> None:
    if entry.foreign:
        raise _wrong(claim, "claim_gift", id=claim.id)
    if not entry.serves(want.international):
        raise _wrong(claim, "claim_market", id=claim.id, address=claim.address)
    if elsewhere:
        raise _wrong(claim, "claim_elsewhere", id=claim.id)


def _check_kind(claim: Claim, entries: EntriesById) -> None:
    for kind in Kind:
        if kind is not claim.address.kind and (kind, claim.id) in entries:
            raise _wrong(
                claim, "claim_kind", id=claim.id, kind=kind, address=claim.address
            )


def _wrong(block: Claim | Move, sentence: str, **fields: object) -> WrongDirective:
    return WrongDirective(block.at, sentence, **fields)
