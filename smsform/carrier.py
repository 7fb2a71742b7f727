"""What goes to a service and what comes back, and who carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from smsform.version import __version__


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, byte for byte; shows nothing of itself because it is signed."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the HTTP status, the whole body, headers in any case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def header(self, name: str) -> str:
        """The value of a header, in whatever case it is asked for; "" without one."""
        name = name.lower()
        found = (value for key, value in self.headers.items() if key.lower() == name)
        return next(found, "")


@dataclass(frozen=True, slots=True)
class NoReply:
    """Why there is no reply; *executed* is False when surely nothing was sent."""

    text: str
    executed: bool = True


class Carrier(Protocol):
    """The way of one call: the network, or whatever stands in its place."""

    def send(self, request: Request, timeout: tuple[float, float]) -> Reply | NoReply:
        """Send once and follow nothing; raises nothing.

        *timeout* is for connecting and for the whole call, in seconds.
        """

    def close(self) -> None:
        """Give back what it holds."""


def headers_of(request: Request) -> Mapping[str, str] | None:
    """The headers as they are sent; None for one that no header can be."""
    headers = {"User-Agent": f"smsform/{__version__}", **request.headers}
    fine = all(value.isascii() and value.isprintable() for value in headers.values())
    return headers if fine else None
