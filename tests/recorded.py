"""Requests as official SDKs once sent them, and the way to send them again."""

from __future__ import annotations

import base64
import gzip
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

from smsform.clock import SystemClock
from smsform.emulation.messages import Answered, HttpRequest
from smsform.emulation.server import Server
from smsform.emulation.service import Service

TESTS = Path(__file__).parent
PIECE = 7  # bytes of a chunk: small, so that there are several


@dataclass(frozen=True)
class Recorded:
    """One request: who sent it, how it was signed, and its bytes."""

    client: str
    method: str
    algorithm: str
    action: str
    chunked: bool
    head: str
    body: bytes

    @property
    def target(self) -> str:
        """What stands between method and version."""
        return self.head.split(" ", 2)[1]

    def header(self, name: str) -> str:
        """A header's value, "" when there is none."""
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""

    def wire(self) -> bytes:
        """The bytes as they were sent; only where chunks ended is not known."""
        head, body = self.head.encode("latin-1"), self.body
        if not self.chunked:
            return head + body
        starts = range(0, len(body), PIECE)
        pieces = [body[start : start + PIECE] for start in starts] + [b""]
        framed = (b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
        return head + b"".join(framed)


def recorded(service: str) -> list[Recorded]:
    """Every request that was sent to *service*."""
    path = TESTS / service / "data" / "requests.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Recorded(
            **{name: row[name] for name in Recorded.__annotations__ if name != "body"},
            body=base64.b64decode(row["body"]),
        )
        for row in rows
    ]


class Fixed(SystemClock):
    """A clock that stands where it is put."""

    time = 0.0

    def now(self) -> float:
        """That time."""
        return self.time


@dataclass
class Listener:
    """An emulator's socket server that also keeps what arrived."""

    app: Service
    arrived: HttpRequest | None = None

    def respond(self, request: HttpRequest) -> Answered:
        """The emulator's answer."""
        self.arrived = request
        return self.app.respond(request)

    def is_host(self, name: str) -> bool:
        """As the emulator has it."""
        return self.app.is_host(name)

    def tick(self) -> None:
        """Nothing falls due here."""


@contextmanager
def replaying(
    app: Service,
) -> Iterator[Callable[[Recorded], tuple[HttpRequest, bytes]]]:
    """Serve *app*; a function that sends a request: what arrived, and the answer."""
    listener = Listener(app)
    with Server(listener) as server:  # type: ignore[arg-type]

        def send(request: Recorded) -> tuple[HttpRequest, bytes]:
            listener.arrived = None
            address = ("127.0.0.1", server.port)
            with closing(socket.create_connection(address, timeout=10)) as connection:
                connection.sendall(request.wire())
                reply = HTTPResponse(connection, method=request.method)
                reply.begin()
                body = reply.read()
            assert listener.arrived is not None, body
            return listener.arrived, body

        yield send
