"""Characters in a text message that need attention, by kind.

Names and properties are Unicode's (15.0); which of them cause trouble in a message is
our own judgement unless a rule says otherwise.
"""

from __future__ import annotations

from unicodedata import category, combining, name

from smsform.pattern import pattern

# Characters of most texts: none is odd in any of the ways below, so most texts need one
# test only; U+0000 stands for a variable. Most do without the signs of ASCII that
# programs and templates have a use for, too.
_USUAL = "\0\n \u4e00-\u9fff，。；：？！、（）《》“”…"
USUAL = pattern(f"[{_USUAL}!-~]*")
PLAIN_TEXT = pattern(f"[{_USUAL}!\"'()*+,./0-9:;=?@A-Z_a-z-]*")

TAB = "\t"
LINE_BREAKS = frozenset("\n\r")

# Invisible, but the text is another one: services compare texts character by character
# when a message is sent.
INVISIBLE = frozenset(
    "\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u202f\u205f\u3000\u3164"
    "\u2800\ufeff\uffa0"
) | {chr(n) for n in (*range(0xFE00, 0xFE0F), *range(0xE0000, 0xE0080))}
# Marks of direction change how a text reads, and U+FFFD is left where a character was
# decoded wrongly. Of controls who reads the file complains, in every value (SF102).
FORBIDDEN = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\u2028\u2029\ufff9\ufffa\ufffb\ufffd"
)
# What word processors replace plain characters with -> the plain character in GSM-7.
PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "′": "'",
    "″": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "•": "-",
    "·": ".", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "`": "'", "´": "'",
    "«": '"', "»": '"', "‹": "'", "›": "'", "×": "x", "\t": " ", "，": ", ", "。": ". ",
    "：": ": ", "！": "! ", "？": "? ", "（": " (", "）": ") ",
}  # fmt: skip


def describe(characters: str) -> str:
    """Code point and name of each: ``U+00A0 NO-BREAK SPACE, U+200B …``."""
    return ", ".join(f"U+{ord(c):04X} {_name(c)}" for c in characters)


def _name(character: str) -> str:
    """What Unicode calls it; it gives no name to controls and to private characters."""
    private = category(character) == "Co"
    return name(character, "PRIVATE USE" if private else "CONTROL")


def visible(character: str) -> str:
    """The character itself, or its code point when it is invisible."""
    if character in INVISIBLE or combining(character) or not character.isprintable():
        return f"U+{ord(character):04X}"
    return character
