"""Renaming a provider in an emulator's store."""

from __future__ import annotations

from smsform.emulation.store import Store


def rename(store: Store, provider: str, name: str) -> None:
    """Give everything that the store has of *provider* to the one called *name*."""
    with store.transaction():
        store.forget()
        tables = store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables:
            columns = [row[1] for row in store.rows(f"PRAGMA table_info({table})")]
            if "provider" in columns:
                change = f"UPDATE OR REPLACE {table} SET provider = ?"
                store.execute(f"{change} WHERE provider = ?", (name, provider))
        for (scope,) in store.rows("SELECT DISTINCT scope FROM note"):
            parts = str(scope).split(":")
            if provider in parts[1:]:  # the first part says what kind of note it is
                parts[parts.index(provider, 1)] = name
                change = "UPDATE OR REPLACE note SET scope = ? WHERE scope = ?"
                store.execute(change, (":".join(parts), scope))
