"""Planning a whole project: every provider is read, what is sent is checked by
rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct, field

from smsform.apply.guard import check
from smsform.errors import ConfigError, Problem, UnsafePlan
from smsform.model import Address
from smsform.plan import Change, Options, Plan
from smsform.project.addresses import Chosen, choose, providers_of, whole
from smsform.project.ahead import read_ahead
from smsform.project.connections import TellCall
from smsform.project.desired.source import DesiredSource, EditedMeanwhile, FullyRead
from smsform.project.lint import Broken, lint_submissions
from smsform.project.parallel.division import divided
from smsform.project.workspace import Workspace, open_store, raise_errors
from smsform.state import State
from smsform.words import say

if TYPE_CHECKING:
    from smsform.cache import Cache
    from smsform.project.desired.memory import DesiredMemory
    from smsform.project.provider_parts import PlannedAccount

AddressesByFlag = Mapping[str, Chosen]  # a flag -> the addresses given to it


class Choice(Struct, frozen=True):
    """What a plan is about, and what it may do; addresses as people write them.

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

    def asked(self, project: Workspace, state: State) -> AddressesByFlag:
        """The addresses it names, by flag; WrongUsage for an unknown one."""
        given = {
            "--target": self.targets,
            "--resubmit": self.resubmit,
            "--retire": self.retire,
            "--delete": self.delete,
        }
        # An entry that an earlier run deleted is not known any more.
        also = {"--delete": whole(self.delete)}
        return {
            flag: choose(project, state, given[flag], also.get(flag, ()))
            for flag in given
        }

    def options(self, asked: AddressesByFlag) -> Options:
        """The options for the planner, with the addresses *asked*."""
        meant = {
            flag: frozenset[Address]().union(*chosen.values())
            for flag, chosen in asked.items()
        }
        return Options(
            now=0.0,
            targets=meant["--target"],
            resubmit=meant["--resubmit"],
            retire=meant["--retire"],
            delete=meant["--delete"],
            prune=self.prune,
            allow_changes=self.allow_changes,
            allow_deletes=self.allow_deletes,
            show_unmanaged=self.show_unmanaged,
        )


class Planned(Struct, frozen=True):
    """A plan with its problems.

    ``warnings`` are what the rules say of the texts it submits. ``unsafe`` are the
    providers whose part apply would refuse, because it changes or deletes too much at
    once. ``broken`` are the errors in texts that are submitted, by address.
    """

    plan: Plan
    warnings: tuple[Problem, ...] = ()
    unsafe: Mapping[str, UnsafePlan] = field(default_factory=dict)
    broken: Broken = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes apply would make."""
        return self.plan.changes


def plan(
    project: Workspace,
    choice: Choice,
    on_call: TellCall = None,
    cache: Cache | None = None,
    *,
    only_shown: bool = False,
) -> Planned:
    """What apply would do; reads every provider afresh and writes nothing.

    One that is *only_shown* may go by what *cache* remembers of the definitions, and by
    what other processes find in them: of settled addresses it knows only what it
    compared.
    """
    with _memory(project, cache, choice, only_shown) as memory:
        return _planned(project, choice, on_call, memory)


def _planned(
    project: Workspace,
    choice: Choice,
    on_call: TellCall,
    memory: DesiredMemory | None,
) -> Planned:
    first = choice.providers or providers_of(choice.targets, project.config.providers)
    store = open_store(project)

    def join() -> None:
        """Wait for the other processes to end: their memory and that of the state are
        not held at once."""
        if memory:
            _ = memory.joined

    # Reading over a network takes longest, so it begins first.
    with read_ahead(project, store, first, on_call, join) as (state, accounts):
        from smsform.project.provider_parts import combined, make_parts

        source = memory.source() if memory else _fully_read(project)
        asked = choice.asked(project, state)
        options = choice.options(asked)

        def parts(source: DesiredSource) -> list[PlannedAccount]:
            return make_parts(
                project, state, options, choice.providers, on_call, accounts,
                source=source,
            )  # fmt: skip

        try:
            made = combined(parts(source), options)
        except EditedMeanwhile:
            made = combined(parts(_fully_read(project)), options)
    for error in in_vain(made, asked):
        raise error
    planned = _with_findings(project, made, memory.problems if memory else None)
    raise_errors(planned.warnings)
    if memory:
        memory.keep()
    return planned


def _fully_read(project: Workspace) -> DesiredSource:
    """All definitions, read now; DefinitionError for what is wrong in them."""
    project.checked()
    return FullyRead(project)


@contextmanager
def _memory(
    project: Workspace, cache: Cache | None, choice: Choice, only_shown: bool
) -> Iterator[DesiredMemory | None]:
    """What saves reading all definitions here; None where all are read in any case.

    Where it has other processes read them, these begin now, for threads are started
    later, and end with the block.
    """
    # Addresses that a person names are looked up among all definitions.
    named = (choice.targets, choice.resubmit, choice.retire, choice.delete)
    if not only_shown or any(named):
        yield None
        return
    division = divided(project) if cache is None else None
    if cache is None and division is None:
        yield None
        return
    from smsform.project.desired.memory import DesiredMemory

    try:
        memory = DesiredMemory(project, cache, os.environ, division)
    except OSError:  # smsform.yaml, or a folder, cannot be read any more
        yield None
        return
    with memory:
        yield memory


def _with_findings(
    project: Workspace,
    made: Plan,
    problems: Callable[[], Sequence[Problem]] | None = None,
) -> Planned:
    """*made* with what the rules say of its texts, and what the policy does not allow.

    *problems* has those of all definitions; without it the rules are asked.
    """
    linted = lint_submissions(project, made, problems)
    return Planned(made, linted.problems, unsafe(project, made), linted.broken)


def check_safe(project: Workspace, made: Plan) -> Planned:
    """*made* with what rules say of it; UnsafePlan when it must not be applied.

    An error in a text is no reason: that text alone fails.
    """
    planned = _with_findings(project, made)
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


def in_vain(made: Plan, asked: AddressesByFlag) -> Iterator[ConfigError]:
    """An error for each flag that does nothing in the plan.

    A key or a pattern must do something for one of the addresses it means.
    """
    from smsform.plan.unmet import unmet

    missed: dict[str, dict[Address, str]] = {}
    for flag, address, others, why in unmet(made):
        hint = say("cli.unmet_hint", near=", ".join(others)) if others else why
        missed.setdefault(flag, {})[address] = hint
    for name, vain in missed.items():
        for text, meant in asked[name].items():
            if meant <= vain.keys():
                what = say(f"cli.unmet_{name.strip('-')}", address=text)
                yield ConfigError(name, what, vain[min(meant)])


def planned_parts(
    project: Workspace,
    state: State,
    options: Options,
    providers: Sequence[str],
    on_call: TellCall,
) -> tuple[list[PlannedAccount], Plan]:
    """Every provider read and planned, each with its account, and all as one plan."""
    from smsform.project.provider_parts import combined, make_parts

    parts = make_parts(project, state, options, providers, on_call)
    return parts, combined(parts, options)
