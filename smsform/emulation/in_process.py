"""Calling an emulator without a socket, with the outcomes a socket would have."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from smsform.emulation.messages import Answered, Dropped, HttpRequest
from smsform.emulation.service import Service

__all__ = ["Answered", "Dropped", "Late", "answer"]


class Late(Exception):
    """The answer would have come after the caller stopped waiting for it."""


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

    parts = urlsplit(url)
    given = {name.lower(): value for name, value in headers.items()}
    request = HttpRequest(
        method=method,
        path=unquote(parts.path) or "/",
        query=parts.query,
        headers={"host": parts.netloc, **given},
        body=body,
        peer="127.0.0.1",
    )
    return app.respond(request, wait)
