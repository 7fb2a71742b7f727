"""The outbox: every message a service was asked to send, and what became of it.

Refused ones are kept as well, for the records and statistics a service answers with;
the outbox shows what was accepted. Beyond ``MOST`` the oldest go, and only their
counts stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from smsform.emulation.store import Place, Store

MOST = 50_000  # messages kept
_ROOM = 1_000  # made at once, so that not every message pays for it
HOUR = 3600
BEIJING = 8 * HOUR  # seconds ahead of UTC, all year


class OutboxMessage(NamedTuple):
    """One message to one number.

    ``number`` is E.164, ``place`` its country's ISO code; ``text`` what the recipient
    reads, signature included, ``masked`` the same with its values made unreadable, as
    records show it. ``application``, ``serial``, ``context`` and ``extend``
    are what the service calls so. ``refusal`` is its code, "" when it was accepted;
    ``receipt`` the carrier's word, which holds from ``due`` on (unix seconds; None:
    there is never one). ``pulled``: its receipt was taken from the queue; ``shown``:
    it was not cleared from the outbox.
    """

    provider: str
    account: str
    application: str
    serial: str
    number: str
    place: str
    international: int
    type: str
    signature: str
    template: str
    name: str
    text: str
    masked: str
    segments: int
    sent: float
    context: str = ""
    extend: str = ""
    refusal: str = ""
    due: float | None = None
    receipt: str = ""
    delivered: int = 0
    pulled: int = 0
    shown: int = 1
    id: int | None = None

    def __repr__(self) -> str:
        """What a failing test shows of it: all that matters, and no whole number."""
        from smsform.sending.numbers import mask as without_middle

        number, what = without_middle(self.number), f"{self.text!r} ({self.template})"
        return f"<{self.provider} to {number}: {what}{self.refusal and ' refused'}>"

    def arrived(self, now: float) -> bool:
        """Whether its receipt is there at *now*."""
        return self.due is not None and self.due <= now


COLUMNS = ", ".join(OutboxMessage._fields)
_PLACES = ", ".join("?" * len(OutboxMessage._fields))
_INSERT = f"INSERT INTO message ({COLUMNS}) VALUES ({_PLACES})"
DIMENSIONS = (
    "provider, account, application, international, type, signature,"
    f" CAST((sent + {BEIJING}) / {HOUR} AS INTEGER)"
)


def keep(store: Store, message: OutboxMessage) -> int:
    """Store *message*; returns its id. Its times are by the emulator's clock."""
    id = store.execute(_INSERT, message).lastrowid
    assert id is not None
    if id % _ROOM == 0:
        _make_room(store, id, message.sent)
    return id


def _make_room(store: Store, newest: int, now: float) -> None:
    """Add the oldest messages to the counts and drop them; receipts that came count."""
    last = newest - MOST + _ROOM
    arrived = f"due IS NOT NULL AND due <= {now!r}"
    store.execute(
        f"INSERT INTO tally SELECT {DIMENSIONS}, refusal = '',"
        f" CASE WHEN {arrived} THEN receipt ELSE '' END,"
        f" CASE WHEN {arrived} THEN delivered ELSE 0 END, count(*), sum(segments)"
        " FROM message WHERE id <= ? GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
        " ON CONFLICT DO UPDATE SET messages = messages + excluded.messages,"
        " segments = segments + excluded.segments",
        (last,),
    )
    store.execute("DELETE FROM message WHERE id <= ?", (last,))


def accepted(
    store: Store, *, number: str | None = None, after: int = 0, limit: int = MOST
) -> list[OutboxMessage]:
    """What the outbox shows, newest first: of one number, or all; ids above *after*."""
    where, values = "shown = 1 AND refusal = '' AND id > ?", [after]
    given: list[object] = [*values]
    if number is not None:
        where += " AND number = ?"
        given.append(number)
    return select(store, f"{where} ORDER BY id DESC LIMIT ?", (*given, limit))


def count_shown(store: Store, number: str | None = None) -> int:
    """How many messages the outbox has, to one number or in all."""
    where, values = ("", ()) if number is None else (" AND number = ?", (number,))
    sql = f"SELECT count(*) FROM message WHERE shown = 1 AND refusal = ''{where}"
    return int(str(store.rows(sql, values)[0][0]))


def select(store: Store, where: str, values: Sequence[object]) -> list[OutboxMessage]:
    """The messages that satisfy *where*, a condition in SQL."""
    rows = store.rows(f"SELECT {COLUMNS} FROM message WHERE {where}", values)
    return list(map(OutboxMessage._make, rows))


def last_sent(store: Store, place: Place, signature: str) -> float:
    """When the last message with *signature* was accepted; 0 when none ever was."""
    rows = store.rows(
        "SELECT max(sent) FROM message WHERE provider = ? AND account = ?"
        " AND signature = ? AND refusal = ''",
        (place.provider, place.account, signature),
    )
    return float(str(rows[0][0] or 0))


def by_id(store: Store, ids: Sequence[object]) -> list[OutboxMessage]:
    """The messages with these ids, those that are still kept."""
    marks = ", ".join("?" * len(ids))
    return select(store, f"id IN ({marks}) ORDER BY id", ids)


def clear(store: Store, *, number: str | None = None, newest: int | None = None) -> int:
    """Hide all messages, or those to *number*, from the outbox; returns how many.

    *newest* is the last id that is hidden. Records, queues and limits still count them.
    """
    sql = "UPDATE message SET shown = 0 WHERE shown = 1 AND refusal = ''"
    given: dict[str, object] = {"number = ?": number, "id <= ?": newest}
    given = {where: value for where, value in given.items() if value is not None}
    sql += "".join(f" AND {where}" for where in given)
    return store.execute(sql, [*given.values()]).rowcount


def opt_out(
    store: Store, place: Place, number: str, signature: str, type: str, now: float
) -> None:
    """Put *number* on the black list for that signature and type of message."""
    store.execute(
        "INSERT OR REPLACE INTO optout VALUES (?, ?, ?, ?, ?, ?)",
        (place.provider, place.account, number, signature, type, now),
    )


def opted_out(
    store: Store, place: Place, number: str, signature: str, type: str
) -> bool:
    """Whether the owner of *number* refuses such messages; "" in the list means all."""
    rows = store.rows(
        "SELECT signature, type FROM optout"
        " WHERE provider = ? AND account = ? AND number = ?",
        (place.provider, place.account, number),
    )
    return any(s in ("", signature) and t in ("", type) for s, t in rows)


def mask(value: str) -> str:
    """A value as records show it: all but its ends as asterisks [I]."""
    if len(value) < 3:
        return "*" * len(value)
    return f"{value[0]}{'*' * (len(value) - 2)}{value[-1]}"


def pull(
    store: Store, place: Place, application: str, now: float, limit: int
) -> list[OutboxMessage]:
    """The messages whose receipts nobody has pulled, oldest first; each comes once."""
    found = select(
        store,
        "provider = ? AND account = ? AND application = ? AND pulled = 0 AND due <= ?"
        " AND refusal = '' ORDER BY due, id LIMIT ?",
        (place.provider, place.account, application, now, limit),
    )
    for each in found:
        store.execute("UPDATE message SET pulled = 1 WHERE id = ?", (each.id,))
    return found
