"""An emulator's store: entries, notes and more, in SQLite.

One file serves threads and processes: a write transaction is taken before anything is
read (``BEGIN IMMEDIATE``), so a second writer waits. Every call commits before it is
answered; a killed process loses nothing it has answered.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from smsform.emulation import make_private, refuse_links
from smsform.emulation.entry import Entry, Place
from smsform.emulation.pace import RecentCalls
from smsform.emulation.paging import Bookmarks
from smsform.emulation.schema import (
    BESIDE,
    FIRST_ID,
    FORMAT,
    bring_up_to_date,
    empty,
    refuse_foreign,
)
from smsform.errors import ConfigError
from smsform.words import say

PATIENCE = 30.0  # seconds to wait for another process's transaction
CHECKPOINT = 4_000  # pages of log before they are written into the file
LONG_LOG = 2**20  # bytes; whoever opens the file next reads all of its log

_COLUMNS = ", ".join(Entry._fields)
_INSERT = f"INSERT INTO entry ({_COLUMNS}) VALUES ({', '.join('?' * 14)})"
_AT = "provider = ? AND account = ? AND region = ? AND kind = ?"


class Store:
    """The store at *path*; None keeps it in memory.

    ConfigError when the file is not a store of ours, of a later format, or not
    writable.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._bookmarks = Bookmarks()
        self.pace = RecentCalls()
        try:
            if path is not None:
                refuse_links(path, *(path.with_name(path.name + end) for end in BESIDE))
                path.parent.mkdir(parents=True, exist_ok=True)
                make_private(path)
            self._base = sqlite3.connect(
                ":memory:" if path is None else path,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> ConfigError:
        return ConfigError(
            str(self.path),
            say("emulation.store_broken", what=error),
            say("emulation.store_broken_hint"),
        )

    def _prepare(self) -> None:
        # The log is synced at checkpoints only: safe against a killed process, which
        # is what is promised, at a fraction of the time.
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT:
            raise ConfigError(
                str(self.path),
                say("emulation.store_newer", found=version),
                say("emulation.store_broken_hint"),
            )
        if version == FORMAT:
            self._shorten_log()
            return
        refuse_foreign(self._base)
        self._base.execute("PRAGMA journal_mode = WAL")
        with self.transaction():
            bring_up_to_date(self._base)

    def _shorten_log(self) -> None:
        """Write a long log into the file: an earlier run ended without closing it."""
        log = self.path and self.path.with_name(f"{self.path.name}-wal")
        if log and log.exists() and log.stat().st_size > LONG_LOG:
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._base.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Lock the store for a block, all or nothing; a nested one joins the outer."""
        with self._lock:
            if self._depth:
                yield
                return
            self.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:  # a full disk has rolled it back already
                    self._base.execute("ROLLBACK")
                self._bookmarks.forget()
                self.pace.forget()
                raise
            finally:
                self._depth -= 1

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement; ConfigError when it fails."""
        with self._lock:
            try:
                return self._base.execute(sql, values)
            except sqlite3.OperationalError as error:
                raise self._unusable(error) from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Every row of a query."""
        return self.execute(sql, values).fetchall()

    def version(self) -> int:
        """A number that changes with every commit of another connection."""
        return int(str(self.rows("PRAGMA data_version")[0][0]))

    # Entries

    def add(self, entry: Entry, above: int = FIRST_ID) -> int:
        """Store *entry* under a new id, or its own when it has one; returns that id.

        New ids are higher than *above*, and than any id of that series given before:
        each service has a series of its own.
        """
        with self.transaction():
            self._bookmarks.forget()
            [kept] = self._numbered([entry], above)
            self.execute(_INSERT, kept)
        return kept.id

    def add_many(self, entries: Iterable[Entry], above: int = FIRST_ID) -> int:
        """Store all *entries* at once; returns how many. ConfigError when an id is
        taken."""
        try:
            with self.transaction():
                self._bookmarks.forget()
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
        self.execute(f"UPDATE entry SET {names} WHERE id = ?", (*columns.values(), id))

    def replace(self, entry: Entry) -> None:
        """Overwrite the entry that has *entry*'s id with all of it."""
        columns = entry._asdict()
        self.change(columns.pop("id"), **columns)

    def remove(self, id: int) -> None:
        """Forget one entry; its id is never given again."""
        self._bookmarks.forget()
        self.execute("DELETE FROM entry WHERE id = ?", (id,))

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

    def page(
        self,
        place: Place,
        kind: str,
        international: int | None,
        *,
        limit: int,
        offset: int,
        newest_first: bool = True,
    ) -> list[Entry]:
        """A page of what serves one market, or of all for None, ordered by id."""
        order, beyond = ("DESC", "<") if newest_first else ("ASC", ">")
        name = (place, kind, international, newest_first)
        with self._lock:
            bookmarks = self._bookmarks.at(self.version())
            start, last = bookmarks.nearest(name, offset)
            where = _AT
            values: list[object] = [*place, kind]
            if international is not None:
                where += " AND (international IS NULL OR international = ?)"
                values.append(international)
            if last:
                where += f" AND id {beyond} ?"
                values.append(last)
            found = self._entries(
                f"{where} ORDER BY id {order} LIMIT ? OFFSET ?",
                (*values, limit, offset - start),
            )
            if found:
                bookmarks.put(name, offset + len(found), found[-1].id)
        return found

    def count(self, place: Place, kind: str) -> int:
        """How many entries of *kind* are at *place*."""
        rows = self.rows(f"SELECT count(*) FROM entry WHERE {_AT}", (*place, kind))
        return int(str(rows[0][0]))

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
            self._bookmarks.forget()
            self.pace.forget()
            empty(self._base)


__all__ = ["Entry", "Place", "Store"]
