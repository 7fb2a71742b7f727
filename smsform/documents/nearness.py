"""Which known name may have been meant; bounded in time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from smsform.words import say

COMPARED = 40  # names that are compared: those of similar length and beginning first
LONGEST = 100  # characters of a word that is compared; a key has no more
SHOWN = 20  # names that are listed
_ODD_SPACES = "\u00a0\u3000 "


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

    from heapq import nsmallest

    def unlike(name: str) -> int:
        return abs(len(name) - len(word)) + 2 * (name[:1] != word[:1])

    return nsmallest(COMPARED, names, key=unlike)


def few(names: Sequence[str]) -> str:
    """*names* as part of a sentence; of very many, the first ones."""
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")


def shorten(text: str) -> str:
    """*text* as a message quotes it: on one line, shortened."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def near(word: str, known: Iterable[str]) -> str:
    """A hint: the one of *known* most like *word*, else all of them."""
    if wide := next((sign for sign in "，：" if sign in word), ""):
        return say("definitions.wide", sign=wide)
    names = sorted(known)
    if not names:
        return say("definitions.none_known")
    if match := nearest(word.strip(_ODD_SPACES).lower(), names):
        return say("definitions.did_you_mean", name=match)
    return say("definitions.known", names=few(names))


def unknown_key(key: str, known: Iterable[str], *, bare: bool) -> str:
    """A hint for an unknown *key*; *bare*: it stands in braces, without a value."""
    names = sorted(known)
    name, colon, value = key.partition(":")
    if colon and name in names:
        return say("definitions.colon_space", name=name, value=shorten(value))
    if bare and "：" not in key and not _meant(key, names):
        return say("definitions.comma_within")
    hint = near(key, names)
    if key != key.strip(_ODD_SPACES):
        hint = say("definitions.odd_space", near=hint)
    return hint


def lacks(key: str, given: Iterable[str], known: Collection[str]) -> bool:
    """Whether *key* is missing in *given*, and no misspelling of it is reported
    instead."""
    names = sorted(known)
    return key not in given and all(
        _meant(other, names) != key for other in given if other not in known
    )


def _meant(word: str, names: Sequence[str]) -> str:
    """The name that *word* begins with (a key with its value in one) or is like."""
    return nearest(re.split("[：:]", word)[0].strip(_ODD_SPACES).lower(), names)
