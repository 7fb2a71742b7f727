"""Pushes: verdicts told to a customer's server, or written to a file.

What a verdict was about is kept as it was then, so that a late delivery says the same
as the first attempt. Whoever takes a push has claimed its attempt: no other process
makes it, and a killed one only loses that attempt.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from smsform.emulation.store import Entry, Store
from smsform.loopback import is_loopback
from smsform.words import say

PATIENCE = 5.0  # seconds a customer's server has to answer


class Push(NamedTuple):
    """One verdict to tell: what it was about, as it was then."""

    id: int
    entry: Entry


def queue(store: Store, entry: Entry, now: float) -> None:
    """Let the verdict on *entry* be told."""
    store.execute(
        "INSERT INTO push (provider, entry, due) VALUES (?, ?, ?)",
        (entry.provider, json.dumps(entry), now),
    )


def take(
    store: Store, provider: str, now: float, retries: Sequence[float]
) -> list[Push]:
    """What is due, oldest first; each comes again after the next of *retries* (s).

    Once those are used up it is dropped. ``done`` ends it earlier.
    """
    taken = []
    with store.transaction():
        rows = store.rows(
            "SELECT id, entry, attempts FROM push"
            " WHERE provider = ? AND due <= ? ORDER BY id",
            (provider, now),
        )
        for id, entry, attempts in rows:
            number, made = int(str(id)), int(str(attempts))
            if made >= len(retries):
                done(store, number)
            else:
                store.execute(
                    "UPDATE push SET attempts = ?, due = ? WHERE id = ?",
                    (made + 1, now + retries[made], number),
                )
            taken.append(Push(number, Entry(*json.loads(str(entry)))))
    return taken


def done(store: Store, id: int) -> None:
    """It was told."""
    store.execute("DELETE FROM push WHERE id = ?", (id,))


def drop(store: Store, provider: str) -> None:
    """Nobody listens: forget what is queued."""
    store.execute("DELETE FROM push WHERE provider = ?", (provider,))


def listener(value: object) -> str | None:
    """A setting: a plain http URL on this machine, or the name of a file.

    ValueError for a URL elsewhere: an emulator talks to nobody outside.
    """
    if value is None:
        return None
    text = str(value)
    if "://" not in text:
        return text
    parts = urlsplit(text)
    if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        raise ValueError(say("emulation.expects_listener"))
    return text


def deliver(target: str, body: bytes, folder: Path) -> tuple[int, bytes] | None:
    """POST *body* as JSON, or append it as a line; the answer, None when there is none.

    A file is looked for from *folder*. It answers nothing: once written it stands for
    (200, b"").
    """
    try:
        return (_post if "://" in target else _append)(target, body, folder)
    except (OSError, http.client.HTTPException):
        return None


def _append(target: str, body: bytes, folder: Path) -> tuple[int, bytes]:
    path = folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(body + b"\n")
    return 200, b""


def _post(target: str, body: bytes, _: Path) -> tuple[int, bytes]:
    parts = urlsplit(target)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/json;charset=utf-8"}
        connection.request("POST", where, body, headers)
        reply = connection.getresponse()
        return reply.status, reply.read(65536)
    finally:
        connection.close()
