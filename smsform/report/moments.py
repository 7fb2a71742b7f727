"""Points in time (unix seconds, 0 for not known) for people and for machines."""

from __future__ import annotations

from datetime import UTC, datetime

from smsform.plan.active import iso


def moment(seconds: float) -> str:
    """A time as people read it here: local, with its offset."""
    if not seconds:
        return "?"
    local = datetime.fromtimestamp(seconds, UTC).astimezone()
    return local.isoformat(sep=" ", timespec="minutes")


def stamp(seconds: float | None) -> str | None:
    """A time as JSON has it: ISO 8601 in UTC; None where it is not known."""
    return iso(seconds) if seconds else None
