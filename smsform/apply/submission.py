"""One submission: made once, and searched for when the answer leaves it unclear.

The intent is on disk before the call. A service may act without answering, answer with
an id that existed before, or answer that calls come too fast: then only the list of
entries tells.
"""

from __future__ import annotations

from msgspec import Struct

from smsform.apply.known import KnownIds
from smsform.apply.ledger import Ledger
from smsform.card import ProviderSpec
from smsform.clock import Awaited, Clock, Halted, let_pass
from smsform.errors import ProviderError, Refused, Scope, SmsformError, Unclear
from smsform.model import Existing
from smsform.plan import Change
from smsform.plan.reconcile import recognise
from smsform.provider import Accepted, Provider
from smsform.words import say

# Seconds between looks at the list after a submission without an answer.
LOOKS = (1.0, 2.0, 4.0, 8.0)
# Seconds until one that was refused as too fast is made again, after a look.
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 16.0, 16.0)
LONGEST_WISH = 60.0  # seconds; a service that asks for a longer pause gets this one

Made = Accepted | Existing | ProviderError


class Unseen(Exception):
    """The list could not be read, so whether the entry exists is not known."""


class Unlisted(Unseen):
    """This key may not list entries, so nothing can be looked up."""


class Submission(Struct, frozen=True):
    """A creation of *change* as *name*, whose intent is open in the *ledger*."""

    change: Change
    name: str
    provider: Provider
    spec: ProviderSpec
    ledger: Ledger
    clock: Clock
    known: KnownIds

    def make(self) -> Made:
        """The answer to the creation, the entry found instead, or why the outcome is
        unknown.

        When an error is raised, the entry was certainly not made.
        """
        want = self.change.desired
        assert want is not None
        for pause in (*PAUSES, None):
            try:
                accepted = self.provider.create(want, self.name)
            except Unclear as error:
                return self._recovered(error)
            except Refused as refused:
                if refused.scope is not Scope.THROTTLE or pause is None:
                    raise
                rest = max(pause, min(refused.wait, LONGEST_WISH))
                try:
                    let_pass(self.clock, rest, Awaited.THROTTLED)
                    if (entry := self._seen()) is not None:
                        return entry
                except Halted:  # it may have been made; the next run looks
                    return refused
                except Unlisted:
                    pass  # nothing more can be learned: submitted again
                except Unseen:
                    return self._recovered(refused)
                continue
            if self.known.is_new(self.change.kind, accepted.id):
                self.known.made(self.change.kind, accepted.id)
                return accepted
            text = say("apply.no_new_id", id=accepted.id)
            return self._recovered(
                Unclear(self.change.address.provider, "create", text)
            )
        raise AssertionError  # the last refusal was raised

    def _recovered(self, error: ProviderError) -> Made:
        """The entry as the list shows it, after growing waits; *error* if it never
        does."""
        for wait in LOOKS:
            try:
                let_pass(self.clock, wait, Awaited.UNANSWERED)
                if (entry := self._seen()) is not None:
                    return entry
            except (Halted, Unlisted):
                break
            except Unseen:
                continue
        return error

    def _seen(self) -> Existing | None:
        """The entry it turns out to have made, if any."""
        slot = (self.change.kind, self.change.address.key)
        block = self.ledger.block(self.change.address.provider)
        try:
            reading = self.provider.read(block.known())
        except SmsformError as error:
            raise Unseen from error
        if not reading.listed:
            raise Unlisted
        return recognise(slot, block.intents[slot], block, reading, self.spec)
