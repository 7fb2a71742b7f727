"""Reading fields of records and pushes, which may hold anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from smsform.hours import BEIJING

LONGEST = 1000  # characters of a field that are kept
DATE = "%Y-%m-%d %H:%M:%S"


def text_of(item: Mapping[str, object], name: str) -> str:
    """A field's text, cut to LONGEST; "" when it is not text."""
    value = item.get(name)
    return str(value)[:LONGEST] if type(value) in (str, int) else ""


def whole(value: object) -> int:
    """A whole number, written as a number or as text; 0 for anything else."""
    if type(value) is int:
        return value
    text = value if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def beijing(text: str, form: str = DATE) -> float:
    """A time in Beijing as unix seconds; 0 when *text* is no time."""
    try:
        return datetime.strptime(text, form).replace(tzinfo=BEIJING).timestamp()
    except (ValueError, OverflowError):
        return 0.0
