"""Bodies as clients send them: measured, in chunks, asked for first; bounded."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPResponse
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.emulation.bodies import LARGEST, Unreadable, read_body
from smsform.emulation.server import Server
from smsform.emulation.service import Service


def framed(body: bytes, cuts: list[int], tail: bytes = b"\r\n") -> bytes:
    """*body* in chunks that end where *cuts* say."""
    edges = [0, *sorted({cut for cut in cuts if 0 < cut < len(body)}), len(body)]
    pieces = [
        body[a:b] for a, b in pairwise(edges) if b > a
    ]  # an empty one would be the end
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return chunks + b"0\r\n" + tail


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=9))
def test_chunks_are_put_together(body: bytes, cuts: list[int]) -> None:
    """Wherever they end, and not a byte further."""
    stream = BytesIO(framed(body, cuts) + b"next")
    assert read_body(stream, [], ["chunked"]) == body
    assert stream.read() == b"next"


def test_extensions_and_trailers_are_read_and_left_out() -> None:
    """As RFC 9112 allows them."""
    stream = BytesIO(b'A;name="x"\r\n0123456789\r\n000;last\r\nDigest: x\r\n\r\n')
    assert read_body(stream, [], [" Chunked"]) == b"0123456789"


def test_chunks_of_one_byte_cost_no_more_than_their_number() -> None:
    """A hundred thousand of them are one body."""
    stream = BytesIO(b"1\r\nx\r\n" * 100_000 + b"0\r\n\r\n")
    assert read_body(stream, [], ["chunked"]) == b"x" * 100_000


@pytest.mark.parametrize(
    ("data", "lengths", "codings", "status"),
    [
        (b"", ["x"], [], 400),
        (b"", ["-1"], [], 400),
        (b"", ["1", "2"], [], 400),
        (b"abc", ["4"], [], 400),
        (b"", [str(LARGEST + 1)], [], 413),
        (b"3\r\nabc\r\n0\r\n\r\n", ["3"], ["chunked"], 400),
        (b"3\r\nabc\r\n0\r\n\r\n", [], ["gzip, chunked"], 501),
        (b"3\r\nabc\r\n0\r\n\r\n", [], ["gzip", "chunked"], 501),
        (b"%x\r\n" % (LARGEST + 1), [], ["chunked"], 413),
        (b"3\r\nabcd\r\n0\r\n\r\n", [], ["chunked"], 400),
        (b"-3\r\nabc\r\n", [], ["chunked"], 400),
        (b"3\r\nab", [], ["chunked"], 400),
        (b"3", [], ["chunked"], 400),
        (b"3;" + b"x" * 5000 + b"\r\nabc\r\n", [], ["chunked"], 400),
        (b"0\r\n" + b"A: b\r\n" * 200, [], ["chunked"], 431),
    ],
)
def test_what_cannot_be_read_is_refused(
    data: bytes, lengths: list[str], codings: list[str], status: int
) -> None:
    """With the status that says why."""
    with pytest.raises(Unreadable) as error:
        read_body(BytesIO(data), lengths, codings)
    assert error.value.status is HTTPStatus(status)


@pytest.fixture
def address(app: Service) -> Iterator[tuple[str, int]]:
    """Where an emulator is served."""
    with Server(app) as server:
        yield "127.0.0.1", server.port


def test_a_body_that_is_asked_for_is_wanted_at_once(address: tuple[str, int]) -> None:
    """``100 Continue`` leaves before the body is there; curl would wait a second."""
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n"
    with closing(socket.create_connection(address, timeout=0.8)) as client:
        began = time.monotonic()
        client.sendall(head + b"Expect: 100-continue\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert time.monotonic() - began < 0.8
        client.sendall(b"{}")
        status = client.recv(17)
        assert status.startswith(b"HTTP/1.1 ")
        assert not status.startswith(b"HTTP/1.1 100")


def test_a_connection_goes_on_after_chunks(address: tuple[str, int]) -> None:
    """The next request begins where the last chunk ended."""
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    with closing(socket.create_connection(address, timeout=5)) as client:
        for _ in range(3):
            client.sendall(head + framed(b"{}", [1]))
            reply = HTTPResponse(client, method="POST")
            reply.begin()
            assert reply.read().startswith((b"{", b"<"))  # the service's own words


@pytest.mark.parametrize("tail", [b"Content-Length: 3\r\n", b"Content-Length: x\r\n"])
def test_a_smuggled_body_ends_the_connection(
    address: tuple[str, int], tail: bytes
) -> None:
    """Two lengths, or one that is none: nothing that follows is taken for a request."""
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
    with closing(socket.create_connection(address, timeout=5)) as client:
        client.sendall(head + tail + b"\r\n" + framed(b"abc", []))
        answer = b""
        while piece := client.recv(4096):
            answer += piece
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert answer.count(b"HTTP/1.1") == 1
