"""JSON: a list of objects, an object that holds one, or an object on every line."""

from __future__ import annotations

import json

from smsform.tables.values import MOST_COLUMNS, Table, TableError, TableRow, Unread
from smsform.words import say


def read(text: str) -> Table:
    """The table of a JSON file; rows count from 1, or stand on lines."""
    try:
        document = json.loads(text)
    except RecursionError:
        raise TableError("json_deep") from None
    except ValueError as error:
        lines = text.splitlines()
        if len(lines) > 1 and _is_object(lines[0]):
            return _by_line(lines)
        raise TableError("json", what=error) from None
    items = _list(document)
    if items is None:
        raise TableError("json_list")
    table = Table([], numbered=True)
    for number, item in enumerate(items, 1):
        _add(table, number, item)
    return table


def _list(document: object) -> list[object] | None:
    """The first list of objects in it, at most two levels down."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    for inner in document.values():
        if isinstance(inner, list) and any(isinstance(each, dict) for each in inner):
            return inner
    found = (_list(inner) for inner in document.values() if isinstance(inner, dict))
    return next((each for each in found if each is not None), None)


def _by_line(lines: list[str]) -> Table:
    table = Table([])
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _add(table, number, json.loads(line))
        except (ValueError, RecursionError) as error:
            table.unread.append(Unread(number, say("tables.json", what=error)))
    return table


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _add(table: Table, number: int, item: object) -> None:
    if not isinstance(item, dict):
        table.unread.append(Unread(number, say("tables.no_object")))
        return
    table.columns += [name for name in item if name not in table.columns]
    if len(table.columns) > MOST_COLUMNS:
        raise TableError("columns", most=MOST_COLUMNS)
    table.add(TableRow(number, {name: _text(value) for name, value in item.items()}))


def _text(value: object) -> str | None:
    """A value as text; None for a list, an object or null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None
