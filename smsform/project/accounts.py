"""Opening, reading and planning the accounts of a project, in parallel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from smsform.account.pool import InTurn, Made, threads
from smsform.card import ProviderSpec
from smsform.clock import Clock
from smsform.emulation import state_path
from smsform.errors import ConfigError, SmsformError, StateError
from smsform.model import Identity, Reading
from smsform.plan import (
    NO_USES,
    InUse,
    Options,
    Plan,
    ProviderPlan,
    Verdict,
    provider_plan,
    reconcile,
)
from smsform.project.connections import TellCall, TellReply, connection_to
from smsform.project.deliveries import Ask, ask_nothing, with_deliveries
from smsform.project.plan_settings import claimed, moving, plan_settings
from smsform.project.wants.wanted import FullyRead, Wanted
from smsform.project.workspace import Workspace
from smsform.provider import Provider, ProviderConfig
from smsform.state import Block, State
from smsform.words import say

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class OpenedAccount(Struct, frozen=True):
    """An opened account and the clock its times are by.

    ``ahead`` is a reading that is under way already.
    """

    config: ProviderConfig
    spec: ProviderSpec
    provider: Provider
    clock: Clock
    ahead: Future[Reading] | Made[Reading] | None = None

    def read(self, block: Block) -> Reading:
        """The provider's entries, those of *block* included."""
        if self.ahead is not None:
            return self.ahead.result()
        return self.provider.read(block.known())


class PlannedAccount(Struct, frozen=True):
    """One provider's plan together with what it was made from."""

    plan: ProviderPlan
    verdicts: tuple[Verdict, ...] = ()
    account: OpenedAccount | None = None
    reading: Reading | None = None


Opened = OpenedAccount | SmsformError  # an account, or why it cannot be opened


def open_account(
    project: Workspace,
    name: str,
    on_call: TellCall = None,
    wanted: Callable[[], bool] | None = None,
    on_reply: TellReply = None,
) -> OpenedAccount:
    """Open the account of provider *name*: at its service, or at the built-in emulator.

    Once *wanted* returns False, calls that wait for their turn are not made. *on_reply*
    gets every reply.
    """
    spec = project.spec(name)
    connection = connection_to(project, name, on_call, wanted, on_reply)
    provider = spec.connect(connection)
    _expect(connection.config, provider.identity())
    return OpenedAccount(connection.config, spec, provider, connection.clock)


def _expect(config: ProviderConfig, identity: Identity) -> None:
    expected, known = config.expect_account, identity.account
    if not expected or known == expected or config.emulated:
        return
    where = f"providers.{config.name}.expect_account"
    if not known:  # a promise nobody can keep must not look kept
        hint = say("cli.account_untold_hint")
        raise ConfigError(where, say("cli.account_untold"), hint)
    raise ConfigError(where, say("cli.other_account", found=known, expected=expected))


def _opened(project: Workspace, name: str, on_call: TellCall) -> Opened:
    try:
        return open_account(project, name, on_call)
    except SmsformError as error:
        return error


def _plan_part(
    project: Workspace,
    name: str,
    state: State,
    options: Options,
    account: Opened,
    in_use: InUse,
    ask: Ask,
    wanted: Wanted,
) -> PlannedAccount:
    """Read one provider and plan it; an error becomes the plan's ``error``."""
    identity = Identity(project.config.providers[name].type)
    block = state.blocks.get(name, Block(identity))
    reading: Reading | None = None
    try:
        if isinstance(account, SmsformError):
            raise account
        identity = account.provider.identity()
        block = same_block(project, name, state, account)
        desired, directives = wanted.of(name), wanted.directives
        reading = claimed(account.provider.fetch, directives, name, account.read(block))
        now = account.clock.now()
        settings = plan_settings(project, name, block, state, directives, in_use)
        decides = settings.delivery_policy.told  # otherwise delivery decides nothing
        reading = with_deliveries(
            account.provider,
            account.spec,
            name,
            block,
            reading,
            desired if decides else {},
            ask(block, now),
        )
        fresh = reconcile(
            name,
            block,
            reading,
            desired,
            account.spec,
            now,
            settings.delivery_policy,
            moving=moving(directives, block),
        )
        part = provider_plan(
            account.config,
            account.spec,
            identity,
            desired,
            reading,
            fresh,
            replace(options, now=now),
            settings,
        )
    except SmsformError as error:
        listed = reading.listed if reading else None
        part = ProviderPlan(name, identity, block, listed=listed, error=error)
        return PlannedAccount(part)
    return PlannedAccount(part, fresh.verdicts, account, reading)


def same_block(
    project: Workspace, name: str, state: State, account: OpenedAccount
) -> Block:
    """The remembered block; StateError when it is of another account or place."""
    return _same_block(project, name, state, account.provider.identity())


def remembered_block(project: Workspace, name: str, state: State) -> Block:
    """The remembered block, without opening the account: only the service is
    compared."""
    identity = Identity(project.config.providers[name].type)
    return _same_block(project, name, state, identity)


def _same_block(
    project: Workspace, name: str, state: State, identity: Identity
) -> Block:
    emulated = project.config.providers[name].emulated
    identity = identity._replace(endpoint="emulator" if emulated else "service")
    block = state.blocks.get(name)
    if block is None:
        return Block(identity)
    if field := block.identity.contradiction(identity):
        path = state_path(project.config.root) if emulated else project.config.state
        raise StateError(
            "foreign",
            path=path,
            provider=name,
            field=field,
            remembered=getattr(block.identity, field),
            current=getattr(identity, field),
        )
    return replace(block, identity=identity.filled(block.identity))


def make_parts(
    project: Workspace,
    state: State,
    options: Options,
    only: Collection[str] = (),
    on_call: TellCall = None,
    opened: Mapping[str, OpenedAccount] = MappingProxyType({}),
    ask: Ask = ask_nothing,
    wanted: Wanted | None = None,
) -> list[PlannedAccount]:
    """Plan every provider in parallel; a failing one does not stop the others.

    A provider without any target is neither read nor planned. Accounts in *opened* are
    used again, with what they used of their pace. *ask* names entries of a block whose
    delivery is asked about in any case. All definitions are read, unless *wanted* is
    known already.
    """
    wanted = wanted or FullyRead(project)
    names, targeted = project.providers(only), {at.provider for at in options.targets}
    names = [name for name in names if name in targeted] or names
    # Opening imports modules: two threads that import the same ones first may see them
    # half loaded.
    accounts: dict[str, Opened] = {
        name: opened.get(name) or _opened(project, name, on_call) for name in names
    }

    in_use = _in_use(project, state, names)

    def plan(name: str) -> PlannedAccount:
        return _plan_part(
            project, name, state, options, accounts[name], in_use, ask, wanted
        )

    if len(names) == 1:
        return [plan(names[0])]
    with pool_for(project, names) as running:
        return list(running.map(plan, names))


def _in_use(project: Workspace, state: State, names: Collection[str]) -> InUse:
    """The ids that stand in source code, where the policy says to look."""
    if not project.config.policy.uses:
        return NO_USES
    from smsform.project.uses import ids_in_use

    return ids_in_use(project, state, names)


def pool_for(project: Workspace, names: Collection[str]) -> ThreadPoolExecutor | InTurn:
    """A thread for each of the accounts; none where all are in this process."""
    here = all(project.config.providers[name].emulated for name in names)
    return InTurn() if here else threads(len(names))


def combined(parts: Sequence[PlannedAccount], options: Options) -> Plan:
    """The providers' parts as one plan."""
    return Plan(tuple(part.plan for part in parts), options)
