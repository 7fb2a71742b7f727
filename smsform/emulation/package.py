"""Prepaid message parts of an account, used up by sending."""

from __future__ import annotations

from smsform.emulation.store import Place, Store

_USED = "used"


def used(store: Store, place: Place) -> int:
    """How many parts the account has sent."""
    value = store.recall(_scope(place), _USED)
    return value if isinstance(value, int) else 0


def take(store: Store, place: Place, parts: int) -> None:
    """Count *parts* of an accepted message."""
    store.execute(
        "INSERT INTO note VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        " SET value = CAST(value AS INTEGER) + excluded.value",
        (_scope(place), _USED, str(parts)),
    )


def _scope(place: Place) -> str:
    return f"package:{place.provider}:{place.account}"
