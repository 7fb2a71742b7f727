"""The notices of a run, written into the state it saves; ``telling`` sends them.

Most projects notify nobody: for them nothing is loaded and nothing written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from smsform.apply.ledger import Ledger
from smsform.apply.values import Outcome, Result
from smsform.errors import ProviderError, Refused, StateError
from smsform.plan import ProviderPlan
from smsform.project.provider_parts import PlannedAccount
from smsform.project.workspace import Workspace
from smsform.state import Block, State
from smsform.state.memory import Slot

if TYPE_CHECKING:
    from smsform.notify.decide import Audience

FELL_SHORT = (Result.FAILED, Result.UNKNOWN)


def with_news(
    project: Workspace, name: str, before: State, after: Block, now: float
) -> Block:
    """*after* with notices of what happened at a provider since *before*."""
    if not project.config.notify and not after.notices:
        return after
    from smsform.notify.decide import noted, waits_noted

    old, who = before.blocks.get(name, Block(after.identity)), _audience(project, name)
    return waits_noted(noted(old, after, who, now), who, now)


class Notes:
    """The notices of an apply while it runs; *parts* have the clocks of the
    providers."""

    def __init__(self, project: Workspace, parts: Sequence[PlannedAccount]) -> None:
        self._project = project
        self._clocks = {
            part.plan.provider: part.account.clock for part in parts if part.account
        }

    def begun(self, part: ProviderPlan, before: State, whole: bool) -> Block:
        """The state to keep of *part* at the start: with verdicts, without old
        failures.

        When *part* is the *whole* plan, failures that were told and are not tried any
        more are dropped.
        """
        name, now = part.provider, self._now(part.provider)
        block = with_news(self._project, name, before, part.kept, now)
        if not (whole and block.notices):
            return block
        tried = {(line.kind, line.address.key) for line in part.changes}
        return self._with_failures(name, block, (), tried)

    def verdicts(self, provider: str, before: Block, after: Block) -> Block:
        """*after* with the verdicts that were found during a step."""
        if not self._project.config.notify:
            return after
        from smsform.notify.decide import noted

        who = _audience(self._project, provider)
        return noted(before, after, who, self._now(provider))

    def ended(self, ledger: Ledger, outcome: Outcome) -> None:
        """Record a failed change, at once."""
        address = outcome.change.address
        told = outcome.result in FELL_SHORT and address.provider in self._clocks
        if not (told and self._project.config.notify):
            return
        failed = [((address.kind, address.key), _reason(outcome))]
        with suppress(StateError):  # the outcome is shown in any case
            ledger.step(
                address,
                lambda block: self._with_failures(address.provider, block, failed),
            )

    def _with_failures(
        self,
        name: str,
        block: Block,
        failed: Sequence[tuple[Slot, str]],
        tried: Collection[Slot] | None = None,
    ) -> Block:
        from smsform.notify.decide import failures_noted

        who = _audience(self._project, name)
        return failures_noted(block, who, self._now(name), failed, tried)

    def _now(self, provider: str) -> float:
        return self._clocks[provider].now()


def _audience(project: Workspace, name: str) -> Audience:
    """Who is told of a provider."""
    from smsform.notify.decide import Audience

    return Audience(name, project.config.notify, project.spec(name).review)


def _reason(outcome: Outcome) -> str:
    """Why it failed, without what differs from try to try."""
    error = outcome.error
    found = [outcome.why]
    if isinstance(error, Refused):
        found += [f"{error.code}: {error.text}", error.hint()]
    elif isinstance(error, ProviderError):
        found += [error.text]
    elif error is not None:
        found += [error.message(), error.hint()]
    return " · ".join(each for each in found if each)
