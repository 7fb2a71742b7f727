"""The tables of an emulator's store; every statement may run again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from smsform.words import say

# 2: nonces and pushes; 3: series; 4: messages; 5: lenience; 6: replies; 7: masks
FORMAT = 7
EMPTIED = (  # tables that a reset empties; it keeps the highest ids given
    "entry",
    "call",
    "fault",
    "nonce",
    "push",
    "note",
    "message",
    "tally",
    "uplink",
    "optout",
)
FIRST_ID = 1_100_000  # ids look like those of an old, busy service

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS entry (
  id INTEGER PRIMARY KEY, provider TEXT NOT NULL, account TEXT NOT NULL,
  region TEXT NOT NULL, kind TEXT NOT NULL, international INTEGER, name TEXT NOT NULL,
  text TEXT NOT NULL, review TEXT NOT NULL, note TEXT NOT NULL, created REAL NOT NULL,
  judged REAL NOT NULL, reads INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS series (
  first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS entry_page
  ON entry (provider, account, region, kind, id, international);
CREATE INDEX IF NOT EXISTS entry_name
  ON entry (provider, account, region, kind, name);
CREATE TABLE IF NOT EXISTS call (
  number INTEGER PRIMARY KEY, at REAL NOT NULL, provider TEXT NOT NULL,
  account TEXT NOT NULL, region TEXT NOT NULL, action TEXT NOT NULL, entry INTEGER,
  fingerprint TEXT NOT NULL, outcome TEXT NOT NULL, fault TEXT NOT NULL,
  admitted INTEGER NOT NULL, lenience TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS call_pace ON call (provider, account, action, at, admitted);
CREATE TABLE IF NOT EXISTS fault (
  id INTEGER PRIMARY KEY, provider TEXT NOT NULL, kind TEXT NOT NULL,
  action TEXT NOT NULL, nth INTEGER NOT NULL, times INTEGER NOT NULL,
  code TEXT NOT NULL, status INTEGER NOT NULL, seconds REAL NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0, fired INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS nonce (
  scope TEXT NOT NULL, nonce TEXT NOT NULL, at REAL NOT NULL,
  PRIMARY KEY (scope, nonce)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonce_age ON nonce (at);
CREATE TABLE IF NOT EXISTS push (
  id INTEGER PRIMARY KEY, provider TEXT NOT NULL, entry TEXT NOT NULL,
  due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT NOT NULL, account TEXT NOT NULL,
  application TEXT NOT NULL, serial TEXT NOT NULL, number TEXT NOT NULL,
  place TEXT NOT NULL, international INTEGER NOT NULL, type TEXT NOT NULL,
  signature TEXT NOT NULL, template TEXT NOT NULL, name TEXT NOT NULL,
  text TEXT NOT NULL, masked TEXT NOT NULL, segments INTEGER NOT NULL,
  context TEXT NOT NULL, extend TEXT NOT NULL, refusal TEXT NOT NULL,
  sent REAL NOT NULL, due REAL, receipt TEXT NOT NULL, delivered INTEGER NOT NULL,
  pulled INTEGER NOT NULL, shown INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS message_number ON message (number, provider, account, sent);
CREATE INDEX IF NOT EXISTS message_queue
  ON message (provider, account, application, due) WHERE pulled = 0;
CREATE TABLE IF NOT EXISTS tally (
  provider TEXT NOT NULL, account TEXT NOT NULL, application TEXT NOT NULL,
  international INTEGER NOT NULL, type TEXT NOT NULL, signature TEXT NOT NULL,
  hour INTEGER NOT NULL, accepted INTEGER NOT NULL, receipt TEXT NOT NULL,
  delivered INTEGER NOT NULL, messages INTEGER NOT NULL, segments INTEGER NOT NULL,
  PRIMARY KEY (provider, account, application, international, type, signature, hour,
    accepted, receipt, delivered)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS optout (
  provider TEXT NOT NULL, account TEXT NOT NULL, number TEXT NOT NULL,
  signature TEXT NOT NULL, type TEXT NOT NULL, at REAL NOT NULL,
  PRIMARY KEY (provider, account, number, signature, type)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uplink (
  id INTEGER PRIMARY KEY, provider TEXT NOT NULL, account TEXT NOT NULL,
  application TEXT NOT NULL, number TEXT NOT NULL, signature TEXT NOT NULL,
  extend TEXT NOT NULL, serial TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL,
  pulled INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS note (
  scope TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (scope, name)) WITHOUT ROWID;
PRAGMA user_version = {FORMAT};
"""

# The value of a column that an older format did not have.
NOTHING = {"TEXT": "''", "INTEGER": "0", "REAL": "0"}

# Files that SQLite creates beside a database.
BESIDE = ("-wal", "-shm", "-journal")


def refuse_foreign(base: sqlite3.Connection) -> None:
    """sqlite3.DatabaseError for a database with tables that are not ours."""
    names = {name for (name,) in base.execute("SELECT name FROM sqlite_master")}
    if names and "entry" not in names:
        raise sqlite3.DatabaseError(say("emulation.store_foreign"))


def empty(base: sqlite3.Connection) -> None:
    """Delete all rows; the highest ids given stay."""
    for table in EMPTIED:
        base.execute(f"DELETE FROM {table}")


def bring_up_to_date(base: sqlite3.Connection) -> None:
    """Create the tables and columns that are missing; keeps all data."""
    if base.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        for table, missing in _lacking(base).items():
            for declared in missing:
                base.execute(f"ALTER TABLE {table} ADD {declared}")
    for statement in SCHEMA.split(";\n"):
        base.execute(statement)


def _lacking(base: sqlite3.Connection) -> Mapping[str, list[str]]:
    """The columns an older format lacks: table -> declarations."""
    found = {}
    wanted = sqlite3.connect(":memory:")
    wanted.executescript(SCHEMA)
    tables = wanted.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (table,) in tables.fetchall():
        there = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
        if not there:
            continue
        columns = wanted.execute(f"PRAGMA table_info({table})").fetchall()
        found[table] = [
            f"{name} {type} NOT NULL DEFAULT {usual or NOTHING[type]}"
            if needed
            else f"{name} {type}"
            for _, name, type, needed, usual, _ in columns
            if name not in there
        ]
    wanted.close()
    return found
