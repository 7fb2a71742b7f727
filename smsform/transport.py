"""One HTTP request, its reply, and what can carry it: the network or a stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct, field

from smsform.redaction import Confidential
from smsform.version import __version__


class Request(Confidential, frozen=True):
    """A request, byte for byte; its repr hides all but the method: it is signed."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Reply(Confidential, frozen=True):
    """A reply: HTTP status, whole body, header names in any case.

    ``seconds`` is how long it took from when all of the request was sent, the time to
    connect not included; 0 where nobody measured.
    """

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """The value of a header, in whatever case it is asked for; "" without one."""
        name = name.lower()
        found = (value for key, value in self.headers.items() if key.lower() == name)
        return next(found, "")


class NoReply(Struct, frozen=True):
    """Why there is no reply; *executed* is False when surely nothing was sent."""

    text: str
    executed: bool = True


class Transport(Protocol):
    """What sends one request: the network, or an emulator in this process."""

    def send(self, request: Request, timeout: tuple[float, float]) -> Reply | NoReply:
        """Send once, follow no redirect, raise nothing.

        *timeout* is for connecting and for the whole call, in seconds.
        """

    def close(self) -> None:
        """Close its connections."""


def headers_of(request: Request) -> Mapping[str, str] | None:
    """The headers as they are sent; None when a value cannot stand in a header."""
    headers = {"User-Agent": f"smsform/{__version__}", **request.headers}
    fine = all(
        value.isascii() and value.isprintable() and not value.startswith(" ")
        for value in headers.values()
    )
    return headers if fine else None
