"""The state during a run: every step is on disk before the next call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import RLock

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.clock import Clock
from smsform.errors import StateError
from smsform.model import Desired, Existing, Reading, Review
from smsform.plan import Change
from smsform.plan.active import DeliveryPolicy, by_id, iso
from smsform.plan.reconcile import settle_intent
from smsform.plan.taking import Owning
from smsform.provider import Accepted
from smsform.state import Author, Block, Intent, State, StateStore
from smsform.state.memory import Slot
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
        self._state = state
        self._lock = RLock()
        self._closed = False

    def block(self, provider: str) -> Block:
        """The current block of a provider."""
        return self._state.blocks[provider]

    def write(self, provider: str, change: Callable[[Block], Block]) -> None:
        """Apply *change* to a block and save it; on StateError nothing has changed."""
        with self._lock:
            if self._closed:
                raise StateError("unsaved", path=provider, what=say("apply.ended"))
            before = self._state
            block = change(before.blocks[provider])
            if block == before.blocks[provider]:
                return
            block = self._note(provider, before.blocks[provider], block)
            after = before.with_block(provider, block)
            self._store.save(after)
            self._state = after

    def close(self) -> None:
        """Wait for a write that is under way and allow no further one; the lock is
        released."""
        with self._lock:
            self._closed = True

    def intend(self, change: Change, name: str, reading: Reading, clock: Clock) -> None:
        """Write down a submission before it is made."""
        want = _wanted(change)
        intent = Intent(
            action=change.action,
            name=name,
            international=want.international,
            known=tuple(
                sorted(
                    entry.id
                    for entry in reading.entries
                    if entry.kind is change.kind and entry.name == name
                )
            ),
            submitted=submitted(want),
            parameters=want.parameters,
            at=iso(clock.now()),
            by=self._author.by,
            commit=self._author.commit,
            blind=not reading.listed,
        )
        slot = _slot(change)
        self.write(
            change.address.provider, lambda block: block.with_intent(slot, intent)
        )

    def forget_intent(self, change: Change) -> None:
        """Close the intent of a submission that certainly was not made."""
        slot = _slot(change)
        self.write(change.address.provider, lambda block: block.with_intent(slot, None))

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

        self.write(change.address.provider, settle)

    def recovered(self, change: Change, entry: Existing) -> None:
        """Record the entry that an unclear submission turned out to have made."""
        slot = _slot(change)
        self.write(
            change.address.provider,
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

        self.write(change.address.provider, settle)

    def removed(self, change: Change) -> None:
        """Forget a version that was deleted, all but its id."""
        slot = _slot(change)

        def forget(block: Block) -> Block:
            record = block.record(slot)
            if version := record.version(change.id):
                block = block.with_retired(slot, version)
            return block.with_record(slot, record.without(change.id))

        self.write(change.address.provider, forget)

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
