"""What a code of a service means: the values, and searching them.

A code is met in the answer to a call, in the receipt of a message, or in old programs.
The same word may mean different things there, so a search returns all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """Where a code is met."""

    CALL = "call"  # any call: signatures, templates, keys, records
    SEND = "send"  # the answer to a send
    RECEIPT = "receipt"  # what became of a message: asked for, or pushed
    DELIVERY = "delivery"  # what is told of an approved entry: why it does not arrive
    OLD = "old"  # answers of interfaces that are gone


class Actor(StrEnum):
    """Who can do something about it."""

    AUTHOR = "author"  # who writes the text
    SENDER = "sender"  # whose program sends: numbers, values, pace
    ACCOUNT = "account"  # who runs the account: key, rights, money, settings
    RECIPIENT = "recipient"
    SERVICE = "service"  # its support
    NOBODY = "nobody"


class Explanation(NamedTuple):
    """One code in one place. Texts are English and their own key of the translation.

    ``family``: *code* is how many codes begin that are not listed one by one. ``today``
    is what an old code is called now. ``read`` is when the source was read.
    """

    code: str
    stage: Stage
    actor: Actor
    meaning: str
    advice: str
    source: str
    read: str
    family: bool = False
    today: str = ""


def find(code: str, known: Iterable[Explanation]) -> list[Explanation]:
    """The explanations of *code*, best first: exact, by its end, by its family.

    Case does not matter, and the beginning may be left out: ``PhoneNumberDailyLimit``
    is found as ``LimitExceeded.PhoneNumberDailyLimit``.
    """
    asked = code.strip().lower()
    known = list(known)
    single = [each for each in known if not each.family]
    if found := [each for each in single if each.code.lower() == asked]:
        return found
    if asked and (found := [e for e in single if _ends(e.code.lower(), asked)]):
        return found
    families = [
        each for each in known if each.family and asked.startswith(each.code.lower())
    ]
    longest = max((len(each.code) for each in families), default=0)
    return [each for each in families if len(each.code) == longest]


def _ends(code: str, asked: str) -> bool:
    return code.endswith(f".{asked}")


def near(code: str, known: Sequence[Explanation], most: int = 3) -> list[str]:
    """Codes that somebody may have meant, the likeliest first."""
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for each in known:
        if not each.family:
            names.setdefault(each.code.lower(), each.code)
            names.setdefault(each.code.lower().rpartition(".")[2], each.code)
    found = get_close_matches(code.strip().lower(), list(names), n=most * 2)
    return list(dict.fromkeys(names[name] for name in found))[:most]
