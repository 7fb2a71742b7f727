"""Reading fields of records and pushes, which may hold anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from smsform.delivery import LATEST, moment_of
from smsform.hours import BEIJING

LONGEST = 1000  # characters of a field that are kept
DIGITS = 18  # of a number that is believed
DATE = "%Y-%m-%d %H:%M:%S"


def text_of(item: Mapping[str, object], name: str) -> str:
    """A field's text, cut to LONGEST; "" when it is not text."""
    value = item.get(name)
    return str(value)[:LONGEST] if type(value) in (str, int) else ""


def whole(value: object) -> int:
    """A whole number, written as a number or as text; 0 for anything else.

    Negative ones, and those of more than DIGITS digits, are anything else.
    """
    if type(value) is int:
        return value if 0 <= value < 10**DIGITS else 0
    text = value if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def seconds(value: object) -> float:
    """A time written as unix seconds; 0 for anything that is no time."""
    found = whole(value)
    return float(found) if found <= LATEST else 0.0


def beijing(text: str, form: str = DATE) -> float:
    """A time in Beijing as unix seconds; 0 when *text* is no time."""
    try:
        return float(moment_of(datetime.strptime(text, form).replace(tzinfo=BEIJING)))
    except ValueError:
        return 0.0
