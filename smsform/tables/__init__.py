"""Tables of texts: CSV, JSON, the INSERT statements of a database.

    bytes -> text (decoding) -> rows with their places -> columns by what they mean

All it knows of SMS are the words that name columns. No row is lost: unreadable ones are
listed with their place.
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
