"""Pushes: reports sent to a customer's server, or written to a file.

A verdict is kept as it was, so that a late delivery says the same as the first attempt.
Taking a push claims the attempt: no other process makes it, and a killed one loses that
attempt only.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol
from urllib.parse import urlsplit

from smsform.clock import Clock
from smsform.emulation import refuse_links
from smsform.emulation.store import Entry, Store
from smsform.errors import ConfigError
from smsform.loopback import is_loopback
from smsform.pattern import pattern
from smsform.words import say

PATIENCE = 5.0  # seconds a customer's server has to answer
OURS = "emulator."  # how the names of our own files in that folder begin

_PLAIN = pattern(r"(?!\.+$)[\w.@+-][\w.@+ -]*")  # one part of a path
_SENT = pattern(r"[!-~]+")  # what a request can carry
_APPENDING = (
    os.O_WRONLY
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


# Kinds of pushes; in the store a verdict is a list, the others are objects.
VERDICT, RECEIPT, REPLY = "verdict", "receipt", "reply"
_LIKE = {VERDICT: "[%", RECEIPT: '{"receipt"%', REPLY: '{"reply"%'}

LISTENERS = {  # kind -> the setting that says where it is pushed
    VERDICT: "push",
    RECEIPT: "push_receipts",
    REPLY: "push_replies",
}


class PushingService(Protocol):
    """What pushing needs of an emulated service."""

    provider: str
    store: Store
    clock: Clock
    retries: ClassVar[Sequence[float]]
    bundles: ClassVar[Mapping[str, int]]

    def body(self, kind: str, items: Sequence[Entry | int]) -> bytes:
        """The body that reports *items*."""

    def received(self, status: int, body: bytes) -> bool:
        """Whether an answer means that the report arrived."""


class Push(NamedTuple):
    """A report: an entry with its verdict as it was, or the id of a message or
    reply."""

    id: int
    item: Entry | int


def queue(store: Store, entry: Entry, now: float) -> None:
    """Queue the verdict on *entry*, if the service has a listener for verdicts."""
    _queue(store, entry.provider, entry, now)


def queue_item(store: Store, provider: str, kind: str, id: int, due: float) -> None:
    """Queue a receipt, or a reply, of message *id* for the time it is *due*."""
    _queue(store, provider, {kind: id}, due)


def _queue(store: Store, provider: str, item: object, due: float) -> None:
    store.execute(
        "INSERT INTO push (provider, entry, due) VALUES (?, ?, ?)",
        (provider, json.dumps(item), due),
    )


def take(
    store: Store, provider: str, kind: str, now: float, retries: Sequence[float]
) -> list[Push]:
    """The pushes due at *now*, oldest first; each comes again after its next *retries*.

    *retries* are seconds. When they are used up the push is dropped; ``done`` ends it
    earlier.
    """
    taken = []
    with store.transaction():
        rows = store.rows(
            "SELECT id, entry, attempts FROM push"
            " WHERE provider = ? AND entry LIKE ? AND due <= ? ORDER BY id",
            (provider, _LIKE[kind], now),
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
            taken.append(Push(number, _item(str(entry))))
    return taken


def _item(text: str) -> Entry | int:
    item = json.loads(text)
    if isinstance(item, list):
        return Entry(*item)
    [id] = item.values()
    return int(id)


def tell(service: PushingService, kind: str, target: str, folder: Path) -> None:
    """Deliver what is due of *kind*, with as many in one push as the service
    bundles."""
    now, size = service.clock.now(), service.bundles.get(kind, 1)
    taken = take(service.store, service.provider, kind, now, service.retries)
    for start in range(0, len(taken), size):
        bundle = taken[start : start + size]
        body = service.body(kind, [push.item for push in bundle])
        answer = deliver(target, body, folder)
        if answer is not None and service.received(*answer):
            for push in bundle:
                done(service.store, push.id)


def done(store: Store, id: int) -> None:
    """Remove a delivered push from the queue."""
    store.execute("DELETE FROM push WHERE id = ?", (id,))


def drop(store: Store, provider: str, kinds: Sequence[str]) -> None:
    """Remove the queued pushes of kinds that have no listener."""
    if len(kinds) == len(_LIKE):  # the usual case, and this runs for every call
        store.execute("DELETE FROM push WHERE provider = ?", (provider,))
        return
    for kind in kinds:
        store.execute(
            "DELETE FROM push WHERE provider = ? AND entry LIKE ?",
            (provider, _LIKE[kind]),
        )


def listener(value: object) -> str | None:
    """A setting: a plain http URL on this machine, or the name of a file.

    ValueError for a URL elsewhere, because an emulator talks to nobody outside, and for
    a file that is not below its own folder, or is the emulator's own.
    """
    if value is None:
        return None
    text = str(value)
    if "://" not in text:
        steps = text.split("/")
        plain = all(_PLAIN.fullmatch(step) for step in steps)
        if not plain or steps[0].lower().startswith(OURS):
            raise ValueError(say("emulation.expects_file"))
        return text
    parts = urlsplit(text)
    here = parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not here or parts.port == 0 or not _SENT.fullmatch(text) or "@" in parts.netloc:
        raise ValueError(say("emulation.expects_listener"))
    return text


def deliver(target: str, body: bytes, folder: Path) -> tuple[int, bytes] | None:
    """POST *body* as JSON, or append it as a line to a file; None without an answer.

    A file is looked for below *folder*, and not through links. A written line counts as
    the answer (200, b"").
    """
    try:
        return (_post if "://" in target else _append)(target, body, folder)
    except (OSError, ConfigError):
        return None


def _append(target: str, body: bytes, folder: Path) -> tuple[int, bytes]:
    path = file_below(folder, target)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, _APPENDING, 0o600)
    with open(handle, "ab") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(str(path))
        file.write(body + b"\n")
    return 200, b""


def file_below(folder: Path, name: str) -> Path:
    """The file *name* below *folder*; ConfigError where a link stands on the way."""
    path = folder
    for part in ("", *name.split("/")):
        path /= part
        refuse_links(path)
    return path


def _post(target: str, body: bytes, _: Path) -> tuple[int, bytes] | None:
    from http.client import HTTPConnection, HTTPException

    parts = urlsplit(target)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/json;charset=utf-8"}
        connection.request("POST", where, body, headers)
        reply = connection.getresponse()
        return reply.status, reply.read(65536)
    except HTTPException:
        return None
    finally:
        connection.close()
