"""Every provider's part of a plan: its account is read and compared, in parallel.

Loaded when the first pages are asked for already: what compares takes longer to load
than to run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from smsform.errors import SmsformError
from smsform.model import Identity, Reading
from smsform.plan import NO_USES, InUse, Options, Plan, ProviderPlan
from smsform.plan.build import provider_plan
from smsform.plan.reconcile import Verdict, reconcile
from smsform.project.accounts import (
    Opened,
    OpenedAccount,
    opened,
    pool_for,
    same_block,
)
from smsform.project.connections import TellCall
from smsform.project.deliveries import Ask, ask_nothing, with_deliveries
from smsform.project.desired.source import DesiredSource, FullyRead
from smsform.project.plan_settings import claimed, moving, plan_settings
from smsform.project.workspace import Workspace
from smsform.state import Block, State


class PlannedAccount(Struct, frozen=True):
    """One provider's plan together with what it was made from."""

    plan: ProviderPlan
    verdicts: tuple[Verdict, ...] = ()
    account: OpenedAccount | None = None
    reading: Reading | None = None


def make_parts(
    project: Workspace,
    state: State,
    options: Options,
    only: Collection[str] = (),
    on_call: TellCall = None,
    ahead: Mapping[str, OpenedAccount] = MappingProxyType({}),
    ask: Ask = ask_nothing,
    source: DesiredSource | None = None,
) -> list[PlannedAccount]:
    """Plan every provider in parallel; a failing one does not stop the others.

    A provider without any target is neither read nor planned. Accounts in *ahead* are
    used again, with what they used of their pace. *ask* names entries of a block whose
    delivery is asked about in any case. All definitions are read, unless there is a
    *source* already.
    """
    source = source or FullyRead(project)
    names, targeted = project.providers(only), {at.provider for at in options.targets}
    names = [name for name in names if name in targeted] or names
    # Opening imports modules: two threads that import the same ones first may see them
    # half loaded.
    accounts: dict[str, Opened] = {
        name: ahead.get(name) or opened(project, name, on_call) for name in names
    }

    in_use = _in_use(project, state, names)

    def plan(name: str) -> PlannedAccount:
        return _plan_part(
            project, name, state, options, accounts[name], in_use, ask, source
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


def _plan_part(
    project: Workspace,
    name: str,
    state: State,
    options: Options,
    account: Opened,
    in_use: InUse,
    ask: Ask,
    source: DesiredSource,
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
        desired, directives = source.of(name), source.directives
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
        # The frames it came through would keep the account open as long as the plan.
        error = error.with_traceback(None)
        listed = reading.listed if reading else None
        part = ProviderPlan(name, identity, block, listed=listed, error=error)
        return PlannedAccount(part)
    return PlannedAccount(part, fresh.verdicts, account, reading)


def combined(parts: Sequence[PlannedAccount], options: Options) -> Plan:
    """The providers' parts as one plan."""
    return Plan(tuple(part.plan for part in parts), options)
