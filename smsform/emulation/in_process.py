"""Calling an emulator without a socket, with the outcomes a socket would have."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from smsform.emulation.messages import Dropped
from smsform.emulation.service import WAIT, Service

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

__all__ = ["Answered", "Dropped", "Late", "answer"]


class Late(Exception):
    """The answer would have come after the caller stopped waiting for it."""


class Answered(NamedTuple):
    """An answer: HTTP status, headers as sent, the whole body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def answer(
    app: Service,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    patience: float | None = None,
) -> Answered:
    """Call *app* with a request; Dropped or Late when a client would get no answer.

    *patience* is how many seconds the caller waits: time passes on the emulator's
    clock. The app gets the Host header and the body byte for byte.
    """

    def wait(seconds: float) -> None:
        app.clock.sleep(seconds if patience is None else min(seconds, patience))
        if patience is not None and seconds > patience:
            raise Late

    status = 0
    fields: list[tuple[str, str]] = []

    def start_response(line: str, given: list[tuple[str, str]], exc: Any = None) -> Any:
        nonlocal status, fields
        status, fields = int(line.split()[0]), given

    environ = _environ(method, url, headers, body) | {WAIT: wait}
    chunks = app(environ, start_response)
    return Answered(status, fields, b"".join(chunks))


def _environ(
    method: str, url: str, headers: Mapping[str, str], body: bytes
) -> WSGIEnvironment:
    parts = urlsplit(url)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(parts.path) or "/",
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": parts.scheme,
    }
    for name, text in headers.items():
        if name.lower() == "content-type":
            environ["CONTENT_TYPE"] = text
        elif name.lower() != "content-length":
            environ["HTTP_" + name.upper().replace("-", "_")] = text
    return environ
