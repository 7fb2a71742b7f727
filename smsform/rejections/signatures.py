"""Checks of a signature's name, keys and remark that every service makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from smsform.errors import Position
from smsform.rule import Finding, SignatureFacts
from smsform.words import Quantity, tell

BRACKETS = re.compile(r"[\[\]【】［］()（）〔〕]")  # never part of a name


def name_length(facts: SignatureFacts, least: int, most: int) -> Sequence[Finding]:
    """A finding for a name of fewer or more characters, brackets not counted.

    None for a signature that is only looked up by its name.
    """
    length = len(BRACKETS.sub("", facts.signature.name))
    if not facts.keys or least <= length <= most:
        return ()
    message = tell(
        "the name has {length:character}, {least} to {most} allowed",
        length=Quantity(length),
        least=least,
        most=most,
    )
    hint = tell("use the short form of the company, app or trademark")
    return (Finding(message, hint),)


def unknown_word(key: str, value: str, words: Iterable[str]) -> Finding:
    """The finding for *value*, which is none of the *words* that *key* may have."""
    words = list(words)
    near = get_close_matches(value, words, 1) or words
    names = ", ".join(near)
    return Finding(
        tell("{key}: {value!r} is not known", key=key, value=value),
        tell("did you mean: {names}", names=names)
        if len(near) == 1
        else tell("one of: {names}", names=names),
    )


def remark_length(
    length: int, limit: int, at: Position | None = None
) -> Sequence[Finding]:
    """A finding, at *at*, for a remark of *length* characters beyond *limit*."""
    if length <= limit:
        return ()
    message = tell(
        "the remark has {length} characters, {limit} allowed",
        length=length,
        limit=limit,
    )
    return (Finding(message, tell("say it shorter"), at),)
