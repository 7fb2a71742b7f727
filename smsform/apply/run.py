"""Carry out one provider's changes, in order, never twice.

Before each submission the intent is on disk; if it cannot be written, the service is
not called. A refusal is an outcome; the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from smsform.apply.ledger import Ledger
from smsform.apply.values import Outcome, Result
from smsform.clock import Clock
from smsform.errors import (
    ProviderError,
    Refused,
    Scope,
    StateError,
    Unclear,
    Unexpected,
    Unreachable,
)
from smsform.model import Kind, Reading
from smsform.plan import REMOVALS, SUBMISSIONS, Action, Change, Mark, ProviderPlan
from smsform.plan.reconcile import recognise
from smsform.provider import Provider, ProviderSpec
from smsform.words import say

# Seconds between looks at the list after a submission without an answer.
LOOKS = (1.0, 2.0, 4.0, 8.0)

ORDER = {
    Action.ADOPT: 0, Action.RETIRE: 1, Action.WITHDRAW: 1, Action.CREATE: 2,
    Action.UPDATE: 2, Action.SUPERSEDE: 2, Action.DELETE: 4,
}  # fmt: skip


def ordered(part: ProviderPlan) -> list[Change]:
    """What frees quota first, then signatures, then templates, deletions last."""
    return sorted(
        part.changes,
        key=lambda change: (
            ORDER[change.action]
            + (change.action in SUBMISSIONS and change.kind is Kind.TEMPLATE)
        ),
    )


@dataclass(slots=True)
class Run:
    """One provider's run. ``stopped`` is asked before every change."""

    part: ProviderPlan
    provider: Provider
    spec: ProviderSpec
    reading: Reading
    ledger: Ledger
    clock: Clock
    stopped: Callable[[], bool] = lambda: False
    blocked: dict[tuple[Kind, bool], str] = field(default_factory=dict)
    missing: set[object] = field(default_factory=set)  # signatures not submitted
    unsaved: StateError | None = None

    def outcomes(self) -> Iterator[Outcome]:
        """Carry out the changes; each outcome is given out as it is known."""
        changes = ordered(self.part)
        adoptions = [each for each in changes if each.action is Action.ADOPT]
        if adoptions:
            yield from self._adopt(adoptions)
        for change in changes[len(adoptions) :]:
            outcome = self._one(change)
            if outcome.result is not Result.DONE and change.kind is Kind.SIGNATURE:
                self.missing.add(change.address)
            yield outcome

    def _one(self, change: Change) -> Outcome:
        if self.stopped():
            return Outcome(change, Result.SKIPPED, why=say("apply.stopped"))
        if self.unsaved is not None:
            why = say("apply.unsaved")
            return Outcome(change, Result.SKIPPED, why=why, error=self.unsaved)
        if why := self._hindrance(change):
            return Outcome(change, Result.SKIPPED, why=why)
        try:
            if change.action in REMOVALS:
                return self._remove(change)
            if change.action is Action.UPDATE:
                return self._update(change)
            return self._create(change)
        except StateError as error:
            self.unsaved = error
            return Outcome(change, Result.FAILED, error=error)
        except ProviderError as error:
            return Outcome(change, Result.FAILED, error=error)

    def _adopt(self, changes: list[Change]) -> Iterator[Outcome]:
        """Changes of the state file alone; all of them cost one write."""
        try:
            self.ledger.adopted(changes, self.spec, self.reading, self.clock)
        except StateError as error:
            self.unsaved = error
        for change in changes:
            if self.unsaved is None:
                yield Outcome(change, Result.DONE, id=change.id)
            else:
                yield Outcome(change, Result.FAILED, error=self.unsaved)

    def _hindrance(self, change: Change) -> str:
        """Why this change is not even tried; empty when nothing is in its way."""
        code = self.blocked.get((change.kind, change.action in REMOVALS))
        if code:
            return say("apply.account", code=code)
        if Mark.EVIDENCE in change.marks and change.desired:
            paths = [e.path for e in change.desired.evidence if not e.sha256]
            return say("apply.evidence", paths=", ".join(paths))
        signature = change.desired.signature if change.desired else None
        if change.action in SUBMISSIONS and self.spec.gate and signature:
            slot = (signature.kind, signature.key)
            record = self.ledger.block(signature.provider).record(slot)
            if signature in self.missing and not record.versions:
                return say("apply.signature", address=signature)
        return ""

    def _block_if_account(self, change: Change, error: Refused) -> None:
        if error.scope is Scope.ACCOUNT:
            self.blocked[(change.kind, change.action in REMOVALS)] = error.code

    def _kept(self, change: Change, id: str, write: Callable[[], None]) -> Outcome:
        """Record what the service just did; if that fails, say both."""
        try:
            write()
        except StateError as error:
            self.unsaved = error
            why = say("apply.unrecorded", id=id)
            return Outcome(change, Result.UNKNOWN, id, why, error)
        return Outcome(change, Result.DONE, id)

    # -- removals and updates: can be repeated -------------------------------------

    def _remove(self, change: Change) -> Outcome:
        moved = self._moved(change)
        if moved is not None:
            return moved
        try:
            self._repeat(lambda: self.provider.delete(change.kind, change.id))
        except Refused as error:
            if error.scope is Scope.GONE:
                self.ledger.removed(change)
                return Outcome(change, Result.DONE, change.id, say("apply.gone"))
            self._block_if_account(change, error)
            if change.action is Action.WITHDRAW:
                why = say("apply.refused_withdraw", code=error.code)
                return Outcome(change, Result.SKIPPED, why=why, error=error)
            return Outcome(change, Result.FAILED, error=error)
        except Unclear as error:
            return Outcome(change, Result.UNKNOWN, error=error)
        return self._kept(change, change.id, lambda: self.ledger.removed(change))

    def _update(self, change: Change) -> Outcome:
        moved = self._moved(change)
        if moved is not None:
            return moved
        want = change.desired
        assert want is not None
        try:
            self._repeat(lambda: self.provider.update(change.id, want, want.name))
        except Refused as error:
            self._block_if_account(change, error)
            return Outcome(change, Result.FAILED, error=error)
        except Unclear as error:
            return Outcome(change, Result.UNKNOWN, error=error)
        return self._kept(change, change.id, lambda: self.ledger.updated(change))

    def _moved(self, change: Change) -> Outcome | None:
        """Read the entry once more right before the call: it may have moved."""
        found = self.provider.fetch(change.kind, [change.id])
        before = change.entry.review if change.entry else None
        if not found:
            if change.action in REMOVALS:
                self.ledger.removed(change)
                return Outcome(change, Result.DONE, change.id, say("apply.gone"))
            return Outcome(change, Result.STALE, why=say("apply.gone"))
        if found[0].review is not before:
            why = say("apply.moved", review=found[0].review)
            return Outcome(change, Result.STALE, why=why)
        return None

    def _repeat(self, call: Callable[[], None]) -> None:
        """Make a call that may be repeated, once more after an unclear outcome."""
        try:
            call()
        except Unclear:
            self.clock.sleep(LOOKS[0])
            call()

    # -- submissions: must not be repeated -----------------------------------------

    def _create(self, change: Change) -> Outcome:
        want = change.desired
        assert want is not None
        outcome = self._submit(change, want.name)
        taken = isinstance(outcome.error, Refused) and (
            outcome.error.scope is Scope.NAME_TAKEN
        )
        if taken and change.action is Action.SUPERSEDE:
            return self._submit(change, f"{want.name}_2")
        return outcome

    def _submit(self, change: Change, name: str) -> Outcome:
        want = change.desired
        assert want is not None
        self.ledger.intend(change, name, self.reading, self.clock)
        try:
            id = self.provider.create(want, name)
        except Refused as error:
            self.ledger.forget_intent(change)
            self._block_if_account(change, error)
            return Outcome(change, Result.FAILED, error=error)
        except (Unreachable, Unexpected) as error:
            self.ledger.forget_intent(change)  # certainly not executed
            return Outcome(change, Result.FAILED, error=error)
        except Unclear as error:
            return self._recover(change, error)
        return self._kept(change, id, lambda: self.ledger.created(change, id))

    def _recover(self, change: Change, error: Unclear) -> Outcome:
        """Look for what an unanswered submission may have made, with growing waits."""
        slot = (change.kind, change.address.key)
        intent = self.ledger.block(change.address.provider).intents[slot]
        for wait in LOOKS:
            self.clock.sleep(wait)
            block = self.ledger.block(change.address.provider)
            try:
                reading = self.provider.read(block.known())
            except ProviderError:
                continue
            if not reading.listed:
                break
            entry = recognise(slot, intent, block, reading, self.spec)
            if entry is not None:
                outcome = self._kept(
                    change, entry.id, partial(self.ledger.recovered, change, entry)
                )
                return replace(outcome, why=outcome.why or say("apply.found"))
        return Outcome(change, Result.UNKNOWN, why=say("apply.unclear"), error=error)
