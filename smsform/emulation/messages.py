"""What the shared part of an emulator and a service's part exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from msgspec import Struct, field, json

from smsform.emulation.store import Place


class Dropped(Exception):
    """The connection ends without an answer; the server or adapter around does it."""


class Lenience(StrEnum):
    """What an emulator accepted, on loopback only, though its service would refuse
    it."""

    SERVICE = "service-name"  # signed for a service called as the endpoint begins
    PORT = "host-without-port"  # signed a Host without the port it was sent with


class Refusal(Exception):
    """The service says no, with its own *code* and *message*."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code, self.message = code, message


class HttpRequest(Struct, frozen=True):
    """A request as it arrived: header names in lower case, values and body raw."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    peer: str


class Operation(Struct, frozen=True):
    """An authenticated call: whose it is, what it asks, and what the service adds.

    ``lenience`` is what the service itself would have refused.
    """

    action: str
    place: Place
    params: Mapping[str, object]
    peer: str = ""
    traits: Mapping[str, object] = field(default_factory=dict)
    lenience: Sequence[Lenience] = ()


class Answer(Struct, frozen=True):
    """The result of an action: its reply's payload, and the entry it was about."""

    payload: object
    entry: int | None = None


class HttpReply(Struct, frozen=True):
    """The HTTP reply of an emulator."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Sequence[tuple[str, str]] = ()

    def sent_at(self, now: float) -> Answered:
        """The answer with all its headers, as it leaves at *now*."""
        fields = [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.body))),
            ("Date", http_date(int(now))),
            *self.headers,
        ]
        return Answered(self.status, fields, self.body)


class Answered(NamedTuple):
    """An answer: HTTP status, headers as sent, the whole body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def phrase(status: int) -> str:
    """What a status is called; "" where HTTP has no such number."""
    return _PHRASES.get(status, "")


def as_json(value: object) -> bytes:
    """*value* as compact JSON in UTF-8."""
    return json.encode(value)


_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_DAYS = "Mon Tue Wed Thu Fri Sat Sun"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


@lru_cache(maxsize=4)
def http_date(now: int) -> str:
    """A date as HTTP has it (RFC 9110, 5.6.7): in English, whatever the locale."""
    at = datetime.fromtimestamp(now, UTC)
    day, month = _DAYS.split()[at.weekday()], _MONTHS.split()[at.month - 1]
    return f"{day}, {at:%d} {month} {at:%Y %H:%M:%S} GMT"
