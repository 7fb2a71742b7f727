"""A project's folder: its configuration, its definitions, the place of its state."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from smsform.card import ProviderSpec
from smsform.config import Config, load
from smsform.definitions import Definitions
from smsform.definitions import load as load_definitions
from smsform.documents.files import Listed, project_files
from smsform.errors import DefinitionError, Level, Problem, StateError, WrongUsage
from smsform.registry import ships, specs
from smsform.stopping import held
from smsform.words import say, tell

if TYPE_CHECKING:
    from smsform.state import State, StateStore


class Workspace(Struct, frozen=True, dict=True):
    """A folder with its smsform.yaml, read and checked; definitions are read on use."""

    config: Config
    specs: Mapping[str, ProviderSpec]

    @classmethod
    def load(
        cls, root: Path | str = ".", environ: Mapping[str, str] | None = None
    ) -> Self:
        """Read ``smsform.yaml`` in *root*: the only place where that is done.

        *environ* replaces the environment variables it looks at. ConfigError where
        there is none, DefinitionError for what is wrong in it.
        """
        environ = os.environ if environ is None else environ
        return cls(load(Path(root), environ, specs()), specs())

    @cached_property
    def listed(self) -> Listed:
        """The definition files, as they were found when this was first asked.

        By path below the root; and the patterns that found none.
        """
        return project_files(self.config.root, self.config.definitions)

    @cached_property
    def definitions(self) -> Definitions:
        """What the definition files say, and what is wrong with them (SF1xx)."""
        return load_definitions(self.config, self.specs, listed=self.listed)

    def definitions_of(self, files: Collection[str]) -> Definitions:
        """The definitions of some files only, by path below the root."""
        return load_definitions(self.config, self.specs, files, self.listed)

    def checked(self) -> Definitions:
        """The definitions; DefinitionError when one of their problems is an error."""
        raise_errors(self.definitions.problems)
        return self.definitions

    def spec(self, name: str) -> ProviderSpec:
        """The card of a configured provider."""
        return self.specs[self.config.providers[name].type]

    def titles(self) -> dict[str, str]:
        """What the service of each configured provider is called."""
        return {name: tell(self.spec(name).title) for name in self.config.providers}

    def providers(self, only: Collection[str] = ()) -> list[str]:
        """The configured providers, or those of *only*, in file order.

        WrongUsage for one that is not configured; every choice of providers is made
        here.
        """
        for name in only:
            if name not in self.config.providers:
                known = ", ".join(self.config.providers)
                what = say("cli.no_provider", name=name)
                raise WrongUsage("--provider", what, say("cli.known", known=known))
        return [name for name in self.config.providers if not only or name in only]


def raise_errors(problems: Sequence[Problem]) -> None:
    """Raise DefinitionError when one of *problems* is an error."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise DefinitionError(errors)


def is_known(project: Workspace, definitions: Definitions) -> bool:
    """Whether all rules are from this package: edits of other packages go unnoticed."""
    types = {each.type for each in project.config.providers.values()}
    for group in (definitions.signatures, definitions.templates):
        for each in group.values():
            types.update(each.overrides)
    return all(map(ships, types))


def state_files(project: Workspace) -> list[Path]:
    """The files of ``open_store``."""
    from smsform.emulation import state_path

    return [project.config.state, state_path(project.config.root)]


def open_store(project: Workspace) -> StateStore:
    """Where the state is kept; emulated providers have a file of their own."""
    from smsform.emulation import state_path
    from smsform.state import FileState, SplitState

    config = project.config
    emulated = [name for name, each in config.providers.items() if each.emulated]
    others = config.providers.keys() - {*emulated}
    committed = FileState(config.state)
    apart = FileState(state_path(config.root))
    return SplitState(committed, apart, emulated, others)


def load_state(project: Workspace, store: StateStore) -> State:
    """The state, checked for providers that ``smsform.yaml`` does not have."""
    from smsform.emulation import state_path
    from smsform.state import State

    state = store.load()
    config, blocks = project.config, state.blocks
    strange = {n: each for n, each in blocks.items() if n not in config.providers}
    for address in State(strange).addresses():
        emulated = strange[address.provider].identity.endpoint == "emulator"
        raise StateError(
            "damaged",
            path=state_path(config.root) if emulated else config.state,
            what=say("state.no_provider", address=address, provider=address.provider),
            todo=say("state.no_provider_hint", provider=address.provider),
        )
    return state


@contextmanager
def locked(store: StateStore) -> Iterator[None]:
    """Hold the lock of the state during the block."""
    try:
        with held():  # a signal now would leave the lock's file behind
            store.lock()
        yield
    finally:
        with held():
            store.unlock()
