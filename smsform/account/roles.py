"""Temporary keys from a role: looked for within one second, renewed before they
expire."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple, TypeVar

from smsform.clock import Clock
from smsform.http import Request
from smsform.provider import Credentials

T = TypeVar("T")

SECONDS = 1.0  # within which a role has to answer
EARLY = 300  # seconds before its end that a key is renewed; as the official SDKs


class Temporary(NamedTuple):
    """A key pair with its token, and when it expires in unix seconds."""

    keys: Credentials
    expires: float


class Role(NamedTuple):
    """A role that may exist: the *name* of its place, and how to *ask* it for a key."""

    name: str
    ask: Callable[[], Temporary | None]


def first(found: Iterable[Role]) -> tuple[Temporary, Role] | None:
    """The first role that gives a key, with that key; all are given one second
    together."""

    def ask() -> tuple[Temporary, Role] | None:
        for role in found:
            if temporary := role.ask():
                return temporary, role
        return None

    return _within(SECONDS, ask)


def renewing(key: Temporary, role: Role, clock: Clock) -> Callable[[], Credentials]:
    """A function that returns the key to use now, renewed 300 s before the old one
    expires.

    When renewing fails, the old key is used further: the service says so once it is too
    old.
    """
    current, lock = key, Lock()

    def keys() -> Credentials:
        nonlocal current
        with lock:
            if clock.now() >= current.expires - EARLY:
                current = _within(SECONDS, role.ask) or current
            return current.keys

    return keys


def _within(seconds: float, ask: Callable[[], T | None]) -> T | None:
    # In a thread, because nothing else bounds the time a name takes to resolve.
    answer: SimpleQueue[T | None] = SimpleQueue()
    Thread(target=lambda: answer.put(ask()), daemon=True).start()
    try:
        return answer.get(timeout=seconds)
    except Empty:
        return None


def text_from(request: Request, environ: Mapping[str, str]) -> str:
    """The text of the reply to *request*; "" when the call failed."""
    from smsform.http.network import fetch

    reply = fetch(request, environ, SECONDS)
    fine = reply is not None and reply.status == 200
    return reply.body.decode(errors="replace").strip() if reply and fine else ""


def object_from(request: Request, environ: Mapping[str, str]) -> Mapping[str, object]:
    """The JSON object in the reply to *request*; empty when the call failed."""
    try:
        document = json.loads(text_from(request, environ))
    except (ValueError, RecursionError):
        document = None
    return document if isinstance(document, dict) else {}


def temporary(
    keys: object, names: tuple[str, str, str], expires: object, source: str
) -> Temporary | None:
    """The key that *keys* holds under *names* (id, secret, token); None if one is
    missing.

    *expires* is in unix seconds.
    """
    if not isinstance(keys, dict) or not isinstance(expires, int | float):
        return None
    id, secret, token = (keys.get(name) for name in names)
    if not (isinstance(id, str) and isinstance(secret, str) and isinstance(token, str)):
        return None
    if not all("!" <= character <= "~" for character in id + secret + token):
        return None  # as in every other place: no key has such characters
    return Temporary(Credentials(id, secret, token, source), expires)
