"""Reading a request's head off a socket: line by line, strictly, bounded (RFC 9112).

``http.server`` reads heads with the parser of e-mails, which takes longer than an
emulated call and lets pass what a proxy would read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from io import BufferedIOBase
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from smsform.emulation.bodies import Unreadable

METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"})
LONGEST_LINE = 65536  # bytes, of the first line and of each header
MOST_HEADERS = 100

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST = re.compile(rf"({_TOKEN}) (\S+) HTTP/([0-9])\.([0-9])")
_HEADER = re.compile(rf"({_TOKEN}):[ \t]*([^\0\r\n]*)")


class Head(NamedTuple):
    """The first line and the headers: name in lower case -> values as they came."""

    method: str
    path: str
    query: str
    version: tuple[int, int]
    headers: Mapping[str, Sequence[str]]

    @property
    def keeps_open(self) -> bool:
        """Whether another request may follow on this connection."""
        said = self._said("connection")
        return "close" not in said and (self.version > (1, 0) or "keep-alive" in said)

    @property
    def awaits_permission(self) -> bool:
        """Whether the client waits for ``100 Continue`` before it sends the body."""
        return self.version > (1, 0) and "100-continue" in self._said("expect")

    def last_values(self) -> Mapping[str, str]:
        """Each header with one value: where it came several times, the last."""
        return {name: values[-1] for name, values in self.headers.items()}

    def _said(self, name: str) -> set[str]:
        values = ",".join(self.headers.get(name, ())).lower()
        return {word.strip() for word in values.split(",")}


def read_head(stream: BufferedIOBase) -> Head | None:
    """The next request's head; None at the end of the stream.

    Unreadable for what is no head of HTTP/1, is too large or has an unknown method.
    """
    line = _line(stream, HTTPStatus.REQUEST_URI_TOO_LONG)
    if line == "":  # some clients send an empty line behind a body
        line = _line(stream, HTTPStatus.REQUEST_URI_TOO_LONG)
    if line is None:
        return None
    found = _REQUEST.fullmatch(line)
    if not found:
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    method, target, major, minor = found.groups()
    if major != "1":
        raise Unreadable(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers = _headers(stream)
    if headers is None:
        return None
    if method not in METHODS:
        raise Unreadable(HTTPStatus.NOT_IMPLEMENTED)
    path, query = _split(target)
    return Head(method, path, query, (1, int(minor)), headers)


def _headers(stream: BufferedIOBase) -> Mapping[str, Sequence[str]] | None:
    headers: dict[str, list[str]] = {}
    for _ in range(MOST_HEADERS + 1):
        line = _line(stream, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if not line:
            return None if line is None else headers
        found = _HEADER.fullmatch(line)
        if not found:
            raise Unreadable(HTTPStatus.BAD_REQUEST)
        headers.setdefault(found[1].lower(), []).append(found[2].rstrip(" \t"))
    raise Unreadable(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)


def _line(stream: BufferedIOBase, too_long: HTTPStatus) -> str | None:
    """A line without its end; None where the stream ends before that."""
    line = stream.readline(LONGEST_LINE + 1)
    if not line.endswith(b"\n"):
        if len(line) > LONGEST_LINE:
            raise Unreadable(too_long)
        return None
    return line[: -2 if line.endswith(b"\r\n") else -1].decode("latin-1")


def _split(target: str) -> tuple[str, str]:
    """Path, decoded, and query of what stands between method and version."""
    if not target.startswith("/"):
        # An absolute URL, when a client takes the emulator for a proxy.
        try:
            whole = urlsplit(target)
        except ValueError:
            raise Unreadable(HTTPStatus.BAD_REQUEST) from None
        return unquote(whole.path) or "/", whole.query
    path, _, query = target.partition("?")
    # An endpoint that ends with a slash becomes two in some SDKs.
    return "/" + unquote(path).lstrip("/"), query
