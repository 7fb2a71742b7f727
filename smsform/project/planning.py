"""Plan a whole project: read every provider, ask the rules about what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smsform.apply import check
from smsform.errors import ConfigError, Problem, UnsafePlan
from smsform.plan import Change, Options, Plan, unmet
from smsform.project.accounts import (
    PlannedAccount,
    combined,
    make_parts,
    read_ahead,
)
from smsform.project.addresses import addresses
from smsform.project.connections import OnCall
from smsform.project.workspace import (
    Workspace,
    lint_submissions,
    load_state,
    open_store,
)
from smsform.state import State
from smsform.words import say


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a project a plan is about, and what it may do; addresses are as written.

    Without ``providers`` or ``targets`` it is about all of them.
    """

    providers: Sequence[str] = ()
    targets: Iterable[str] = ()
    resubmit: Iterable[str] = ()
    retire: Iterable[str] = ()
    delete: Iterable[str] = ()
    prune: bool = False
    allow_changes: int | None = None
    allow_deletes: int | None = None
    show_unmanaged: bool = False

    def options(self, project: Workspace, state: State) -> Options:
        """The same with its addresses checked; WrongUsage for one nobody knows."""
        return Options(
            now=0.0,
            targets=addresses(project, state, self.targets),
            resubmit=addresses(project, state, self.resubmit),
            retire=addresses(project, state, self.retire),
            delete=addresses(project, state, self.delete),
            prune=self.prune,
            allow_changes=self.allow_changes,
            allow_deletes=self.allow_deletes,
            show_unmanaged=self.show_unmanaged,
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what is to be said of it.

    ``warnings`` are what the rules say of the texts it submits. ``unsafe`` says of a
    provider why apply would refuse its part: it changes or deletes too much at once.
    """

    plan: Plan
    warnings: tuple[Problem, ...] = ()
    unsafe: Mapping[str, UnsafePlan] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What apply would do."""
        return self.plan.changes


def plan(project: Workspace, choice: Choice, on_call: OnCall = None) -> Planned:
    """What apply would do; reads every provider afresh and writes nothing."""
    state = load_state(project, open_store(project))
    # What takes longest by far, over a network, begins first.
    with read_ahead(project, state, choice.providers, on_call) as accounts:
        project.checked()
        options = choice.options(project, state)
        parts = make_parts(project, state, options, choice.providers, on_call, accounts)
    made = combined(parts, options)
    for error in in_vain(made):
        raise error
    return judged(project, made)


def judged(project: Workspace, made: Plan) -> Planned:
    """*made* with what rules and policy say of it; DefinitionError for an error."""
    return Planned(made, lint_submissions(project, made), unsafe(project, made))


def check_safe(project: Workspace, made: Plan) -> Planned:
    """*made* as judged; DefinitionError or UnsafePlan when it must not be done."""
    planned = judged(project, made)
    for refusal in planned.unsafe.values():
        raise refusal
    return planned


def unsafe(project: Workspace, made: Plan) -> dict[str, UnsafePlan]:
    """Why apply would refuse a provider's part, by provider."""
    found = {}
    for part in made.providers:
        try:
            check(part, project.config.policy, made.options)
        except UnsafePlan as error:
            found[part.provider] = error
    return found


def in_vain(made: Plan) -> Iterator[ConfigError]:
    """An error for every address that was asked for and is not in the plan."""
    for flag, address, others, why in unmet(made):
        what = say(f"cli.unmet_{flag.strip('-')}", address=address)
        hint = say("cli.unmet_hint", near=", ".join(others)) if others else why
        yield ConfigError(flag, what, hint)


def planned_parts(
    project: Workspace,
    state: State,
    options: Options,
    providers: Sequence[str],
    on_call: OnCall,
) -> tuple[list[PlannedAccount], Plan]:
    """Every provider read and planned, each with its account, and all as one plan."""
    parts = make_parts(project, state, options, providers, on_call)
    return parts, combined(parts, options)
