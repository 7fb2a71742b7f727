"""The checks of values before a call, as every generated module makes them.

These functions are the reference for modules in other languages, which work without
regular expressions and count code points.
"""

from __future__ import annotations

from smsform.links import is_link, within
from smsform.senders.model import ValueCheck


def fault(value: str, check: ValueCheck) -> str:
    """Why *value* cannot be sent: unreadable, length, characters or link; else ""."""
    if any("\ud800" <= each <= "\udfff" for each in value):
        return "unreadable"
    if len(value) < check.minimum or 0 < check.maximum < len(value):
        return "length"
    if check.alphabet and not all(within(each, check.alphabet) for each in value):
        return "characters"
    if not check.links and is_link(value):
        return "link"
    return ""
