"""Hiding our own keys in everything that comes from outside.

A service may quote what it was sent: the refusal of a signature holds the whole text
that was to be signed, with the key's id and a temporary key's token in it.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from smsform.pattern import pattern

HIDDEN = "***"
# Characters; no key is shorter, and shorter texts would be found everywhere.
SHORTEST = 6

# A character of a key: plain, percent-encoded, as JSON or as HTML has it. Each of these
# begins with a fixed character, so that a search passes quickly over all others.
_CODED = r"(?:{plain}|%(?:25)*{hex}|\\\\*u00{hex}|&#(?:x0*{hex}|0*{number});?)"
_MARKS = ("%", "\\u00", "&#")
# UTF-8 is looked at closely only where it has one of these: how an encoded character
# begins, or half a surrogate pair.
_ODD = (b"\xed", b"\\u", b"%", b"&#")

# How half a surrogate pair may begin: invalid UTF-8, or JSON's escape.
_HALVES = (b"\xed", b"\\ud", b"\\uD")
_UNICODE = pattern(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_ESCAPE = pattern(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole pair
    r"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|[\ud800-\udfff])|\\."
)


def _whole(found: re.Match[str]) -> str:
    return "\ufffd" if found["half"] else found[0]


class Confidential(Struct, frozen=True):
    """A value with secret fields: where values are shown, it shows its class only."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({HIDDEN})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []  # a Struct would tell every field


class Secrets:
    """The key ids, secrets and tokens of one account that were used."""

    def __init__(self) -> None:
        self._known: dict[str, re.Pattern[str]] = {}

    def learn(self, *values: str) -> None:
        """Hide these values, too, from now on."""
        for value in values:
            if len(value) >= SHORTEST and value not in self._known:
                known = {**self._known, value: _coded(value)}
                # Longest first: one may lie inside another.
                self._known = dict(sorted(known.items(), key=_longest_first))

    def hide(self, text: str) -> str:
        """*text* with every known value, plain or encoded, replaced by ``***``."""
        known = self._known
        for value in known:
            text = text.replace(value, HIDDEN)
        if any(mark in text for mark in _MARKS):
            for each in known.values():
                text = each.sub(HIDDEN, text)
        return text

    def hide_in(self, body: bytes) -> bytes:
        """A JSON document, in any of JSON's encodings, as UTF-8 without the known
        values.

        Half a surrogate pair, which no terminal, file or header can hold, becomes
        U+FFFD. A body that is not text in that encoding is returned unchanged.
        """
        import json  # a command that makes no call does not load it

        encoding = json.detect_encoding(body)
        known = [value.encode(errors="surrogatepass") for value in self._known]
        odd = any(_holds(body, part) for part in (*_ODD, *known))
        if encoding == "utf-8" and not odd:
            return body
        try:
            text = body.decode(encoding, errors="surrogatepass")
        except UnicodeDecodeError:
            return body
        halves = encoding != "utf-8" or any(half in body for half in _HALVES)
        if halves and _UNICODE.search(text):
            text = _ESCAPE.sub(_whole, text)
        return self.hide(text).encode()


def _holds(body: bytes, part: bytes) -> bool:
    """Whether *part* is in *body*: one byte is found 50 times as fast as several."""
    return part[:1] in body and part in body


def _longest_first(known: tuple[str, object]) -> int:
    return -len(known[0])


def _coded(value: str) -> re.Pattern[str]:
    return pattern(
        "".join(
            _CODED.format(
                plain=re.escape(character),
                hex=_either_case(character),
                number=ord(character),
            )
            for character in value
        )
    )


def _either_case(character: str) -> str:
    return "".join(
        f"[{digit}{digit.upper()}]" if digit.isalpha() else digit
        for digit in f"{ord(character):02x}"
    )
