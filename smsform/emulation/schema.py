"""The tables of an emulator's store; every statement may be run again."""

from __future__ import annotations

FORMAT = 3  # 2: nonces and pushes; 3: series
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
  admitted INTEGER NOT NULL);
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
CREATE TABLE IF NOT EXISTS note (
  scope TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (scope, name)) WITHOUT ROWID;
PRAGMA user_version = {FORMAT};
"""
