"""Nonces: a signed request counts once."""

from __future__ import annotations

from smsform.emulation.store import Store


def spend(store: Store, scope: str, nonce: str, now: float, seconds: float) -> bool:
    """Whether *nonce* is new in *scope*; it is remembered for *seconds*.

    Nonces with a later time are kept: the wall clock may be set back.
    """
    store.execute("DELETE FROM nonce WHERE at < ?", (now - seconds,))
    cursor = store.execute(
        "INSERT OR IGNORE INTO nonce VALUES (?, ?, ?)", (scope, nonce, now)
    )
    return cursor.rowcount == 1
