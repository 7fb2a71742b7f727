"""Heads of requests as clients send them, and as they should not; and what follows."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPResponse
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.emulation.bodies import Unreadable
from smsform.emulation.heads import LONGEST_LINE, MOST_HEADERS, read_head
from smsform.emulation.server import Server
from smsform.emulation.service import Service

HOST = b"Host: 127.0.0.1\r\n"
BODY = b"Content-Length: 2\r\n\r\n{}"

tokens = st.from_regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}", fullmatch=True)
values = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20)


@given(
    st.sampled_from(["GET", "POST", "HEAD"]),
    st.lists(st.tuples(tokens, values, st.sampled_from(["", " ", "\t "])), max_size=9),
    st.sampled_from(["\r\n", "\n"]),
    st.integers(0, 9),
)
def test_what_is_written_is_read(
    method: str, headers: list[tuple[str, str, str]], end: str, minor: int
) -> None:
    """Every header with all its values, blanks around them aside, and not a byte
    more."""
    lines = [f"{method} /a%20b?c=%20 HTTP/1.{minor}"]
    lines += [f"{name}:{blank}{value}{blank}" for name, value, blank in headers]
    stream = BytesIO((end.join(lines) + end * 2 + "next").encode())
    head = read_head(stream)
    assert head
    assert head[:4] == (method, "/a b", "c=%20", (1, minor))
    expected: dict[str, list[str]] = {}
    for name, value, _ in headers:
        expected.setdefault(name.lower(), []).append(value)
    assert head.headers == expected
    assert stream.read() == b"next"


@given(st.binary(max_size=80), st.booleans())
def test_noise_is_a_head_or_is_refused(noise: bytes, headed: bool) -> None:
    """Nothing else is raised, whatever arrives."""
    begin = b"POST / HTTP/1.1\r\n" if headed else b""
    with suppress(Unreadable):
        head = read_head(BytesIO(begin + noise))
        assert head is None or head.method == "POST"


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/", ""),
        ("/?a=1&b", "/", "a=1&b"),
        ("//", "/", ""),
        ("/%5Fa/", "/_a/", ""),
        ("http://127.0.0.1/x?y", "/x", "y"),
        ("http://127.0.0.1?y", "/", "y"),
        ("*", "*", ""),
    ],
)
def test_what_is_asked_for(target: str, path: str, query: str) -> None:
    """A path, or a whole address where the emulator is taken for a proxy."""
    head = read_head(BytesIO(f"GET {target} HTTP/1.1\r\n\r\n".encode()))
    assert head
    assert (head.path, head.query) == (path, query)


@pytest.mark.parametrize(
    ("first", "headers", "keeps_open", "awaits"),
    [
        ("HTTP/1.1", "", True, False),
        ("HTTP/1.1", "Connection: close", False, False),
        ("HTTP/1.1", "Connection: TE, Close", False, False),
        ("HTTP/1.1", "Connection: TE\r\nConnection: close", False, False),
        ("HTTP/1.1", "Expect: 100-Continue", True, True),
        ("HTTP/1.0", "", False, False),
        ("HTTP/1.0", "Connection: Keep-Alive", True, False),
        ("HTTP/1.0", "Expect: 100-continue", False, False),
    ],
)
def test_what_a_client_expects(
    first: str, headers: str, keeps_open: bool, awaits: bool
) -> None:
    """As the versions of HTTP differ in it."""
    text = f"POST / {first}\r\n{headers}\r\n\r\n"
    head = read_head(BytesIO(text.encode()))
    assert head
    assert (head.keeps_open, head.awaits_permission) == (keeps_open, awaits)


@pytest.mark.parametrize("data", [b"", b"\r\n", b"POST / HT", b"POST / HTTP/1.1\r\nHo"])
def test_a_head_that_ends_early_is_none(data: bytes) -> None:
    """The client has hung up; nobody waits for an answer."""
    assert read_head(BytesIO(data)) is None


@pytest.fixture
def ask(app: Service) -> Iterator[Callable[[bytes], tuple[list[int], bool]]]:
    """Sends bytes; the statuses of the answers, and whether the connection ended."""
    with Server(app) as server:

        def send(data: bytes) -> tuple[list[int], bool]:
            address = ("127.0.0.1", server.port)
            with closing(socket.create_connection(address, timeout=5)) as client:
                client.sendall(data)
                client.settimeout(0.3)
                answer, ended = b"", False
                try:
                    while piece := client.recv(65536):
                        answer += piece
                    ended = True
                except TimeoutError:
                    pass
            said = re.findall(rb"HTTP/1\.1 ([0-9]{3}) ", answer)
            return [int(status) for status in said], ended

        yield send


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"hello\r\n\r\n", 400),
        (b"GET /\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),  # TLS
        (b"\r\n\r\nPOST / HTTP/1.1\r\n", 400),
        (b"POST /a b HTTP/1.1\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
        (b"post / HTTP/1.1\r\n" + HOST + BODY, 501),
        (b"POST / HTTP/1.1\r\n" + HOST + b"no colon\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length : 2\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"A: b\r\n c\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"A: \0\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"A: b\rC: d\r\n" + BODY, 400),
        (b"POST /" + b"x" * LONGEST_LINE + b" HTTP/1.1\r\n", 414),
        (b"POST / HTTP/1.1\r\nA: " + b"x" * LONGEST_LINE + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\n" + b"A: b\r\n" * MOST_HEADERS + HOST + BODY, 431),
    ],
)
def test_what_is_no_request_is_refused_and_the_connection_ends(
    ask: Callable[[bytes], tuple[list[int], bool]], head: bytes, status: int
) -> None:
    """With the status that says why; what follows is not read."""
    assert ask(head + b"POST / HTTP/1.1\r\n" + HOST + BODY) == ([status], True)


def test_a_connection_lasts_as_the_client_says(
    ask: Callable[[bytes], tuple[list[int], bool]],
) -> None:
    """Requests sent at once are answered in turn, empty lines between them or not."""
    first = b"GET /_smsform/messages HTTP/1.1\r\n" + HOST
    plain, last = first + b"\r\n", first + b"Connection: close\r\n\r\n"
    assert ask(plain + b"\r\n" + plain) == ([200, 200], False)
    assert ask(plain + last + plain) == ([200, 200], True)
    old = first.replace(b"HTTP/1.1", b"HTTP/1.0")
    assert ask(old + b"\r\n") == ([200], True)
    assert ask(old + b"Connection: keep-alive\r\n\r\n") == ([200], False)


def test_a_head_alone_is_answered_by_one(app: Service) -> None:
    """HEAD has the headers of GET and no body, so the next answer is not mistaken."""
    page = b" /_smsform/ HTTP/1.1\r\n" + HOST + b"\r\n"
    with (
        Server(app) as server,
        closing(socket.create_connection(("127.0.0.1", server.port), 5)) as client,
    ):
        lengths = []
        for method in ("HEAD", "GET", "HEAD", "GET"):
            client.sendall(method.encode() + page)
            reply = HTTPResponse(client, method=method)
            reply.begin()
            assert reply.status == 200
            body = reply.read()
            assert bool(body) is (method == "GET")
            lengths.append(reply.headers["Content-Length"])
        assert set(lengths) == {str(len(body))}
