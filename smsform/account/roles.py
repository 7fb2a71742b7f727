"""Temporary keys that a role gives: asked for in one second, renewed in time."""

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

SECONDS = 1.0  # for finding out whether there is a role
EARLY = 300  # seconds before its end that a key is renewed; as the official SDKs


class Temporary(NamedTuple):
    """A key pair with its token, and when it expires in unix seconds."""

    keys: Credentials
    expires: float


class Role(NamedTuple):
    """A role that may be there: what to call the place, how to ask."""

    name: str
    ask: Callable[[], Temporary | None]


def first(found: Iterable[Role]) -> tuple[Temporary, Role] | None:
    """The first role that gives a key, and the key; one second in all."""

    def ask() -> tuple[Temporary, Role] | None:
        for role in found:
            if temporary := role.ask():
                return temporary, role
        return None

    return _within(SECONDS, ask)


def renewing(key: Temporary, role: Role, clock: Clock) -> Callable[[], Credentials]:
    """What returns the key to use now, renewed 300 s before the old one expires.

    If that fails the old key is used on: the service says so when it is too old.
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
    """The text a call is answered with; empty when it failed."""
    from smsform.http.network import fetch

    reply = fetch(request, environ, SECONDS)
    fine = reply is not None and reply.status == 200
    return reply.body.decode(errors="replace").strip() if reply and fine else ""


def object_from(request: Request, environ: Mapping[str, str]) -> Mapping[str, object]:
    """The JSON object a call is answered with; empty when it failed."""
    try:
        document = json.loads(text_from(request, environ))
    except (ValueError, RecursionError):
        document = None
    return document if isinstance(document, dict) else {}


def temporary(
    keys: object, names: tuple[str, str, str], expires: object, source: str
) -> Temporary | None:
    """The key *keys* hold under *names* (id, secret, token); None when one lacks.

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
