"""Recognising the form of a table, and reading its tables."""

from __future__ import annotations

import re

from smsform.tables import delimited, inserts, objects
from smsform.tables.values import Table, TableError

_JSON = re.compile(r"\s*[\[{]")
_SQL = re.compile(
    r"^\s*(?:INSERT\s|REPLACE\s+INTO\s|COPY\s.+\sFROM\s+stdin)", re.I | re.M
)


def read(text: str, name: str = "") -> list[Table]:
    """The tables of a file called *name*: by its suffix, else by its first characters.

    TableError when there is none.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("json", "jsonl", "ndjson") or (
        suffix not in ("csv", "tsv", "txt", "sql") and _JSON.match(text)
    ):
        return [objects.read(text)]
    if suffix == "sql" or (suffix not in ("csv", "tsv") and _SQL.search(text)):
        return inserts.read(text)
    if not text.strip():
        raise TableError("empty")
    return [delimited.read(text)]
