"""How often one number, or all of them, may get messages: time windows over the
outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smsform.emulation.outbox import BEIJING, OutboxMessage
from smsform.emulation.store import Store

DAY = 86_400.0


class Window(NamedTuple):
    """At most ``most`` in any ``seconds``; None: in a calendar day in Beijing.

    ``alike`` are the columns in which a message must equal the new one to be counted;
    ``of`` is what is counted: messages, or ``segments`` where parts are billed.
    ``most`` None does not limit. ``name`` is for the caller.
    """

    name: str
    most: int | None
    seconds: float | None
    alike: tuple[str, ...] = ("number",)
    of: str = "messages"


def midnight(now: float) -> float:
    """When the current day in Beijing began, unix seconds."""
    return now - (now + BEIJING) % DAY


def full(
    store: Store, windows: Iterable[Window], message: OutboxMessage
) -> Window | None:
    """The first window that has no room for *message*; None when it may be sent."""
    for window in windows:
        if window.most is None:
            continue
        counted, room = _counted(store, window, message), window.most
        new = message.segments if window.of == "segments" else 1
        if counted + new > room:
            return window
    return None


def _counted(store: Store, window: Window, message: OutboxMessage) -> int:
    now = message.sent
    since = midnight(now) if window.seconds is None else now - window.seconds
    above = ">=" if window.seconds is None else ">"
    what = "count(*)" if window.of == "messages" else "coalesce(sum(segments), 0)"
    alike = "".join(f" AND {column} = ?" for column in window.alike)
    rows = store.rows(
        f"SELECT {what} FROM message WHERE provider = ? AND account = ?"
        f" AND sent {above} ? AND sent <= ? AND refusal = ''{alike}",
        (
            message.provider,
            message.account,
            since,
            now,
            *(getattr(message, column) for column in window.alike),
        ),
    )
    return int(str(rows[0][0]))
