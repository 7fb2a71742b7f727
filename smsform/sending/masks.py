"""Recognising our texts in a service's records, and hiding their values.

Services show the text of a message in full, or with parts of its values as asterisks;
so only the fixed text around the values is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

HIDDEN = "***"


def places(content: str, fixed: Sequence[str]) -> list[tuple[int, int]] | None:
    """Start and end of each value in *content*; None when it is another text.

    *fixed* is the text before, between and after the values; any may be empty.
    """
    first, *middle = fixed
    if not content.startswith(first):
        return None
    if not middle:
        return [] if content == first else None
    found, start = [], len(first)
    for part in middle[:-1]:
        end = content.find(part, start) if part else start
        if end < 0:
            return None
        found.append((start, end))
        start = end + len(part)
    last = len(content) - len(middle[-1])
    if last < start or not content.endswith(middle[-1]):
        return None
    return [*found, (start, last)]


def matches(content: str, fixed: Sequence[str]) -> bool:
    """Whether *content* can be a message with this *fixed* text."""
    return places(content, fixed) is not None


def masked(content: str, known: Iterable[Sequence[str]]) -> str:
    """*content* with its values hidden; "" when it is none of the *known* texts.

    An unknown text may hold anything, so nothing of it is shown.
    """
    for fixed in known:
        spans = places(content, fixed)
        if spans is None:
            continue
        shown, start = "", 0
        for begin, end in spans:
            shown += content[start:begin] + HIDDEN
            start = end
        return shown + content[start:]
    return ""
