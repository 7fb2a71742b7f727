"""Rows as comma-separated values (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# First characters of what a spreadsheet would execute.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table with a line of names first; None is an empty field.

    A text that a spreadsheet would take for a formula gets an apostrophe in front,
    except a phone number with its plus sign.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_field(value) for value in row])
    return out.getvalue().rstrip("\n")


def _field(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    number = value[:1] == "+" and value[1:].replace("*", "").isdigit()
    return f"'{value}" if value.startswith(_FORMULA) and not number else value
