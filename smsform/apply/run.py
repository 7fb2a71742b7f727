"""Carry out one provider's changes, in order, never twice.

Before each submission the intent is on disk; if it cannot be written, the service is
not called. A refusal is an outcome; the run goes on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from msgspec import Struct, field

from smsform.apply.known import KnownIds
from smsform.apply.ledger import Ledger
from smsform.apply.order import ordered
from smsform.apply.since import landed, moved_since
from smsform.apply.submission import LOOKS, Submission
from smsform.apply.values import Outcome, Result
from smsform.card import ProviderSpec
from smsform.clock import Awaited, Clock, Halted, let_pass
from smsform.errors import (
    ProviderError,
    Refused,
    Scope,
    SmsformError,
    StateError,
    Unclear,
)
from smsform.model import Address, Desired, Existing, Kind, Reading
from smsform.plan import REMOVALS, SUBMISSIONS, Action, Change, Mark, ProviderPlan
from smsform.plan.active import DELIVERY_COUNTS, DeliveryPolicy
from smsform.provider import Accepted, Provider
from smsform.words import say

T = TypeVar("T")


class Run(Struct, dict=True):
    """One provider's run. ``stopped`` is called before every change.

    ``missing`` are signatures that should have been submitted and were not: refused in
    this run, or changed since the saved plan was made.
    """

    part: ProviderPlan
    provider: Provider
    spec: ProviderSpec
    reading: Reading
    ledger: Ledger
    clock: Clock
    delivery_policy: DeliveryPolicy = DELIVERY_COUNTS
    stopped: Callable[[], bool] = lambda: False
    blocked: dict[tuple[Kind, bool], str] = field(default_factory=dict)
    missing: set[Address] = field(default_factory=set)
    unsaved: StateError | None = None

    @cached_property
    def known(self) -> KnownIds:
        """The ids that existed before the first call that makes or deletes one."""
        return KnownIds(self.ledger.block(self.part.provider), self.reading)

    @cached_property
    def namesakes(self) -> Mapping[tuple[Kind, str], Sequence[str]]:
        """The ids of the entries that were read, by kind and name."""
        found: dict[tuple[Kind, str], list[str]] = {}
        for entry in self.reading.entries:
            found.setdefault((entry.kind, entry.name), []).append(entry.id)
        return found

    def outcomes(self) -> Iterator[Outcome]:
        """Carry out the changes; yields each outcome as soon as it is known."""
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
        """Carry out one change; when an error is raised, it was certainly not done."""
        if self.stopped():
            return self._not_tried(change)
        if self.unsaved is not None:
            why = say("apply.unsaved")
            return Outcome(change, Result.SKIPPED, why=why, error=self.unsaved)
        if why := self._hindrance(change):
            return Outcome(change, Result.SKIPPED, why=why)
        if Mark.EVIDENCE in change.marks and change.desired:
            paths = [e.shown for e in change.desired.evidence if not e.sha256]
            why = say("apply.evidence", paths=", ".join(paths))
            return Outcome(change, Result.FAILED, why=why)
        try:
            if change.action in REMOVALS:
                return self._remove(change)
            if change.action is Action.UPDATE:
                return self._update(change)
            return self._create(change)
        except Halted:
            return self._not_tried(change)
        except Unclear as error:
            key = "answered" if error.code else "unanswered"
            why = say(f"apply.{key}", code=error.code)
            return Outcome(change, Result.UNKNOWN, change.id, why, error)
        except StateError as error:
            self.unsaved = error
            return Outcome(change, Result.FAILED, error=error)
        except SmsformError as error:
            self._block_if_account(change, error)
            return Outcome(change, Result.FAILED, error=error)

    def _adopt(self, changes: list[Change]) -> Iterator[Outcome]:
        """Carry out changes that affect the state file only, in a single write."""
        fitted: list[Change] = []
        try:
            fitted = self.ledger.adopted(
                changes,
                self.spec,
                self.reading,
                self.clock,
                self.delivery_policy._replace(unanswered=self.reading.unanswered),
            )
        except StateError as error:
            self.unsaved = error
        for change in changes:
            if self.unsaved is not None:
                yield Outcome(change, Result.FAILED, error=self.unsaved)
            elif change in fitted:
                yield Outcome(change, Result.DONE, id=change.id)
            else:
                yield Outcome(change, Result.STALE, why=say("apply.taken"))

    def _not_tried(self, change: Change) -> Outcome:
        return Outcome(change, Result.SKIPPED, why=say("apply.stopped"))

    def _hindrance(self, change: Change) -> str:
        """Why this change is not attempted; "" when nothing prevents it."""
        code = self.blocked.get((change.kind, change.action in REMOVALS))
        if code:
            return say("apply.account", code=code)
        want = change.desired
        signature = want.signature if want else None
        if (
            change.action in SUBMISSIONS
            and want
            and signature
            and self.spec.gate_for(want.international)
        ):
            slot = (signature.kind, signature.key)
            record = self.ledger.block(signature.provider).record(slot)
            usable = any(version.usable for version in record.versions)
            if signature in self.missing and not usable:
                return say("apply.signature", address=signature)
        return ""

    def _block_if_account(self, change: Change, error: SmsformError) -> None:
        if isinstance(error, Refused) and error.scope is Scope.ACCOUNT:
            self.blocked[(change.kind, change.action in REMOVALS)] = error.code

    def _kept(
        self, change: Change, id: str, write: Callable[[], None], why: str = ""
    ) -> Outcome:
        """Record in the state what the service just did; on failure the outcome says
        both."""
        try:
            write()
        except StateError as error:
            self.unsaved = error
            why = say("apply.unrecorded", id=id)
            return Outcome(change, Result.UNKNOWN, id, why, error)
        return Outcome(change, Result.DONE, id, why)

    # -- removals and updates: can be repeated -------------------------------------

    def _remove(self, change: Change) -> Outcome:
        kind = self.spec.kinds[change.kind]
        gone = partial(self._kept, change, change.id, partial(self._forget, change))
        found = self._fetch(change)
        if found is None:
            return gone(say("apply.gone"))
        if moved := moved_since(kind, change, found):
            return moved
        try:
            self._repeat(
                change,
                lambda: self.provider.delete(change.kind, change.id),
                lambda entry: entry is None,
            )
        except Refused as error:
            if error.scope is Scope.GONE:
                return gone(say("apply.gone"))
            if change.action is not Action.WITHDRAW:
                raise
            self._block_if_account(change, error)
            why = say("apply.refused_withdraw", code=error.code)
            return Outcome(change, Result.SKIPPED, why=why, error=error)
        return gone()

    def _update(self, change: Change) -> Outcome:
        want, kind = change.desired, self.spec.kinds[change.kind]
        assert want is not None
        found = self._fetch(change)
        if found is None:
            return Outcome(change, Result.STALE, why=say("apply.gone"))
        if moved := moved_since(kind, change, found):
            return moved
        accepted = self._repeat(
            change,
            lambda: self.provider.update(change.id, want, want.name),
            lambda entry: entry is not None and landed(kind, found, entry, want),
        )
        order = accepted.order if accepted else ""
        keep = partial(self.ledger.updated, change, order)
        return self._kept(change, change.id, keep)

    def _fetch(self, change: Change) -> Existing | None:
        """The entry as it is now: right before a call, or after an unclear one."""
        found = self.provider.fetch(change.kind, [change.id])
        return found[0] if found else None

    def _forget(self, change: Change) -> None:
        self.known.deleted(change.kind, change.id)
        self.ledger.removed(change)

    def _repeat(
        self,
        change: Change,
        call: Callable[[], T],
        done: Callable[[Existing | None], bool],
    ) -> T | None:
        """Make a call; when its outcome is unclear, read the entry and repeat the call
        if needed.

        What the call returns, or None where only the entry shows that it was done.
        An error after that does not replace the first one: the outcome stays unclear
        until the entry, or an answer, shows that it was done.
        """
        try:
            return call()
        except Unclear as error:
            unclear = error
        with contextlib.suppress(Halted):
            for wait in LOOKS:
                let_pass(self.clock, wait, Awaited.UNANSWERED)
                with contextlib.suppress(SmsformError):
                    return None if done(self._fetch(change)) else call()
        raise unclear

    # -- submissions: must not be repeated -----------------------------------------

    def _create(self, change: Change) -> Outcome:
        want = change.desired
        assert want is not None
        try:
            return self._submit(change, want, want.name)
        except Refused as error:
            taken = error.scope is Scope.NAME_TAKEN
            another = not self.spec.kinds[change.kind].named
            if not taken or not another or change.action is not Action.SUPERSEDE:
                raise
        return self._submit(change, want, f"{want.name}_2")

    def _submit(self, change: Change, want: Desired, name: str) -> Outcome:
        self.provider.ready(want)  # a kill before the submission leaves no intent
        if self.stopped():
            return self._not_tried(change)
        known = self.namesakes.get((change.kind, name), ())
        self.ledger.intend(change, name, known, self.clock, not self.reading.listed)
        submission = Submission(
            change, name, self.provider, self.spec, self.ledger, self.clock, self.known
        )
        try:
            made = submission.make()
        except (SmsformError, Halted):  # refused, or never sent
            try:
                self.ledger.forget_intent(change)
            except StateError as error:
                self.unsaved = error
            raise
        if isinstance(made, ProviderError):
            code = made.code if isinstance(made, Refused | Unclear) else ""
            why = say("apply.unclear_code" if code else "apply.unclear", code=code)
            return Outcome(change, Result.UNKNOWN, why=why, error=made)
        if isinstance(made, Accepted):
            keep = partial(self.ledger.created, change, made)
            return self._kept(change, made.id, keep)
        keep = partial(self.ledger.recovered, change, made)
        return self._kept(change, made.id, keep, say("apply.found"))
