"""Faults on demand: what goes wrong, at which call, how often, and what fired."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from smsform.emulation.store import Store

ANY = "*"


class FaultKind(StrEnum):
    """What goes wrong; the first four keep the call from running."""

    THROTTLE = "throttle"  # refused as too fast
    REFUSE = "refuse"  # refused with a code of your choice
    UNAVAILABLE = "unavailable"  # an HTTP status and no JSON
    DROP_BEFORE = "drop-before"  # the connection ends, nothing was done
    DROP_AFTER = "drop-after"  # it was done, then the connection ends
    UNAVAILABLE_AFTER = "unavailable-after"  # it was done, then an HTTP status
    SLOW = "slow"  # it was done, the answer comes late
    WRONG_TYPE = "wrong-type"  # it was done, the answer says it is HTML
    NOT_JSON = "not-json"  # it was done, the answer is not JSON
    NO_PAYLOAD = "no-payload"  # it was done, the answer says so and nothing else


BEFORE = frozenset(
    {
        FaultKind.THROTTLE,
        FaultKind.REFUSE,
        FaultKind.UNAVAILABLE,
        FaultKind.DROP_BEFORE,
    }
)
STATUS = frozenset({FaultKind.UNAVAILABLE, FaultKind.UNAVAILABLE_AFTER})
DROP = frozenset({FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER})


class Fault(NamedTuple):
    """A fault to come: fires at the *nth* matching call and the *times* - 1 after it.

    ``action`` is the service's name of it, or ``*`` for any. ``code`` is for REFUSE,
    ``status`` for the two UNAVAILABLE, ``seconds`` for SLOW. ``seen`` and ``fired``
    count matching calls and faults that went off.
    """

    provider: str
    kind: FaultKind
    action: str = ANY
    nth: int = 1
    times: int = 1
    code: str = ""
    status: int = 503
    seconds: float = 60.0
    seen: int = 0
    fired: int = 0


_COLUMNS = ", ".join(Fault._fields)
_INSERT = (
    f"INSERT INTO fault ({_COLUMNS}) VALUES ({', '.join('?' * len(Fault._fields))})"
)


def plant(store: Store, fault: Fault) -> None:
    """Let *fault* happen when its call comes."""
    store.execute(_INSERT, fault)


def planted(store: Store, provider: str | None = None) -> list[Fault]:
    """Every fault with its counts, in the order they were planted."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM fault ORDER BY id")
    faults = [Fault._make(row) for row in rows]
    return [
        fault._replace(kind=FaultKind(fault.kind))
        for fault in faults
        if provider in (None, fault.provider)
    ]


def due(store: Store, provider: str, action: str) -> Fault | None:
    """Count this call; the fault that goes off now, marked as fired, or None."""
    rows = store.rows(
        f"SELECT id, {_COLUMNS} FROM fault WHERE provider = ?"
        " AND (action = ? OR action = '*') AND fired < times ORDER BY id",
        (provider, action),
    )
    firing: Fault | None = None
    for id, *columns in rows:
        fault = Fault._make(columns)
        seen = fault.seen + 1
        fires = firing is None and seen >= fault.nth
        if fires:
            firing = fault._replace(kind=FaultKind(fault.kind))
        store.execute(
            "UPDATE fault SET seen = ?, fired = fired + ? WHERE id = ?",
            (seen, int(fires), id),
        )
    return firing
