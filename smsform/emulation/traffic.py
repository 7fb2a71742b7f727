"""Messages counted by hour in Beijing: those kept, and those in the counts."""

from __future__ import annotations

from typing import NamedTuple

from smsform.emulation.outbox import BEIJING, HOUR
from smsform.emulation.store import Place, Store


class HourlyCount(NamedTuple):
    """The messages of one hour with the same outcome.

    ``hour`` counts hours in Beijing since 1970. ``receipt`` is "" as long as there is
    none; a refused message never has one.
    """

    hour: int
    accepted: int
    receipt: str
    delivered: int
    messages: int
    segments: int


_KEPT = f"""
SELECT CAST((sent + {BEIJING}) / {HOUR} AS INTEGER) AS hour, refusal = '' AS accepted,
  CASE WHEN due IS NOT NULL AND due <= ? THEN receipt ELSE '' END AS receipt,
  CASE WHEN due IS NOT NULL AND due <= ? THEN delivered ELSE 0 END AS delivered,
  1 AS messages, segments
FROM message WHERE provider = ? AND account = ? AND sent >= ? AND sent < ?"""
_TALLIED = """
SELECT hour, accepted, receipt, delivered, messages, segments FROM tally
WHERE provider = ? AND account = ? AND hour >= ? AND hour <= ?"""


def hour(time: float) -> int:
    """The hour in Beijing that a time is in."""
    return int(time + BEIJING) // HOUR


def counts(
    store: Store, place: Place, first: int, last: int, now: float, **alike: object
) -> list[HourlyCount]:
    """The messages of the hours from *first* to *last*, as known at *now*.

    *alike* filters by application, international, type, signature.
    """
    where = "".join(f" AND {column} = ?" for column in alike)
    values = tuple(alike.values())
    whose = (place.provider, place.account)
    rows = store.rows(
        "SELECT hour, accepted, receipt, delivered, sum(messages), sum(segments) FROM"
        f" ({_KEPT}{where} UNION ALL {_TALLIED}{where})"
        " GROUP BY hour, accepted, receipt, delivered ORDER BY hour",
        (
            now,
            now,
            *whose,
            first * HOUR - BEIJING,
            (last + 1) * HOUR - BEIJING,
            *values,
            *whose,
            first,
            last,
            *values,
        ),
    )
    return list(map(HourlyCount._make, rows))
