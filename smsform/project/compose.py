"""Put the rooms together: a project, its state file, the rules for what is sent."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from smsform.card import ProviderSpec
from smsform.config import Config, load
from smsform.definitions import Definitions
from smsform.definitions import load as load_definitions
from smsform.emulation import state_path
from smsform.errors import DefinitionError, Level, Problem, StateError, WrongUsage
from smsform.model import Address, Kind
from smsform.plan import SUBMISSIONS, Plan
from smsform.registry import specs
from smsform.state import FileState, SplitState, State, StateStore
from smsform.words import say, tell


@dataclass(frozen=True, slots=True)
class Project:
    """A folder's configuration and definitions, free of SF1xx errors."""

    config: Config
    definitions: Definitions
    specs: Mapping[str, ProviderSpec]

    def spec(self, name: str) -> ProviderSpec:
        """The card of a configured provider."""
        return self.specs[self.config.providers[name].type]

    def titles(self) -> dict[str, str]:
        """What the service of each configured provider is called."""
        return {name: tell(self.spec(name).title) for name in self.config.providers}

    def providers(self, only: Collection[str] = ()) -> list[str]:
        """The configured providers, or those of *only*, in file order."""
        for name in only:
            if name not in self.config.providers:
                known = ", ".join(self.config.providers)
                what = say("cli.no_provider", name=name)
                raise WrongUsage("--provider", what, say("cli.known", known=known))
        return [name for name in self.config.providers if not only or name in only]


def open_project(settings: Mapping[str, Any]) -> Project:
    """Load the project of the ``-C`` folder; DefinitionError when it has errors."""
    return defined(open_empty(settings))


def open_empty(settings: Mapping[str, Any]) -> Project:
    """The project with its configuration alone, as if nothing were defined."""
    config = load(Path(settings["directory"]), os.environ, specs())
    return Project(config, Definitions({}, {}, ()), specs())


def defined(project: Project) -> Project:
    """*project* with its definitions; DefinitionError when they have errors."""
    definitions = load_definitions(project.config, project.specs)
    raise_errors(definitions.problems)
    return replace(project, definitions=definitions)


def raise_errors(problems: Sequence[Problem]) -> None:
    """Raise DefinitionError when one of *problems* is an error."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise DefinitionError(errors)


def open_store(project: Project) -> StateStore:
    """Where the state is kept; emulated providers have a file of their own."""
    config = project.config
    emulated = [name for name, each in config.providers.items() if each.emulated]
    committed = FileState(config.state)
    apart = FileState(state_path(config.root))
    return SplitState(committed, apart, emulated)


def load_state(project: Project, store: StateStore) -> State:
    """The state, checked for providers that ``smsform.yaml`` does not have."""
    state = store.load()
    known = project.config.providers
    strange = {name: each for name, each in state.blocks.items() if name not in known}
    for address in State(strange).addresses():
        raise StateError(
            "damaged",
            path=project.config.state,
            what=say("state.no_provider", address=address, provider=address.provider),
            todo=say("state.no_provider_hint", address=address),
        )
    return state


@contextmanager
def locked(store: StateStore) -> Iterator[None]:
    """Keep other runs out while the block runs."""
    store.lock()
    try:
        yield
    finally:
        store.unlock()


def lint_submissions(project: Project, plan: Plan) -> tuple[Problem, ...]:
    """Judge what would be submitted by every rule; DefinitionError for an error.

    What is settled at the service is not judged again: rules change, approved texts
    stay.
    """
    sent = {line.address for line in plan.lines if line.action in SUBMISSIONS}
    if not sent:
        return ()
    from smsform.validate import check

    # All are looked at, for some rules compare: but only what is sent is judged.
    problems = tuple(
        problem
        for problem in check(project.definitions, project.config, project.specs)
        if not sent.isdisjoint(_places(project, problem))
    )
    raise_errors(problems)
    return problems


def _places(project: Project, problem: Problem) -> Iterator[Address]:
    """The addresses a problem speaks of: of one definition, at one or all providers."""
    kind, _, key = problem.address.rpartition("/")[2].partition(".")
    names = problem.provider.split(", ") if problem.provider else project.providers()
    if kind in tuple(Kind):
        yield from (Address(name, Kind(kind), key) for name in names)
