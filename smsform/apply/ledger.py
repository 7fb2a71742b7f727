"""The state during a run: every step is on disk before the next call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import RLock

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.clock import Clock
from smsform.errors import StateError
from smsform.model import Address, Desired, Existing, Reading, Review
from smsform.plan import Change
from smsform.plan.active import DeliveryPolicy, by_id, iso
from smsform.plan.reconcile import settle_intent
from smsform.plan.taking import Owning
from smsform.provider import Accepted
from smsform.state import Author, Block, Intent, State, StateStore
from smsform.state.memory import Slot
from smsform.state.steps import OpenBlock, Step
from smsform.stopping import held
from smsform.words import say

Remembered = dict[str, str | int | bool]
Note = Callable[[str, Block, Block], Block]


class Ledger:
    """One state shared by the threads of all providers; every change is saved at once.

    *note* may add to what is saved: it gets a provider's name and its block before and
    after.
    """

    def __init__(
        self,
        store: StateStore,
        state: State,
        author: Author,
        note: Note = lambda provider, before, after: after,
    ) -> None:
        self._store, self._author, self._note = store, author, note
        self._blocks = {name: OpenBlock(block) for name, block in state.blocks.items()}
        self._lock = RLock()
        self._closed = False
        self._whole = True  # whether the state was saved whole since the last step

    def block(self, provider: str) -> Block:
        """The current block of a provider, which shows later changes, too."""
        return self._blocks[provider].view

    def write(self, provider: str, change: Callable[[Block], Block]) -> None:
        """Apply *change* to a block and save it; on StateError nothing has changed.

        A signal waits until that is done, as in every step.
        """
        with held(), self._lock:
            self._refuse_closed(provider)
            before = self._blocks[provider].copy()
            block = change(before)
            if block == before:
                return
            block = self._note(provider, before, block)
            self._save({provider: block})
            self._blocks[provider] = OpenBlock(block)

    def step(self, address: Address, change: Callable[[Block], Block]) -> None:
        """The same for what changes one address only.

        *change* is given a block with nothing else in it.
        """
        provider, slot = address.provider, (address.kind, address.key)
        with held(), self._lock:
            self._refuse_closed(provider)
            before = self._blocks[provider].at(slot)
            part = change(before)
            if part == before:
                return
            part = self._note(provider, before, part)
            if part.notices != before.notices or not self._store.add(
                Step(provider, slot, part)
            ):
                whole = OpenBlock(replace(self.block(provider), notices=part.notices))
                whole.put(slot, part)
                self._save({provider: whole.copy()})
                self._blocks[provider] = whole
            else:
                self._whole = False
                self._blocks[provider].put(slot, part)

    def _refuse_closed(self, provider: str) -> None:
        if self._closed:
            raise StateError("unsaved", path=provider, what=say("apply.ended"))

    def _save(self, changed: Mapping[str, Block]) -> None:
        """Save the state whole, with blocks that *changed*."""
        now = {name: each.copy() for name, each in self._blocks.items()}
        self._store.save(State({**now, **changed}))
        self._whole = True

    def close(self) -> None:
        """Wait for a write that is under way and allow no further one.

        The state is saved whole, and its lock is released.
        """
        with held(), self._lock:
            self._closed = True
            if not self._whole:
                self._save({})

    def intend(
        self,
        change: Change,
        name: str,
        known: Sequence[str],
        clock: Clock,
        blind: bool = False,
    ) -> None:
        """Write down a submission before it is made.

        *known* are the ids of all entries of that *name*, or of some where it is made
        *blind*.
        """
        want = _wanted(change)
        intent = Intent(
            action=change.action,
            name=name,
            international=want.international,
            known=tuple(sorted(known)),
            submitted=submitted(want),
            parameters=want.parameters,
            at=iso(clock.now()),
            by=self._author.by,
            commit=self._author.commit,
            blind=blind,
        )
        slot = _slot(change)
        self.step(change.address, lambda block: block.with_intent(slot, intent))

    def forget_intent(self, change: Change) -> None:
        """Close the intent of a submission that certainly was not made."""
        slot = _slot(change)
        self.step(change.address, lambda block: block.with_intent(slot, None))

    def created(self, change: Change, accepted: Accepted) -> None:
        """Record the version a submission made, and close its intent."""
        slot, want = _slot(change), _wanted(change)
        entry = Existing(
            change.kind,
            accepted.id,
            want.name,
            Review.IN_REVIEW,
            {},
            want.international,
            order=accepted.order,
        )

        def settle(block: Block) -> Block:
            intent = block.intents[slot]
            block = _forget_gone(block, slot)
            return settle_intent(block, slot, intent, entry)

        self.step(change.address, settle)

    def recovered(self, change: Change, entry: Existing) -> None:
        """Record the entry that an unclear submission turned out to have made."""
        slot = _slot(change)
        self.step(
            change.address,
            lambda block: settle_intent(block, slot, block.intents[slot], entry),
        )

    def updated(self, change: Change, order: str) -> None:
        """Record that a version was replaced in place and is in review again.

        *order* is the service's mark of that submission, "" where nobody told.
        """
        slot, want = _slot(change), _wanted(change)

        def settle(block: Block) -> Block:
            record = block.record(slot)
            version = record.version(change.id)
            assert version is not None  # update reaches only what is ours
            version = replace(
                version,
                review=Review.IN_REVIEW,
                submitted=submitted(want),
                name=want.name,
                parameters=want.parameters,
                assumed=(),
                order=order,
                by=self._author.by,
                commit=self._author.commit,
                note="",
            )
            return block.with_record(slot, record.with_version(version))

        self.step(change.address, settle)

    def removed(self, change: Change) -> None:
        """Forget a version that was deleted, all but its id."""
        slot = _slot(change)

        def forget(block: Block) -> Block:
            record = block.record(slot)
            if version := record.version(change.id):
                block = block.with_retired(slot, version)
            return block.with_record(slot, record.without(change.id))

        self.step(change.address, forget)

    def adopted(
        self,
        changes: Sequence[Change],
        spec: ProviderSpec,
        reading: Reading,
        clock: Clock,
        delivery_policy: DeliveryPolicy,
    ) -> list[Change]:
        """Carry out adoptions in one write, without a call; returns those that were
        possible.

        One is not possible when the entry belongs to another address by now.
        """
        provider = changes[0].address.provider
        done: list[Change] = []

        def adopt(block: Block) -> Block:
            owning, now = Owning(block), clock.now()
            entries = by_id(reading.entries)
            for change in changes:
                if owning.take(change, spec, now, self._author):
                    done.append(change)
                    # At once: what is active now may free what the next one takes.
                    slot, want = _slot(change), _wanted(change)
                    owning.settle(slot, spec, entries, want, now, delivery_policy)
            return owning.block

        self.write(provider, adopt)
        return done


def submitted(want: Desired) -> Remembered:
    """Every compared attribute, as it is sent."""
    return {**want.delivered, **want.review_only}


def _wanted(change: Change) -> Desired:
    assert change.desired is not None  # removals never come here
    return change.desired


def _slot(change: Change) -> Slot:
    return change.address.kind, change.address.key


def _forget_gone(block: Block, slot: Slot) -> Block:
    """Drop versions that vanished, now that their successor is submitted."""
    record = block.record(slot)
    gone = [version for version in record.versions if version.gone]
    for version in gone:
        record = record.without(version.id)
    return block.with_record(slot, record).with_retired(slot, *gone)
