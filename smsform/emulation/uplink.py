"""Replies from phones to the last message a number got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from smsform.emulation import outbox, pushes
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.service import Service
from smsform.emulation.store import Place, Store


class Uplink(NamedTuple):
    """A reply from a phone, at ``at``, to the message with ``serial``.

    ``pulled``: it was taken from the service's queue.
    """

    provider: str
    account: str
    application: str
    number: str
    signature: str
    extend: str
    serial: str
    text: str
    at: float
    pulled: int = 0
    id: int | None = None


_COLUMNS = ", ".join(Uplink._fields)
_INSERT = (
    f"INSERT INTO uplink ({_COLUMNS}) VALUES ({', '.join('?' * len(Uplink._fields))})"
)


def hear(service: Service, message: OutboxMessage, text: str) -> bool:
    """Store *text* as a reply to *message*; whether it stops further messages.

    A word of ``leaving``, in any case, puts the number on the black list for the same
    signature and type of message.
    """
    store, provider = service.store, service.provider
    with store.transaction():
        service.refresh()
        now = service.clock.now()
        reply = Uplink(
            provider,
            message.account,
            message.application,
            message.number,
            message.signature,
            message.extend,
            message.serial,
            text,
            now,
        )
        id = store.execute(_INSERT, reply).lastrowid or 0
        left = text.strip().upper() in service.leaving
        if left:
            place = Place(provider, message.account, "")
            number, signature = message.number, message.signature
            outbox.opt_out(store, place, number, signature, message.type, now)
        if service.settings.get(pushes.LISTENERS[pushes.REPLY]) is not None:
            pushes.queue_item(store, provider, pushes.REPLY, id, now)
    service.tell()
    return left


def select(store: Store, where: str, *values: object) -> list[Uplink]:
    """The replies for which *where*, a condition in SQL, holds."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM uplink WHERE {where}", values)
    return list(map(Uplink._make, rows))


def by_id(store: Store, ids: Sequence[object]) -> list[Uplink]:
    """The replies with these ids."""
    return select(store, f"id IN ({', '.join('?' * len(ids))}) ORDER BY id", *ids)


def pull(
    store: Store, place: Place, application: str, now: float, limit: int
) -> list[Uplink]:
    """The oldest replies nobody has pulled; each comes once."""
    found = select(
        store,
        "provider = ? AND account = ? AND application = ? AND pulled = 0 AND at <= ?"
        " ORDER BY at, id LIMIT ?",
        place.provider,
        place.account,
        application,
        now,
        limit,
    )
    for each in found:
        store.execute("UPDATE uplink SET pulled = 1 WHERE id = ?", (each.id,))
    return found
