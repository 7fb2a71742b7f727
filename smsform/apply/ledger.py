"""The state during a run: every step is on disk before the next call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import RLock

from smsform.card import ProviderSpec
from smsform.clock import Clock
from smsform.model import Desired, Existing, Reading, Review
from smsform.plan import Change
from smsform.plan.reconcile import by_id, iso, move_active, settle_intent
from smsform.state import Block, Intent, Origin, State, StateStore, Version
from smsform.state.memory import Slot

Remembered = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Author:
    """Who runs this, and at which commit of the definitions."""

    by: str = ""
    commit: str = ""


class Ledger:
    """Holds one state for all providers' threads; saves on every change."""

    def __init__(self, store: StateStore, state: State, author: Author) -> None:
        self._store, self._author = store, author
        self._state = state
        self._lock = RLock()

    def block(self, provider: str) -> Block:
        """The current block of a provider."""
        return self._state.blocks[provider]

    def write(self, provider: str, change: Callable[[Block], Block]) -> None:
        """Apply *change* to a block and keep it. StateError leaves all as it was."""
        with self._lock:
            before = self._state
            block = change(before.blocks[provider])
            if block == before.blocks[provider]:
                return
            after = before.with_block(provider, block)
            self._store.save(after)
            self._state = after

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

    def created(self, change: Change, id: str) -> None:
        """Record the version a submission made, and close its intent."""
        slot, want = _slot(change), _wanted(change)
        entry = Existing(
            change.kind, id, want.name, Review.IN_REVIEW, {}, want.international
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

    def updated(self, change: Change) -> None:
        """Record that a version was replaced in place and is in review again."""
        slot, want = _slot(change), _wanted(change)

        def settle(block: Block) -> Block:
            record = block.record(slot)
            version = record.version(change.id)
            assert version is not None  # update reaches only what is ours
            version = version._replace(
                review=Review.IN_REVIEW, submitted=submitted(want),
                name=want.name, parameters=want.parameters, assumed=(),
                by=self._author.by, commit=self._author.commit, note="",
            )  # fmt: skip
            return block.with_record(slot, record.with_version(version))

        self.write(change.address.provider, settle)

    def removed(self, change: Change) -> None:
        """Forget a version that was deleted."""
        slot = _slot(change)
        self.write(
            change.address.provider,
            lambda block: block.with_record(
                slot, block.record(slot).without(change.id)
            ),
        )

    def adopted(
        self,
        changes: Sequence[Change],
        spec: ProviderSpec,
        reading: Reading,
        clock: Clock,
    ) -> None:
        """Make entries ours, or move renamed keys' versions, in one write; no calls."""
        provider = changes[0].address.provider

        def adopt(block: Block) -> Block:
            for change in changes:
                if change.moved_from is not None:
                    block = _moved(block, change)
                else:
                    block = _taken(block, change, spec, clock, self._author)
            desired = {change.address: _wanted(change) for change in changes}
            entries = by_id(reading)
            return move_active(provider, block, entries, desired, spec, clock.now())

        self.write(provider, adopt)


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
    for version in record.versions:
        if version.gone:
            record = record.without(version.id)
    return block.with_record(slot, record)


def _moved(block: Block, change: Change) -> Block:
    assert change.moved_from is not None
    origin = (change.moved_from.kind, change.moved_from.key)
    source, target = block.record(origin), block.record(_slot(change))
    for version in source.versions:
        target = target.with_version(version)
    if not target.active:
        target = target._replace(active=source.active, active_since=source.active_since)
    target = target._replace(protected=target.protected or source.protected)
    emptied = source._replace(versions=())
    return block.with_record(origin, emptied).with_record(_slot(change), target)


def _taken(
    block: Block, change: Change, spec: ProviderSpec, clock: Clock, author: Author
) -> Block:
    want, entry = _wanted(change), change.entry
    assert entry is not None
    kind = spec.kinds[change.kind]
    remembered = submitted(want)
    version = Version(
        id=entry.id,
        origin=Origin.ADOPTED,
        name=entry.name,
        review=entry.review,
        submitted=remembered,
        parameters=want.parameters,
        assumed=tuple(sorted(kind.unreadable & set(remembered))),
        at=iso(clock.now()),
        by=author.by,
        commit=author.commit,
    )
    slot = _slot(change)
    block = block.with_record(slot, block.record(slot).with_version(version))
    return block.with_intent(slot, None)  # whatever it made, this is what is wanted
