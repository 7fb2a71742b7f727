"""Who owns what: versions and free entries go to the addresses that want them; pure.

    the block, what exists, what is wanted -> the block after, and every step as a line

First the state: moved keys, adopted ids. Then, until nothing changes, every address
without an equal version takes all of an orphan, or a version its owner does not use, or
an entry that nobody owns. What is left after that is submitted. Where a person has to
choose, nothing is taken and nothing submitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from smsform.model import Address, Desired, Existing, Review
from smsform.plan.active import owned_versions
from smsform.plan.claims import claimed, moved
from smsform.plan.equality import equal
from smsform.plan.takeable import Found, TakeableEntries, View
from smsform.plan.taking import Owning
from smsform.plan.values import Action, Change, Reason
from smsform.state import Block, Intent
from smsform.state.memory import Slot


class Matched(NamedTuple):
    """The block after all adoptions, and the steps that led there, in order.

    ``choices`` are what a person must choose from, by address: ids, or the addresses of
    orphans. ``missing`` are ids that an `adopt` block names and that do not exist.
    """

    block: Block
    steps: tuple[Change, ...] = ()
    choices: Mapping[Address, tuple[str, ...]] = MappingProxyType({})
    missing: Mapping[Address, str] = MappingProxyType({})
    free: tuple[Existing, ...] = ()


def match(view: View, block: Block) -> Matched:
    """Let every address take what belongs to it; raises WrongDirective."""
    matcher = Matcher(view, block)
    matcher.directed()
    while matcher.round():
        pass
    return matcher.result()


class Matcher:
    """The matching of one provider, in progress."""

    def __init__(self, view: View, block: Block) -> None:
        self.view = view
        self.owning = Owning(block)
        self.steps: list[Change] = []
        self.choices: dict[Address, tuple[str, ...]] = {}
        self.missing: Mapping[Address, str] = {}
        theirs = [claim for claim in view.directives.claims if claim.theirs]
        self.theirs = {(each.address.kind, each.id) for each in theirs}
        self.named = {
            (each.address.kind, each.id): each.address
            for each in view.directives.claims
            if not each.theirs
        }
        self.standing = {(m.kind, m.origin) for m in view.directives.moves}

    def directed(self) -> None:
        """Follow the `moved` and `adopt` blocks of the definition files first."""
        view = self.view
        for step in moved(
            view.provider, self.owning, view.entries, view.desired, view.directives
        ):
            self._take(step)
        steps, self.missing = claimed(
            view.provider,
            self.owning,
            view.entries,
            view.desired,
            view.directives,
            view.elsewhere,
            view.emulated,
        )
        for step in steps:
            self._take(step)

    def result(self) -> Matched:
        """The matching as a value; call it when a round takes nothing any more."""
        block = self.owning.block if self.steps else self.owning.before
        free = tuple(self._free())
        return Matched(block, tuple(self.steps), self.choices, self.missing, free)

    # -- one round ---------------------------------------------------------------------

    def round(self) -> bool:
        """Let each address take its one undoubted match; True if any took something.

        Call it until it returns False: what one address gives up another may take.
        Where several matches fit, or several addresses want one, ``choices`` names
        them.
        """
        wants = [
            want
            for address in self.view.unsettled()
            if self._lacks(want := self.view.desired[address])
        ]
        self.choices = {}
        if not wants or not self.view.listed:
            return False
        takeable = TakeableEntries(
            self.view, self.owning, self._free(), self.standing, self.named
        )
        found = {want.address: takeable.find(want) for want in wants}
        wanted = Counter(
            (each.reason, each.what[0])
            for each in found.values()
            if each is not None and len(each.what) == 1
        )
        bearers = {
            (each.reason, each.what[0])
            for want in wants
            if (each := found[want.address]) and want.name in each.names
        }
        taken: set[tuple[Reason, Slot | str]] = set()
        for want in wants:
            each = found[want.address]
            if each is None:
                continue
            key = each.reason, each.what[0]
            if each.reason is Reason.AMBIGUOUS or len(each.what) > 1:
                self._choose(want, each)
            elif wanted[key] > 1 and want.name not in each.names:
                if key not in bearers:
                    self._choose(want, each)
            elif key not in taken and self._may(want):
                taken.add(key)
                self._take(self._step(want, each))
        return bool(taken)

    def _lacks(self, want: Desired) -> bool:
        """Whether an address has no equal version, and none that may still appear."""
        slot = (want.address.kind, want.address.key)
        if want.address in self.missing:
            return False
        if unclear(want, self.owning.intents):
            return False
        kind = self.view.spec.kinds[slot[0]]
        record = self.owning.record(slot)
        owned = owned_versions(slot, record, self.view.entries, want.international)
        return not any(equal(kind, each, want) for each in owned)

    def _may(self, want: Desired) -> bool:
        return not self.view.takers or want.address in self.view.takers

    def _choose(self, want: Desired, found: Found) -> None:
        texts = [
            each if isinstance(each, str) else str(Address(self.view.provider, *each))
            for each in found.what
        ]
        self.choices[want.address] = tuple(texts)

    def _step(self, want: Desired, found: Found) -> Change:
        [what] = found.what
        kind = want.address.kind
        if isinstance(what, str):
            owner = (
                self.owning.owners().get((kind, what))
                if (found.reason is Reason.PASSED_ON)
                else None
            )
            id = what
        else:
            owner, record = what, self.owning.record(what)
            id = record.active or record.versions[-1].id
        entry = self.view.entries.get((kind, id))
        source = Address(self.view.provider, *owner) if owner else None
        return Change(
            want.address,
            Action.ADOPT,
            found.reason,
            id=id,
            entry=entry,
            desired=want,
            moved_from=source,
        )

    def _take(self, step: Change) -> None:
        """Carry out one step, then update ``active`` of the slots it touched."""
        view = self.view
        if not self.owning.take(step, view.spec, view.now):
            return
        self.steps.append(step)
        slots = {(step.address.kind, step.address.key)}
        if step.moved_from is not None:
            slots.add((step.moved_from.kind, step.moved_from.key))
        for slot in slots:
            want = view.desired.get(Address(view.provider, *slot))
            if want is not None:
                self.owning.settle(
                    slot, view.spec, view.entries, want, view.now, view.delivery_policy
                )

    def _free(self) -> Iterator[Existing]:
        """Entries that no address owns, here or elsewhere, and that may become ours."""
        if len(self.view.settled) == len(self.view.entries):  # each is owned by one
            return
        owners, others = self.owning.owners(), self.view.elsewhere | self.theirs
        for key, entry in self.view.entries.items():
            if key in owners or key in others:
                continue
            if not entry.foreign and entry.review is not Review.CANCELLED:
                yield entry


def unclear(want: Desired, intents: Mapping[Slot, Intent]) -> bool:
    """Whether an earlier submission may still appear.

    Of this address or, under another key, of this name in this market.
    """
    at = (want.address.kind, want.address.key)
    return any(
        slot == at
        or (slot[0], intent.name, intent.international)
        == (at[0], want.name, want.international)
        for slot, intent in intents.items()
    )
