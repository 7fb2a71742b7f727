"""Asking services for their first pages while the state and the definitions are read.

Over a network these come last: nothing takes as long as a service's pace. A look at the
state file tells whom to ask, and how many pages there will be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Event
from typing import TYPE_CHECKING, overload

from msgspec.structs import replace

from smsform.errors import SmsformError, WrongUsage
from smsform.model import Identity, Kind
from smsform.project.accounts import (
    OpenedAccount,
    open_account,
    pool_for,
    same_block,
)
from smsform.project.connections import TellCall
from smsform.project.workspace import Workspace, load_state
from smsform.state import Block, State

if TYPE_CHECKING:
    from concurrent.futures import Future

    from smsform.state import StateStore

Known = Mapping[Kind, Sequence[str]]


class ExpectedIds(Sequence[str]):
    """Ids that are still being read: how many there are is known, about.

    Whoever wants to see one waits.
    """

    def __init__(self, number: int, kind: Kind, known: Future[Known]) -> None:
        self._number, self._kind, self._known = number, kind, known

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[str]:
        return iter(self._known.result()[self._kind])

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._known.result()[self._kind][index]


@contextmanager
def read_ahead(
    project: Workspace,
    store: StateStore,
    only: Collection[str],
    on_call: TellCall = None,
    meanwhile: Callable[[], object] = bool,
) -> Iterator[tuple[State, Mapping[str, OpenedAccount]]]:
    """The state, and accounts whose reading is under way.

    *meanwhile* is done before the state is read, where that does not hold up a reading.
    The readings are dropped when the block ends in an error, or the state has one. A
    provider that cannot be opened is left out: whoever needs it will get the error.
    """
    try:
        names = project.providers(only)
    except WrongUsage:
        load_state(project, store)  # its error comes first
        raise
    given_up = Event()
    accounts: dict[str, OpenedAccount] = {}
    waiting: dict[str, Future[Known]] = {}

    with pool_for(project, names) as running:

        def begin(name: str, state: State, known: Known | None = None) -> None:
            with suppress(SmsformError):
                account = open_account(
                    project, name, on_call, lambda: not given_up.is_set()
                )
                block = same_block(project, name, state, account)
                ids = block.known() if known is None else known
                ahead = running.submit(account.provider.read, ids)
                accounts[name] = replace(account, ahead=ahead)

        try:
            for name, seen in store.glimpse(project.config.providers).items():
                if name in names:
                    from concurrent.futures import Future

                    waiting[name] = Future()
                    ids = {
                        kind: ExpectedIds(number, kind, waiting[name])
                        for kind, number in seen.entries.items()
                    }
                    begin(name, State({name: Block(seen.identity)}), ids)
            if accounts.keys() == set(names):
                meanwhile()
            state = load_state(project, store)
            for name in names:
                if name in waiting:
                    nothing = Block(Identity(project.config.providers[name].type))
                    known = state.blocks.get(name, nothing).known()
                    waiting[name].set_result(known)
                if name not in accounts:
                    begin(name, state)
            yield state, accounts
        except BaseException:
            given_up.set()
            for each in waiting.values():
                each.cancel()
            raise
