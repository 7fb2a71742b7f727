"""Put the rooms together: a project, its state, its opened accounts, a plan."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsform.clock import Clock, SystemClock
from smsform.config import Config, load
from smsform.definitions import Definitions
from smsform.definitions import load as load_definitions
from smsform.errors import (
    ConfigError,
    DefinitionError,
    Level,
    Problem,
    SmsformError,
    StateError,
)
from smsform.model import Address, Desired, Identity, Kind, Reading
from smsform.plan import (
    SUBMISSIONS,
    Options,
    Plan,
    ProviderPlan,
    Verdict,
    provider_plan,
    reconcile,
)
from smsform.provider import (
    CallRecord,
    Connection,
    Context,
    Provider,
    ProviderConfig,
    ProviderSpec,
)
from smsform.registry import specs
from smsform.state import Block, FileState, SplitState, State, StateStore
from smsform.words import say

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

EMULATED = Path(".smsform")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder's configuration and definitions, free of SF1xx errors."""

    config: Config
    definitions: Definitions
    specs: Mapping[str, ProviderSpec]

    def spec(self, name: str) -> ProviderSpec:
        """The card of a configured provider."""
        return self.specs[self.config.providers[name].type]

    def providers(self, only: Collection[str] = ()) -> list[str]:
        """The configured providers, or those of *only*, in file order."""
        for name in only:
            if name not in self.config.providers:
                known = ", ".join(self.config.providers)
                what = say("cli.no_provider", name=name)
                raise ConfigError("--provider", what, say("cli.known", known=known))
        return [name for name in self.config.providers if not only or name in only]


@dataclass(frozen=True, slots=True)
class Account:
    """An opened provider and the clock its time runs on."""

    config: ProviderConfig
    spec: ProviderSpec
    provider: Provider
    clock: Clock


@dataclass(frozen=True, slots=True)
class Part:
    """One provider's plan together with what it was made from."""

    plan: ProviderPlan
    verdicts: tuple[Verdict, ...] = ()
    account: Account | None = None
    reading: Reading | None = None


def open_project(settings: Mapping[str, Any]) -> Project:
    """Load the project of the ``-C`` folder; DefinitionError when it has errors."""
    config = load(Path(settings["directory"]), os.environ, specs())
    definitions = load_definitions(config, specs())
    raise_errors(definitions.problems)
    return Project(config, definitions, specs())


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
    apart = FileState(config.root / EMULATED / "emulator.state.json")
    return SplitState(committed, apart, emulated)


def load_state(project: Project, store: StateStore) -> State:
    """The state, checked for providers that ``smsform.yaml`` does not have."""
    state = store.load()
    for address in state.addresses():
        if address.provider not in project.config.providers:
            raise StateError(
                "damaged",
                path=project.config.state,
                what=say(
                    "state.no_provider", address=address, provider=address.provider
                ),
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


def open_account(
    project: Project, name: str, on_call: Callable[[CallRecord], None] | None = None
) -> Account:
    """Open a provider: the service, or the emulator in this very process."""
    config, spec = project.config.providers[name], project.spec(name)
    clock: Clock = SystemClock()
    adapter: BaseAdapter | None = None
    if config.emulated:
        from smsform.emulation.adapter import EmulatorAdapter
        from smsform.emulation.clock import VirtualClock
        from smsform.emulation.store import Store

        store = Store(emulator_path(project.config))
        clock = VirtualClock(store)
        adapter = EmulatorAdapter(spec.emulator(store, clock, config))
    connection = Connection(
        config=config,
        environ=os.environ,
        home=Path.home(),
        clock=clock,
        adapter=adapter,
        credentials=spec.demo if config.emulated else None,
        on_call=on_call,
    )
    provider = spec.connect(connection)
    _expect(config, provider.identity())
    return Account(config, spec, provider, clock)


def emulator_path(config: Config) -> Path:
    """The store every emulated provider of a project shares."""
    return config.root / EMULATED / "emulator.sqlite"


def _expect(config: ProviderConfig, identity: Identity) -> None:
    known = identity.account
    if config.expect_account and known and known != config.expect_account:
        what = say("cli.other_account", found=known, expected=config.expect_account)
        raise ConfigError(f"providers.{config.name}", what)


def desired_of(project: Project, name: str) -> dict[Address, Desired]:
    """What one provider should have, in definition order, signatures first."""
    config, spec = project.config.providers[name], project.spec(name)
    context = Context(config, _evidence(project.config))
    definitions = project.definitions
    found: dict[Address, Desired] = {}
    for kind, group in (
        (Kind.SIGNATURE, definitions.signatures),
        (Kind.TEMPLATE, definitions.templates),
    ):
        for key, each in group.items():
            if each.providers is None or name in each.providers:
                address = Address(name, kind, key)
                found[address] = spec.desired(address, each, context)
    return found


def _evidence(config: Config) -> Callable[[str], tuple[str, str]]:
    root = (config.evidence or config.root).resolve()

    def find(name: str) -> tuple[str, str]:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            what = say("cli.evidence_outside", path=name)
            raise ConfigError("evidence", what, say("cli.evidence_hint", root=root))
        try:
            return str(path), hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return str(path), ""

    return find


def plan_part(
    project: Project, name: str, state: State, options: Options, on_call: Any = None
) -> Part:
    """Read one provider and plan it; an error becomes the part's error."""
    identity = Identity(project.config.providers[name].type)
    block = state.blocks.get(name, Block(identity))
    try:
        account = open_account(project, name, on_call)
        identity = account.provider.identity()
        block = _same_block(project, name, state, account)
        desired = desired_of(project, name)
        reading = account.provider.read(block.known())
        now = account.clock.now()
        fresh = reconcile(name, block, reading, desired, account.spec, now)
        part = provider_plan(
            account.config, account.spec, identity, desired, reading, fresh.block,
            project.config.policy.retire_after, replace(options, now=now),
        )  # fmt: skip
    except SmsformError as error:
        return Part(ProviderPlan(name, identity, block, error=error))
    return Part(part, fresh.verdicts, account, reading)


def _same_block(project: Project, name: str, state: State, account: Account) -> Block:
    """The remembered block; StateError when it is of another account or place."""
    identity = account.provider.identity()
    emulated = account.config.emulated
    identity = identity._replace(endpoint="emulator" if emulated else "service")
    block = state.blocks.get(name)
    if block is None:
        return Block(identity)
    for field, remembered, current in zip(
        identity._fields, block.identity, identity, strict=True
    ):
        if remembered and current and remembered != current:
            raise StateError(
                "foreign", path=project.config.state, provider=name, field=field,
                remembered=remembered, current=current,
            )  # fmt: skip
    merged = [now or was for was, now in zip(block.identity, identity, strict=True)]
    return replace(block, identity=Identity(*merged))


def make_parts(
    project: Project,
    state: State,
    options: Options,
    only: Collection[str] = (),
    on_call: Any = None,
) -> list[Part]:
    """Plan every provider, side by side; one failing does not stop the others."""
    names = project.providers(only)
    if len(names) == 1:
        return [plan_part(project, names[0], state, options, on_call)]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(names) or 1) as pool:
        return list(
            pool.map(lambda n: plan_part(project, n, state, options, on_call), names)
        )


def combined(parts: Sequence[Part], options: Options) -> Plan:
    """The providers' parts as one plan."""
    return Plan(tuple(part.plan for part in parts), options)


def lint_submissions(project: Project, plan: Plan) -> tuple[Problem, ...]:
    """Judge what would be submitted by every rule; DefinitionError for an error.

    What is settled at the service is not judged again: rules change, approved texts
    stay.
    """
    keys = {
        (line.kind, line.address.key)
        for line in plan.lines
        if line.action in SUBMISSIONS
    }
    if not keys:
        return ()
    from smsform.validate import check

    definitions = replace(
        project.definitions,
        templates={
            key: each
            for key, each in project.definitions.templates.items()
            if (Kind.TEMPLATE, key) in keys
        },
        problems=(),
    )
    problems = check(definitions, project.config, project.specs)
    raise_errors(problems)
    return problems
