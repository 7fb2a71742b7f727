"""Receipts pushed to a URL: they can be read; what is not taken comes again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from conformance.project import Project
from conformance.sendable import NUMBER, SENDING, a_project, actions
from smsform import Project as LoadedProject
from smsform.emulation.service import Service
from smsform.project.emulators import make_service

HOURS = 12 * 3600.0


class Receiver:
    """A customer's server on loopback: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, bytes]] = []
        self.answer = b""
        receiver = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.told.append((self.path, self.headers["Content-Type"], body))
                self.send_response(200)
                self.send_header("Content-Length", str(len(receiver.answer)))
                self.end_headers()
                self.wfile.write(receiver.answer)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.http = HTTPServer(("127.0.0.1", 0), Answering)
        self.thread = Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/hooks/sms?shop=1"

    def taken(self) -> list[tuple[str, str, bytes]]:
        """What it was told since the last time."""
        found, self.told = self.told, []
        return found


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Listens until the test is over."""
    made = Receiver()
    yield made
    made.http.shutdown()
    made.thread.join()
    made.http.server_close()


@pytest.fixture(params=SENDING)
def project(
    request: pytest.FixtureRequest, tmp_path: Path, receiver: Receiver
) -> Project:
    """Approved templates at one service, which tells *receiver* of receipts."""
    return a_project(tmp_path, request.param, push_receipts=receiver.url)


def service(project: Project) -> Service:
    """The project's emulator, as its smsform.yaml has it now."""
    config = LoadedProject.load(project.root).config.providers["p"]
    return make_service(project.store, project.clock, config)


def tick(project: Project, seconds: float) -> None:
    """Let time pass at the emulator, which then does what is due."""
    project.clock.sleep(seconds)
    service(project).tick()


def send(project: Project) -> None:
    """One message, which arrives three seconds later."""
    done = project("send", "pickup", "--to", NUMBER, "--yes")
    assert done.code == 0, done.err


def test_what_is_pushed_is_taken_once_and_can_be_read(
    project: Project, receiver: Receiver, tmp_path: Path
) -> None:
    """The path and its query as given; nothing before the receipt, nothing after."""
    receiver.answer = json.dumps(actions(project.type)["taken"]).encode()
    send(project)
    tick(project, 1)
    assert receiver.taken() == []
    tick(project, 5)
    [(path, kind, body)] = receiver.taken()
    assert path == "/hooks/sms?shop=1"
    assert kind.startswith("application/json")
    tick(project, HOURS)
    assert receiver.taken() == []
    pushed = tmp_path / "pushed.json"
    pushed.write_bytes(body)
    told = project("receipts", "--ingest", str(pushed), "--format", "json")
    assert told.code == 0, told.err
    assert [each["delivery"] for each in told.json["receipts"]] == ["delivered"]
    assert NUMBER not in told.out


@pytest.mark.parametrize("answer", [b"thanks", b"", b'{"code":"0","result":"0"}'])
def test_what_is_not_taken_comes_again_and_then_never(
    answer: bytes, project: Project, receiver: Receiver
) -> None:
    """The same, as often as the service tries; text is no number."""
    receiver.answer = answer
    send(project)
    retries = service(project).retries
    tries = 0
    bodies: set[bytes] = set()
    for pause in (5.0, *(seconds + 1 for seconds in retries), HOURS):
        tick(project, pause)
        found = receiver.taken()
        tries += len(found)
        bodies |= {body for _, _, body in found}
    if answer == b"":  # an answer without a body is taken where documents say no more
        assert tries in (1, 1 + len(retries))
    else:
        assert tries == 1 + len(retries)
    assert len(bodies) == 1


def test_a_closed_port_loses_nothing(project: Project, receiver: Receiver) -> None:
    """Nobody listens at first: it is told when somebody does."""
    receiver.answer = json.dumps(actions(project.type)["taken"]).encode()
    url, project.settings["push_receipts"] = receiver.url, "http://127.0.0.1:9/x"
    project.write()
    send(project)
    tick(project, 5)
    project.settings["push_receipts"] = url
    project.write()
    retries = service(project).retries
    tick(project, retries[0] + 1)
    assert len(receiver.taken()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:abc/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:9/推送",
        "http://127.0.0.1:9/a b",
        "http://user:secret@127.0.0.1:9/",
        "http://192.0.2.1/",
        "https://127.0.0.1/",
    ],
)
def test_where_nothing_can_be_pushed_is_refused_at_once(
    url: str, project: Project
) -> None:
    """Not by the call whose push it would be."""
    project.settings["push_receipts"] = url
    project.write()
    result = project("emulate", "set", "p", "push_receipts", url)
    assert result.code == 1
    assert "push_receipts" in result.err
    result = project("send", "pickup", "--to", NUMBER, "--yes")
    assert result.code == 1
    assert "push_receipts" in result.err
