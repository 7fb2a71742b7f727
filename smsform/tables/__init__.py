"""Texts that live in a table elsewhere: CSV, JSON, the INSERT statements of a database.

    bytes -> text (decoding) -> rows with their places -> columns by what they mean

Knows nothing of SMS but which words name a column. No row is lost: what cannot be read
is listed with where it stands.
"""

from smsform.tables.columns import KEYS, Columns, chosen
from smsform.tables.decoding import decoded
from smsform.tables.reading import read
from smsform.tables.values import Table, TableError, TableRow, Unread

__all__ = [
    "KEYS",
    "Columns",
    "Table",
    "TableError",
    "TableRow",
    "Unread",
    "chosen",
    "decoded",
    "read",
]  # fmt: skip
