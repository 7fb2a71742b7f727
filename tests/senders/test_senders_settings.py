"""What a module is told: a client of the caller's own, a proxy, a temporary token."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from scripts import LANGUAGES, Job, told
from sender_cases import DIGITS, service
from sender_worlds import World, demo_keys
from workshops import Case

PROVIDERS = sorted(DIGITS)
PAIRS = [(language, p) for language in LANGUAGES for p in PROVIDERS]
PROXIED = [(each, p) for each, p in PAIRS if each not in service(p).unproxied]
PAST = [pair for pair in PAIRS if pair not in PROXIED]
TOKEN = "made-up-temporary-token"
pytestmark = pytest.mark.judge


@contextmanager
def proxy(target: int) -> Iterator[tuple[str, bytearray]]:
    """A proxy before *target*, a port, and what clients wrote to it."""
    seen = bytearray()

    def relay(client: socket.socket) -> None:
        """Answer CONNECT, then pass on whatever comes."""
        with client, socket.create_connection(("127.0.0.1", target)) as service:
            first = client.recv(65536)
            seen.extend(first)
            if first.startswith(b"CONNECT"):
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                service.sendall(first)
            back = threading.Thread(target=pump, args=(service, client), daemon=True)
            back.start()
            pump(client, service, seen)
            back.join(5)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:  # closed: the test is over
                    return
                threading.Thread(target=relay, args=(client,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen


def pump(
    source: socket.socket, sink: socket.socket, seen: bytearray | None = None
) -> None:
    """Bytes from one to the other until the source has no more."""
    try:
        while data := source.recv(65536):
            if seen is not None:
                seen.extend(data)
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return


def case_of(world: World, provider: str) -> Case:
    """A module and one call."""
    send = world.sends(provider, DIGITS[provider])[0]
    sender = world.sender(provider)
    return Case(f"set_{provider}", sender, service(provider).templates, [send])


@pytest.mark.parametrize(("language", "provider"), PROXIED)
def test_a_proxy_and_a_temporary_token(
    language: str, provider: str, world: World, tmp_path: Path
) -> None:
    """Calls go through the proxy; a token is sent beside a key pair handed in.

    The emulators know no temporary keys: they refuse the token, so it has arrived.
    """
    case, keys = case_of(world, provider), demo_keys(world.project)
    names = service(provider).keys
    pair = {"id": keys[names.id], "secret": keys[names.secret]}
    endpoint = f"http://127.0.0.1:{world.ports[provider]}"
    world.forget()
    with proxy(world.ports[provider]) as (url, seen):
        settings = {"endpoint": endpoint, "proxy": url, "credentials": pair}
        handed = {**settings, "credentials": {**pair, "token": TOKEN}}
        there = {**keys, names.tokens[0]: TOKEN}
        jobs = [Job(settings, {}), Job(handed, {}), Job({"endpoint": endpoint}, there)]
        first, *others = told(language, tmp_path, case, jobs)
    assert first.get("ok") is True, first
    send = case.sends[0]
    assert world.received(provider) == {send.number: send.expected}
    assert world.count(provider) == 1
    for refused in others:
        assert refused.get("error") == "SendFailed"
        assert "Token" in refused["text"]
        assert "it was not sent" in refused["text"]
        assert TOKEN not in refused["text"]
    assert TOKEN.encode() in seen
    assert endpoint.removeprefix("http://").encode() in seen.splitlines()[0]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_of_the_callers_own(
    language: str, provider: str, world: World, tmp_path: Path
) -> None:
    """It gets the request, once, without keys; its error is quoted by nobody."""
    case = case_of(world, provider)
    world.forget()
    (answer,) = told(language, tmp_path, case, [Job({}, {}, client="refusing")])
    ((_, given),) = answer["calls"]
    send = case.sends[0]
    for part in (send.function.id, send.function.signature, *send.values.values()):
        assert part in given
    assert answer["error"] == "SendFailed"
    assert send.number[1:] not in answer["text"]
    assert "13800138000" not in answer["text"]
    assert world.count(provider) == 0


@pytest.mark.parametrize(("language", "provider"), PAST)
def test_a_proxy_that_the_sdk_would_go_past_is_refused(
    language: str, provider: str, world: World, tmp_path: Path
) -> None:
    """Nothing is called, neither through the proxy nor without it."""
    case, keys = case_of(world, provider), demo_keys(world.project)
    world.forget()
    with proxy(world.ports[provider]) as (url, seen):
        endpoint = f"http://127.0.0.1:{world.ports[provider]}"
        job = Job({"endpoint": endpoint, "proxy": url}, keys)
        (answer,) = told(language, tmp_path, case, [job])
    assert answer["error"] == "TypeError"
    assert answer["text"].startswith("proxy: ")
    assert (world.count(provider), seen) == (0, b"")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_client_that_goes_on_to_the_service(
    provider: str, world: World, tmp_path: Path
) -> None:
    """It is called once, and what it answers is read as the service's answer."""
    case, keys = case_of(world, provider), demo_keys(world.project)
    at = {"endpoint": f"http://127.0.0.1:{world.ports[provider]}"}
    world.forget()
    (answer,) = told("python", tmp_path, case, [Job(at, keys, client="through")])
    send = case.sends[0]
    assert answer.get("ok") is True, answer
    assert len(answer["calls"]) == 1
    assert world.received(provider) == {send.number: send.expected}
