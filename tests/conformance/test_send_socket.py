"""A send over a real socket: a lost reply is not made up for by another request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from conformance.project import Project
from conformance.sendable import SENDING, a_project, actions, sent
from smsform.clock import SystemClock
from smsform.emulation.faults import FaultKind
from smsform.emulation.server import Server, serve
from smsform.errors import Unclear
from smsform.project.message import find_address, prepare
from smsform.project.workspace import Workspace, load_state, open_store
from smsform.provider import Connection
from smsform.registry import specs
from smsform.sending import SendingAccount

NUMBERS = [f"+86139001390{n:02}" for n in range(12)]
LOST = [
    FaultKind.DROP_AFTER,
    FaultKind.UNAVAILABLE_AFTER,
    FaultKind.NOT_JSON,
    FaultKind.NO_PAYLOAD,
]


class Served:
    """A project, its emulator on a socket, and an account that sends there."""

    def __init__(self, project: Project) -> None:
        self.project = project
        opened = Workspace.load(project.root)
        state = load_state(opened, open_store(opened))
        self.message = prepare(opened, state, find_address(opened, "shipped"))
        spec, config = opened.spec("p"), opened.config.providers["p"]
        app = spec.emulator(project.store, project.clock, config)
        self.server: Server = serve(app)
        host = self.server.url.partition("://")[2]
        connection = Connection(
            replace(config, endpoint=host),
            os.environ,
            project.root,
            SystemClock(),
            credentials=spec.demo,
        )
        assert spec.open_sending is not None
        self.account: SendingAccount = spec.open_sending(connection)


@pytest.fixture(params=SENDING)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Each service that sends, on a port of its own."""
    assert specs()[request.param].open_sending
    served = Served(a_project(tmp_path, request.param))
    yield served
    served.server.stop()


def test_a_lost_reply_is_one_message(served: Served) -> None:
    """On a connection that was kept, as on a new one; the caller hears: unclear."""
    action = actions(served.project.type)["send"]
    for number, kind in zip(NUMBERS, LOST * 3, strict=True):
        served.project.fault(kind, action)
        outgoing = served.message.outgoing([number], f"token-{number}")
        with pytest.raises(Unclear):
            served.account.send(outgoing)
    assert sorted(m.number for m in sent(served.project)) == NUMBERS


def test_a_send_that_is_throttled_is_not_made_again(served: Served) -> None:
    """Neither at once nor later: there is one call in the log."""
    from smsform.emulation.calls import recorded
    from smsform.errors import Refused, Scope

    action = actions(served.project.type)["send"]
    served.project.fault(FaultKind.THROTTLE, action, times=9)
    with pytest.raises(Refused) as caught:
        served.account.send(served.message.outgoing([NUMBERS[0]], "token"))
    assert caught.value.scope is Scope.THROTTLE
    calls = [call for call in recorded(served.project.store) if call.action == action]
    assert len(calls) == 1
