"""A table that was read: its rows, and the lines that could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000


class TableError(ValueError):
    """A file cannot be used; ``sentence`` and ``fields`` say why."""

    def __init__(self, sentence: str, **fields: object) -> None:
        super().__init__(sentence)
        self.sentence, self.fields = sentence, fields


class TableRow(NamedTuple):
    """Values by column; ``line`` is where the row begins, from 1, or its number.

    A value is None when the file has an expression in its place.
    """

    line: int
    values: Mapping[str, str | None]


class Unread(NamedTuple):
    """A line, or lines up to ``last``, that could not be read, with the reason."""

    line: int
    why: str
    last: int = 0


class Table(Struct):
    """Columns in their order, rows, and what could not be read.

    ``numbered``: rows are counted, because they are not on lines of their own. ``name``
    is that of a database's table, "" elsewhere.
    """

    columns: list[str]
    rows: list[TableRow] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    numbered: bool = False
    name: str = ""

    def add(self, row: TableRow) -> None:
        """Add one row; TableError beyond MOST_ROWS."""
        if len(self.rows) >= MOST_ROWS:
            raise TableError("too_many", most=MOST_ROWS)
        self.rows.append(row)
