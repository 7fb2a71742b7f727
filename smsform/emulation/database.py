"""A SQLite file of an emulator, for threads and processes.

A write transaction is taken before anything is read (``BEGIN IMMEDIATE``), so a second
writer waits. Every call commits before it is answered; a killed process loses nothing
it has answered.
"""

from __future__ import annotations

import gc
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from smsform.emulation import make_private, refuse_links
from smsform.emulation.schema import (
    BESIDE,
    FORMAT,
    bring_up_to_date,
    refuse_foreign,
)
from smsform.errors import ConfigError
from smsform.words import say

PATIENCE = 30.0  # seconds to wait for another process's transaction
CHECKPOINT = 4_000  # pages of log before they are written into the file
LONG_LOG = 2**20  # bytes; whoever opens the file next reads all of its log


class Database:
    """The file at *path*; None keeps it in memory.

    ConfigError when the file is not a store of ours, of a later format, or not
    writable.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
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
            weakref.finalize(self, _close, self._base).atexit = False
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
                self.forget()
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

    def forget(self) -> None:
        """Drop what is known of its contents; called when a transaction failed."""


def _close(connection: sqlite3.Connection) -> None:
    """Close the connection of a database that nobody has any more.

    It refers to itself, so the files would stay open until garbage is collected. A
    command that collects none ends soon, and writing the log into the file takes time.
    """
    if gc.isenabled():
        connection.close()
