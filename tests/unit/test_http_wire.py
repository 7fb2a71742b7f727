"""Bytes of calls on real sockets: what leaves, and what replies of all sorts become."""

from __future__ import annotations

import base64
import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import trustme

from smsform.http import NoReply, Reply, Request
from smsform.http.network import LARGEST_REPLY, Network, fetch

HOST = "sms.example.com"
TIMES = (5.0, 5.0)
OK = b"HTTP/1.1 200 OK\r\n"

Answer = Callable[[bytes], bytes]  # what one read of a connection got -> what to send


@contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Answers whatever arrives at once, on any number of connections; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with suppress(OSError):
            connection.settimeout(5)
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            with connection:
                while asked := connection.recv(65536):
                    connection.sendall(answer(asked))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def whole(body: bytes, *lines: str) -> bytes:
    """A reply of known length."""
    head = "".join(f"{line}\r\n" for line in (*lines, f"Content-Length: {len(body)}"))
    return OK + head.encode() + b"\r\n" + body


def asked(port: int, path: str = "/") -> Reply | None:
    """The reply to a GET; None without one."""
    return fetch(Request("GET", f"http://127.0.0.1:{port}{path}", {}), {}, 5.0)


def test_a_request_leaves_in_one_piece() -> None:
    """The service wakes up once, with head and body."""
    taken: list[bytes] = []

    def answer(asked: bytes) -> bytes:
        taken.append(asked)
        return whole(b"fine")

    body = b'{"Limit": 100}' * 100
    with serving(answer) as port:
        network = Network(f"http://127.0.0.1:{port}", {})
        for _ in range(3):
            request = Request("POST", f"http://127.0.0.1:{port}/?a=%E7%AD%BE", {}, body)
            reply = network.send(request, TIMES)
            assert isinstance(reply, Reply)
            assert reply.body == b"fine"
        network.close()
    assert len(taken) == 3
    for each in taken:
        assert each.startswith(b"POST /?a=%E7%AD%BE HTTP/1.1\r\n")
        assert each.endswith(b"\r\n\r\n" + body)
        assert b"\r\nContent-Length: 1400\r\n" in each


def test_a_query_is_sent_as_it_was_signed() -> None:
    """The service signs the same text again."""
    taken: list[bytes] = []

    def answer(asked: bytes) -> bytes:
        taken.append(asked)
        return whole(b"")

    query = "A=%2F%3A~&B=a%20b+c&C=100%25&D=https%3A%2F%2Fx%2F%3Fy%3D1"
    with serving(answer) as port:
        assert asked(port, f"/?{query}")
    assert taken[0].split()[1] == f"/?{query}".encode()


def test_an_address_may_name_who_asks_and_holds_what_a_path_cannot() -> None:
    """A fragment stays here, other letters are encoded."""
    taken: list[bytes] = []

    def answer(asked: bytes) -> bytes:
        taken.append(asked)
        return whole(b"fine")

    with serving(answer) as port:
        url = f"http://me:word@127.0.0.1:{port}/角 色?a=角#part"
        found = fetch(Request("GET", url, {"X-Own": "1"}), {}, 5.0)
    assert found is not None
    head = taken[0].decode()
    assert head.startswith("GET /%E8%A7%92%20%E8%89%B2?a=%E8%A7%92 HTTP/1.1\r\n")
    assert f"Authorization: Basic {base64.b64encode(b'me:word').decode()}\r\n" in head
    assert "X-Own: 1\r\n" in head


@pytest.mark.parametrize("url", ["http://", "http://*.example.com/", "http://[/"])
def test_an_address_that_is_none_is_not_called(url: str) -> None:
    """Each time it is tried."""
    network = Network("http://127.0.0.1:1", {})
    for _ in range(2):
        reply = network.send(Request("GET", url, {}), TIMES)
        assert isinstance(reply, NoReply)
        assert not reply.executed
    network.close()


def test_a_header_that_begins_with_a_blank_is_not_sent() -> None:
    """Who reads it would leave the blank out, and find another signature."""
    network = Network("http://127.0.0.1:1", {})
    request = Request("GET", "http://127.0.0.1:1/", {"Token": " secret"})
    reply = network.send(request, TIMES)
    assert isinstance(reply, NoReply)
    assert not reply.executed
    network.close()


def test_one_network_keeps_hosts_apart_and_may_be_used_after_it_was_closed() -> None:
    """Connections belong to a host and a port."""
    with (
        serving(lambda asked: whole(b"one")) as one,
        serving(lambda asked: whole(b"two")) as two,
    ):
        network = Network(f"http://127.0.0.1:{one}", {})
        for _ in range(2):
            for port, body in ((one, b"one"), (two, b"two")):
                url = f"http://127.0.0.1:{port}/"
                reply = network.send(Request("GET", url, {}), TIMES)
                assert isinstance(reply, Reply)
                assert reply.body == body
            network.close()


def chunked(body: bytes, *lines: str) -> bytes:
    """A reply in chunks of 1000 bytes, with a trailer."""
    chunks = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    head = "".join(f"{line}\r\n" for line in (*lines, "Transfer-Encoding: chunked"))
    parts = b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in chunks)
    return OK + head.encode() + b"\r\n" + parts + b"0\r\nX-Sum: 1\r\n\r\n"


TEXT = "短信模板".encode() * 5000
REPLIES = {
    "whole": whole(TEXT),
    "chunked": chunked(TEXT),
    "gzip": whole(gzip.compress(TEXT), "Content-Encoding: gzip"),
    "deflate": whole(zlib.compress(TEXT), "Content-Encoding: deflate"),
    "gzip in chunks": chunked(gzip.compress(TEXT), "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("form", REPLIES)
def test_a_reply_is_read_whole_whatever_form_it_has(form: str) -> None:
    """And its connection serves the next call."""
    connections = set()

    def answer(asked: bytes) -> bytes:
        connections.add(threading.get_ident())
        return REPLIES[form]

    with serving(answer) as port:
        network = Network(f"http://127.0.0.1:{port}", {})
        for _ in range(3):
            url = f"http://127.0.0.1:{port}/"
            reply = network.send(Request("GET", url, {}), TIMES)
            assert isinstance(reply, Reply)
            assert reply.body == TEXT
        network.close()
    assert len(connections) == 1


BOMB = b"0" * (LARGEST_REPLY + 1)
TOO_LARGE = {
    "whole": whole(BOMB),
    "chunked": chunked(BOMB),
    "gzip": whole(gzip.compress(BOMB), "Content-Encoding: gzip"),
    "without a length": OK + b"Connection: close\r\n\r\n" + BOMB,
}


def answered(reply: bytes) -> Reply | NoReply:
    """What becomes of a GET that is answered with *reply*."""
    with serving(lambda asked: reply) as port:
        network = Network(f"http://127.0.0.1:{port}", {})
        found = network.send(Request("GET", f"http://127.0.0.1:{port}/", {}), TIMES)
        network.close()
    return found


@pytest.mark.parametrize("form", TOO_LARGE)
def test_a_reply_that_is_too_large_is_none(form: str) -> None:
    """As it is sent, and as it is unpacked; it was sent for, so a write is unclear."""
    reply = answered(TOO_LARGE[form])
    assert isinstance(reply, NoReply)
    assert reply.executed
    assert str(LARGEST_REPLY) in reply.text


BROKEN = {
    "no gzip": whole(TEXT, "Content-Encoding: gzip"),
    "no chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nsome\r\n",
    "no head": b"what?\r\n\r\n",
}


@pytest.mark.parametrize("form", BROKEN)
def test_a_reply_that_cannot_be_read_leaves_open_what_was_done(form: str) -> None:
    """No traceback, and no word of it."""
    reply = answered(BROKEN[form])
    assert isinstance(reply, NoReply)
    assert reply.executed


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """TLS for localhost and HOST, and the file of who signed it."""
    signer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    signer.issue_cert("localhost", HOST).configure_cert(context)
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    signer.cert_pem.write_to_path(str(path))
    return context, str(path)


def test_tls_needs_a_certificate_that_is_trusted(
    authority: tuple[ssl.SSLContext, str],
) -> None:
    """Also when the same host was trusted a moment ago; nothing was sent."""
    context, path = authority
    with serving(lambda asked: whole(b"fine"), context) as port:
        url = f"https://localhost:{port}/"
        for environ, fine in (
            ({"REQUESTS_CA_BUNDLE": path}, True),
            ({}, False),
            ({"CURL_CA_BUNDLE": path}, True),
        ):
            network = Network(url, environ)
            for _ in range(2):
                reply = network.send(Request("POST", url, {}, b"body"), TIMES)
                assert isinstance(reply, Reply) is fine
                assert fine or (isinstance(reply, NoReply) and not reply.executed)
            network.close()


@contextmanager
def proxying(to: int) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that tunnels every host to a port of this machine; what it was asked."""
    greeted: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def tunnel(client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", to)) as service:
            greeted.append(client.recv(65536))
            client.sendall(OK + b"\r\n")
            back = threading.Thread(target=pump, args=(service, client), daemon=True)
            back.start()
            pump(client, service)
            back.join(5)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=tunnel, args=(client,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], greeted
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def test_a_proxy_hears_where_to_and_its_own_password_and_nothing_else(
    authority: tuple[ssl.SSLContext, str],
) -> None:
    """The call goes through it, inside TLS; one tunnel serves several calls."""
    context, path = authority
    taken: list[bytes] = []

    def answer(asked: bytes) -> bytes:
        taken.append(asked)
        return whole(b"fine")

    with serving(answer, context) as port, proxying(port) as (proxy, greeted):
        environ = {
            "HTTPS_PROXY": f"http://me:word@127.0.0.1:{proxy}",
            "REQUESTS_CA_BUNDLE": path,
        }
        network = Network(f"https://{HOST}", environ)
        for _ in range(3):
            url = f"https://{HOST}/?a=1"
            reply = network.send(Request("POST", url, {"X": "signed"}, b"body"), TIMES)
            assert isinstance(reply, Reply)
            assert reply.body == b"fine"
        network.close()
    assert [each.split()[:2] for each in greeted] == [
        [b"CONNECT", f"{HOST}:443".encode()]
    ]
    own = base64.b64encode(b"me:word")
    assert b"Proxy-Authorization: Basic " + own in greeted[0]
    assert b"signed" not in greeted[0]
    assert [each.split()[1] for each in taken] == [b"/?a=1"] * 3
    assert not any(own in each for each in taken)
