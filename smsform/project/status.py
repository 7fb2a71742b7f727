"""Where every entry is in review: read once, and written down."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from smsform.model import Address, Review
from smsform.plan import Options, Plan
from smsform.plan.reconcile import Verdict
from smsform.project.connections import TellCall
from smsform.project.deliveries import ask_again, ask_all
from smsform.project.news import with_news
from smsform.project.provider_parts import PlannedAccount, combined, make_parts
from smsform.project.workspace import Workspace, load_state, locked, open_store
from smsform.state import Version


class Status(Struct, frozen=True):
    """What was read, and what changed since the last look.

    ``plan`` holds the errors of providers that could not be read; ``parts`` are the
    providers one by one, each with the reading it was made from.
    """

    parts: tuple[PlannedAccount, ...]

    @property
    def plan(self) -> Plan:
        """All of it as one plan: what is in review, what is not as defined."""
        return combined(self.parts, Options(now=0.0))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What reviewers said since the last look."""
        return tuple(verdict for part in self.parts for verdict in part.verdicts)

    @property
    def versions(self) -> dict[Address, tuple[Version, ...]]:
        """Every version in the state, by its address."""
        return {
            Address(part.plan.provider, *slot): record.versions
            for part in self.parts
            for slot, record in part.plan.block.records.items()
        }

    @property
    def pending(self) -> bool:
        """Whether a verdict is still to come."""
        waiting = (Review.IN_REVIEW, Review.APPROVED_INACTIVE)
        return any(
            version.review in waiting and not version.gone
            for versions in self.versions.values()
            for version in versions
        )


def read_status(
    project: Workspace,
    providers: Sequence[str] = (),
    on_call: TellCall = None,
    delivery: bool = False,
) -> Status:
    """Read every provider once and record the verdicts.

    With *delivery* the service is asked about every active id, a call each.
    """
    ask = ask_all if delivery else ask_again
    project.checked()
    store = open_store(project)
    with locked(store):
        state = before = load_state(project, store)
        parts = make_parts(
            project, state, Options(now=0.0), providers, on_call, ask=ask
        )
        for part in parts:
            if part.plan.error is None and part.account is not None:
                name, now = part.plan.provider, part.account.clock.now()
                block = with_news(project, name, before, part.plan.kept, now)
                state = state.with_block(name, block)
        store.save(state)
    return Status(tuple(parts))
