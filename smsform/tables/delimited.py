"""CSV with any separator: a comma, a semicolon, a tab."""

from __future__ import annotations

import csv
import io

from smsform.tables.values import MOST_COLUMNS, Table, TableError, TableRow, Unread
from smsform.words import say

SEPARATORS = "\t;,，|"  # when several are equally frequent, the last one is taken


def read(text: str) -> Table:
    """The table of a CSV file: its first line names the columns."""
    head = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=lambda sign: (head.count(sign), sign == ","))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    table: Table | None = None
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if table is None:
                raise TableError("csv", line=line, what=error) from None
            why = say("tables.csv", what=error)
            table.unread.append(Unread(line, why, max(line, reader.line_num)))
            continue
        if not any(value.strip() for value in values):
            continue
        if table is None:
            table = Table(_named(values))
        elif any(value.strip() for value in values[len(table.columns) :]):
            why = say("tables.fields", count=len(values), columns=len(table.columns))
            table.unread.append(Unread(line, why, reader.line_num))
        else:
            cells = [unwrapped(value) for value in values]
            table.add(TableRow(line, dict(zip(table.columns, cells, strict=False))))
    if table is None:
        raise TableError("empty")
    return table


def _named(head: list[str]) -> list[str]:
    """The names of columns; a column without a name is called by its number."""
    if len(head) > MOST_COLUMNS:
        raise TableError("columns", most=MOST_COLUMNS)
    names = [name.strip() or str(number) for number, name in enumerate(head, 1)]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise TableError("column_twice", name=twice)
    return names


def unwrapped(value: str) -> str:
    """The text in a cell written as ``="0123"`` to keep spreadsheets from changing
    it."""
    if value.startswith('="') and value.endswith('"') and len(value) > 2:
        return value[2:-1].replace('""', '"')
    return value
