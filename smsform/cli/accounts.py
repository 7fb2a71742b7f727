"""Open accounts, read them and plan them: one provider after the other, or at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.cli.compose import Project
from smsform.clock import Clock, SystemClock
from smsform.config import Config
from smsform.errors import ConfigError, SmsformError, StateError
from smsform.model import Address, Desired, Identity, Kind, Reading
from smsform.plan import (
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
from smsform.state import Block, State
from smsform.words import say

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

OnCall = Callable[[CallRecord], None] | None


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


def open_account(project: Project, name: str, on_call: OnCall = None) -> Account:
    """Open a provider: the service, or the emulator in this very process."""
    config, spec = project.config.providers[name], project.spec(name)
    clock: Clock = SystemClock()
    adapter: BaseAdapter | None = None
    if config.emulated:
        from smsform.emulation import store_path
        from smsform.emulation.adapter import EmulatorAdapter
        from smsform.emulation.clock import VirtualClock
        from smsform.emulation.store import Store

        store = Store(store_path(project.config.root))
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
    project: Project, name: str, state: State, options: Options, on_call: OnCall = None
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
    on_call: OnCall = None,
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
