"""Opening the accounts of a project; the state that is remembered of each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from smsform.account.pool import InTurn, Made, threads
from smsform.card import ProviderSpec
from smsform.clock import Clock
from smsform.emulation import state_path
from smsform.errors import ConfigError, SmsformError, StateError
from smsform.model import Identity, Reading
from smsform.project.connections import TellCall, TellReply, connection_to
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


def opened(project: Workspace, name: str, on_call: TellCall) -> Opened:
    """The account of provider *name*, or why it cannot be opened."""
    try:
        return open_account(project, name, on_call)
    except SmsformError as error:
        return error.with_traceback(None)


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


def pool_for(
    project: Workspace, names: Collection[str]
) -> AbstractContextManager[ThreadPoolExecutor | InTurn]:
    """A thread for each of the accounts; none where all are in this process."""
    here = all(project.config.providers[name].emulated for name in names)
    return InTurn() if here else threads(len(names))
