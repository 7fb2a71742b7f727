"""A send over a real socket: a lost reply is not made up for by another request."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from conformance.project import Project
from conformance.sendable import SENDING, a_project, actions, sent
from smsform.clock import SystemClock
from smsform.emulation.faults import FaultKind
from smsform.emulation.pushes import PATIENCE
from smsform.emulation.server import Server, serve
from smsform.emulation.settings import scope
from smsform.errors import Unclear, Unreachable
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


@pytest.mark.parametrize("type", SENDING)
def test_who_is_told_may_wait_for_the_answer(type: str, tmp_path: Path) -> None:
    """An application of one thread sends, and listens again when it has its answer."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        url = f"http://127.0.0.1:{busy.getsockname()[1]}/told"
        settings = {"push_receipts": url, "delivery": {"after": "0s"}}
        served = Served(a_project(tmp_path, type, **settings))
        try:
            begun = time.monotonic()
            served.account.send(served.message.outgoing([NUMBERS[0]], "token"))
            assert time.monotonic() - begun < PATIENCE / 2
            busy.settimeout(PATIENCE)
            with busy.accept()[0] as told:
                assert told.recv(1000).startswith(b"POST /told HTTP/1.1")
        finally:
            served.server.stop()


@pytest.mark.parametrize("type", SENDING)
def test_a_setting_that_breaks_while_it_serves_is_said(
    type: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the caller, who gets an answer, and on stderr; mended, all goes on."""
    project = a_project(tmp_path, type)
    served = Served(project)
    try:
        project.store.note(scope("p"), "review", {"script": "review.toml"})
        with pytest.raises((Unclear, Unreachable)) as caught:
            served.account.send(served.message.outgoing([NUMBERS[0]], "token"))
        assert "500" in caught.value.text
        assert "review.toml" in capsys.readouterr().err
        assert sent(project) == []
        (tmp_path / "review.toml").write_text("")
        served.account.send(served.message.outgoing([NUMBERS[0]], "token"))
        assert len(sent(project)) == 1
    finally:
        served.server.stop()
