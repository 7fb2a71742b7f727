"""An emulator's store: entries, notes and more, in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

from smsform.emulation.database import Database
from smsform.emulation.entry import Entry, Place
from smsform.emulation.pace import RecentCalls
from smsform.emulation.paging import Lists, Shelf
from smsform.emulation.schema import FIRST_ID, empty
from smsform.errors import ConfigError
from smsform.words import say

_COLUMNS = ", ".join(Entry._fields)
_INSERT = f"INSERT INTO entry ({_COLUMNS}) VALUES ({', '.join('?' * 14)})"
_AT = "provider = ? AND account = ? AND region = ? AND kind = ?"


class Store(Database):
    """The store at *path*; None keeps it in memory.

    What is known of lists and of recent calls is kept as long as nobody else writes.
    """

    def __init__(self, path: Path | None) -> None:
        self._lists = Lists()
        self.pace = RecentCalls()
        super().__init__(path)

    def add(self, entry: Entry, above: int = FIRST_ID) -> int:
        """Store *entry* under a new id, or its own when it has one; returns that id.

        New ids are higher than *above*, and than any id of that series given before:
        each service has a series of its own.
        """
        with self.transaction():
            [kept] = self._numbered([entry], above)
            self.execute(_INSERT, kept)
            self._lists.added(kept)
        return kept.id

    def add_many(self, entries: Iterable[Entry], above: int = FIRST_ID) -> int:
        """Store all *entries* at once; returns how many. ConfigError when an id is
        taken."""
        try:
            with self.transaction():
                self._lists.forget()
                kept = self._numbered(entries, above)
                return self._base.executemany(_INSERT, kept).rowcount
        except sqlite3.IntegrityError as error:
            raise ConfigError(
                str(self.path),
                say("emulation.id_taken"),
                say("emulation.id_taken_hint"),
            ) from error

    def _numbered(self, entries: Iterable[Entry], first: int) -> list[Entry]:
        """The *entries*, each with an id; new ids continue the series from *first*."""
        found = self.rows("SELECT last FROM series WHERE first = ?", (first,))
        last = int(str(found[0][0])) if found else first
        kept = []
        for entry in entries:
            id = entry.id or last + 1
            while not entry.id and self.entry(id):  # seeded, or of another series
                id += 1
            last = max(last, id)
            kept.append(entry._replace(id=id))
        self.execute("INSERT OR REPLACE INTO series VALUES (?, ?)", (first, last))
        return kept

    def change(self, id: int, **columns: object) -> None:
        """Overwrite *columns* of one entry."""
        names = ", ".join(f"{name} = ?" for name in columns)
        with self.transaction():
            sql = f"UPDATE entry SET {names} WHERE id = ?"
            self.execute(sql, (*columns.values(), id))
            self._lists.changed(id)
            if "international" in columns:
                self._lists.moved()

    def replace(self, entry: Entry) -> None:
        """Overwrite the entry that has *entry*'s id with all of it."""
        columns = entry._asdict()
        self.change(columns.pop("id"), **columns)

    def remove(self, id: int) -> None:
        """Forget one entry; its id is never given again."""
        with self.transaction():
            self.execute("DELETE FROM entry WHERE id = ?", (id,))
            self._lists.removed(id)

    def entry(self, id: int) -> Entry | None:
        """The entry with that id, wherever it is."""
        return self._one("id = ?", (id,))

    def find(self, place: Place, kind: str, id: int) -> Entry | None:
        """The entry with that id, if it is of *kind* and at *place*."""
        return self._one(f"{_AT} AND id = ?", (*place, kind, id))

    def _one(self, where: str, values: Sequence[object]) -> Entry | None:
        found = self._entries(where, values)
        return found[0] if found else None

    def _entries(self, where: str, values: Sequence[object]) -> list[Entry]:
        rows = self.rows(f"SELECT {_COLUMNS} FROM entry WHERE {where}", values)
        return list(map(Entry._make, rows))

    def named(self, place: Place, kind: str, name: str) -> list[Entry]:
        """Every entry of *kind* at *place* called *name*, oldest first."""
        return self._entries(f"{_AT} AND name = ? ORDER BY id", (*place, kind, name))

    def under(self, provider: str, review: str) -> list[Entry]:
        """Every entry of *provider* in that state of review, oldest first."""
        return self._entries(
            "provider = ? AND review = ? ORDER BY id", (provider, review)
        )

    def everything(self) -> list[Entry]:
        """Every entry of every provider, oldest first."""
        return self._entries("1 ORDER BY id", ())

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """The entries with these *ids*, in that order."""
        if not ids:
            return []
        marks = ", ".join("?" * len(ids))
        found = {each.id: each for each in self._entries(f"id IN ({marks})", ids)}
        return [found[id] for id in ids if id in found]

    def page(
        self,
        place: Place,
        kind: str,
        international: int | None,
        *,
        limit: int,
        offset: int,
        newest_first: bool = True,
    ) -> list[int]:
        """The ids of a page of what serves one market, or of all for None."""
        with self._lock:
            ids = self._ids(Shelf(place, kind, international))
            if not newest_first:
                return list(ids[offset : offset + limit])
            end = max(len(ids) - offset, 0)
            return list(ids[max(end - limit, 0) : end][::-1])

    def count(self, place: Place, kind: str) -> int:
        """How many entries of *kind* are at *place*."""
        with self._lock:
            return len(self._ids(Shelf(place, kind, None)))

    def _ids(self, shelf: Shelf) -> Sequence[int]:
        # Lists that know their store would keep it, and its file open, for a while
        # after the last use of it.
        return self.lists().ids(shelf, self._read_ids)

    def _read_ids(self, shelf: Shelf) -> Iterable[int]:
        market = "(? IS NULL OR international IS NULL OR international = ?)"
        sql = f"SELECT id FROM entry WHERE {_AT} AND {market} ORDER BY id"
        values = (*shelf.place, shelf.kind, *[shelf.international] * 2)
        ids = (id for (id,) in self.rows(sql, values))
        return cast("Iterable[int]", ids)  # the column's type; there may be many

    def lists(self) -> Lists:
        """What is known of lists; nothing, where another process wrote since."""
        return self._lists.at(self.version())

    # Notes: settings, keys, the clock

    def note(self, scope: str, name: str, value: object) -> None:
        """Remember a JSON *value*; None forgets it."""
        if value is None:
            self.execute("DELETE FROM note WHERE (scope, name) = (?, ?)", (scope, name))
            return
        text = json.dumps(value, ensure_ascii=False)
        self.execute(
            "INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (scope, name, text)
        )

    def noted(self, scope: str) -> Mapping[str, str]:
        """Everything remembered in *scope*: name -> JSON text."""
        rows = self.rows("SELECT name, value FROM note WHERE scope = ?", (scope,))
        return {str(name): str(value) for name, value in rows}

    def recall(self, scope: str, name: str) -> object:
        """One remembered value, None when there is none."""
        text = self.noted(scope).get(name)
        return None if text is None else json.loads(text)

    def reset(self) -> None:
        """Forget everything but the highest id, which is never given twice."""
        with self.transaction():
            self.forget()
            empty(self._base)

    def forget(self) -> None:
        """Drop what is known of the tables' contents; they are read again."""
        self._lists.forget()
        self.pace.forget()


__all__ = ["Entry", "Place", "Store"]
