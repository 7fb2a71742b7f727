"""Phone numbers in a text, in any width and grouping."""

from __future__ import annotations

from functools import lru_cache

from smsform.pattern import pattern
from smsform.rule import TemplateFacts

# Also in groups; what stands before it is checked in ``mobile``.
MOBILE = pattern("1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
# What every phone number matches, services' short ones, too: texts without it need not
# be searched with the patterns of any kind.
_HINT = pattern("[0-9](?:[ -]?[0-9]){4}")
_COUNTRY = "86"
# Full-width digits, and the signs that stand for a hyphen or a space between groups.
_NARROW = str.maketrans(
    "０１２３４５６７８９－—–‐‑−＋（）\u3000", "0123456789------+() "
)


@lru_cache(maxsize=4)
def narrow(text: str) -> str:
    """*text* with digits and the signs between them in half width, one for one."""
    return text if text.isascii() else text.translate(_NARROW)


def narrow_outline(facts: TemplateFacts) -> str:
    """The outline in half width; unchanged for most texts."""
    return facts.outline if facts.usual else narrow(facts.outline)


@lru_cache(maxsize=4)  # rules of several services ask, one after the other
def may_be_in(text: str) -> bool:
    """Whether a narrow *text* may hold a phone number; most texts cannot."""
    return _HINT.search(text) is not None


def mobile(text: str) -> str:
    """The first mobile number of a narrow *text*, without +86 or 86; "" for none."""
    if not may_be_in(text):
        return ""
    for found in MOBILE.finditer(text):
        before = text[max(0, found.start() - 4) : found.start()].rstrip(" -")
        code = before.removesuffix(_COUNTRY)
        if not before[-1:].isdigit() or (code != before and not code[-1:].isdigit()):
            return found[0]
    return ""
