"""Checks of a text's outline that every service makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from smsform.pattern import pattern
from smsform.rejections import phones
from smsform.rule import VARIABLE, Finding, TemplateFacts
from smsform.segments import code_units
from smsform.words import tell

MAX_LENGTH = 500  # characters of a message, signature and values included

# Only blanks and invisible characters between them.
_ADJACENT = pattern("\0[\\s\u00ad\u200b-\u200d\u2060\ufeff]*\0")
_WORD = pattern(r"\w")
# Digits on both sides, or the beginning of a mobile number in front.
_IN_NUMBER = pattern(r"[0-9]\0[0-9]|(?<![0-9])1[3-9][0-9]{1,8}\0")
_AFTER_DIGIT = pattern(r"[0-9]\0")
# In an address every sign has a meaning, and none can be replaced.
_ADDRESS = pattern(
    r"(?:https?://|www\.|(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10}/)[!-~]{0,300}", re.I
)
# Classes of symbols, of which the services' pages name an example or two each.
_SYMBOL = pattern(
    "["
    "\u00a2-\u00a5\u0e3f\u20a0-\u20cf\ufe69\uff04"  # currencies: ¥ € ＄
    "\uffe0\uffe1\uffe5\uffe6"  # and wide: ￠ ￡ ￥ ￦
    "\u00b2\u00b3\u00b9\u2070-\u209f"  # raised and lowered: ² ³ ₂
    "\u00bc-\u00be\u2150-\u218b"  # fractions and Roman numerals: ½ Ⅲ
    "\u3371-\u337a\u3380-\u33df"  # squared units: ㎡ ㎏
    "\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff"  # arrows
    "\u2460-\u24ff\u3200-\u32ff"  # in circles and brackets: ① ㈠ ㊣
    "\u2200-\u22ff"  # mathematics: √ ∞
    "\u2500-\u27bf"  # boxes, shapes, stars, ticks: ■ ★ ☆ ✓ ♥
    "\u203b\u2022\u2023\u2043\u3004\u3012\u3013\u3020\u3036"  # ※ • 〒
    "\u00a9\u00ae\u2100-\u2102\u2104-\u214f"  # © ® № ™, but ℃ is of daily use
    "]"
)
_FACE = "^_^"
# Probably another tool's variable, which another rule reports.
_FOREIGN = pattern(r"\$[A-Za-z_{]|#[A-Za-z_]\w*#", re.A)
_SMALL = {"#": "﹟", "&": "﹠", "$": "﹩", "*": "﹡", "@": "﹫"}
_FULL_WIDTH = 0xFEE0  # from a sign of ASCII to the one that is as wide as Han


def is_symbol(character: str) -> bool:
    """Whether a character is of the classes that ``symbols`` looks for."""
    return _SYMBOL.match(character) is not None


def adjacent(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for two variables with nothing or only white space between them."""
    if not _touch(facts.outline):
        return ()
    message = tell("two variables follow each other without text between")
    return (Finding(message, tell("put words between them, or make them one")),)


@lru_cache(maxsize=4)  # rules of several services ask, here and below
def _touch(outline: str) -> bool:
    return _ADJACENT.search(outline) is not None


def only_variables(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for variables without a letter, digit or Han character around them."""
    if VARIABLE not in facts.outline or _says_something(facts.outline):
        return ()
    message = tell("the text is nothing but variables")
    return (Finding(message, tell("write what the message is about around them")),)


@lru_cache(maxsize=4)
def _says_something(outline: str) -> bool:
    return _WORD.search(outline) is not None


def in_number(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for a variable between the digits of one number."""
    if not _splits_number(phones.narrow_outline(facts)):
        return ()
    message = tell("a variable is part of a number")
    hint = tell("make the whole number one variable, or none of it")
    return (Finding(message, hint),)


@lru_cache(maxsize=4)
def _splits_number(outline: str) -> bool:
    if not _AFTER_DIGIT.search(outline):  # few texts have any
        return False
    return _IN_NUMBER.search(outline) is not None


def brackets(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for the brackets of a signature in the text."""
    if "【" not in facts.outline and "】" not in facts.outline:
        return ()
    message = tell(
        "【】 in the text: the service puts the signature in front by itself"
    )
    return (Finding(message, tell("take the signature out, quote with “”")),)


def length(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for an empty text, or one too long: as submitted, or with samples."""
    short = 0 < len(facts.native) <= MAX_LENGTH // 2 and facts.longest <= MAX_LENGTH
    if short and not facts.native.isspace():
        return ()
    units = code_units(facts.native)
    if not facts.native.strip():
        message = tell("the text is empty")
        return (Finding(message, tell("write what the message says")),)
    if units > MAX_LENGTH:
        message = tell(
            "{length} characters with the variables, {limit} allowed",
            length=units,
            limit=MAX_LENGTH,
        )
        return (Finding(message, tell("shorten it or send two messages")),)
    if facts.longest <= MAX_LENGTH:
        return ()
    case = max(facts.cases, key=lambda case: code_units(facts.cases[case]))
    message = tell(
        "{length} characters with the signature and the sample {case}, {limit} allowed",
        length=facts.longest,
        case=case,
        limit=MAX_LENGTH,
    )
    return (Finding(message, tell("shorten it or send two messages")),)


def symbols(facts: TemplateFacts, plain: str, named: str = "") -> str:
    """The special symbols of a text, each once; "" for none.

    *plain* are signs of ASCII that the service counts as such, in full width, too, but
    not within an address; *named* are further ones that its pages name.
    """
    text = facts.outline
    suspects = [sign for sign in plain if sign in text]
    if facts.usual and not suspects and "^" not in text:
        return ""
    if suspects:
        text = _FOREIGN.sub("", _ADDRESS.sub("", text))
    if _FACE in text:
        return _FACE
    wide = (chr(ord(sign) + _FULL_WIDTH) for sign in plain)
    unwanted = {*plain, *named, *wide, *(_SMALL[s] for s in plain if s in _SMALL)}
    found = (c for c in text if c in unwanted or _SYMBOL.match(c))
    return "".join(dict.fromkeys(found))
