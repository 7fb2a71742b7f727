"""Which known name may have been meant, in a time that stays short."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

COMPARED = 40  # names, those of the most similar length and beginning
LONGEST = 100  # characters of a word that is compared; a key has no more
SHOWN = 20  # names that are listed


def nearest(word: str, names: Sequence[str]) -> str:
    """The one of *names* that *word* is most like; "" where none is like it."""
    if len(word) > LONGEST:
        return ""
    from difflib import get_close_matches

    found = get_close_matches(word, _candidates(word, names), n=1)
    return found[0] if found else ""


def _candidates(word: str, names: Sequence[str]) -> Sequence[str]:
    if len(names) <= COMPARED:
        return names

    def unlike(name: str) -> int:
        return abs(len(name) - len(word)) + 2 * (name[:1] != word[:1])

    return nsmallest(COMPARED, names, key=unlike)


def few(names: Sequence[str]) -> str:
    """*names* in a sentence; of very many the first ones."""
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
