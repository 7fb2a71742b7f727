"""Phone numbers as senders write them and as services answer them.

Mainland numbers may come with ``+86``, ``0086``, ``86`` or bare; ``1`` and ten digits
are enough to be one [I]. Documents of both services' SendSms, read 2026-11-29.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from smsform.pattern import pattern

MAINLAND = "CN"
UNKNOWN = "DEF"  # the place of a number nobody can tell

_MAINLAND = pattern(r"(?:\+86|0086|86)?(1\d{10})", re.ASCII)
_ABROAD = pattern(r"(?:\+|00)([1-9]\d{6,14})", re.ASCII)
_BARE = pattern(r"([1-9]\d{7,14})", re.ASCII)


class Number(NamedTuple):
    """A number taken apart: ``country`` and ``subscriber`` are digits only.

    ``place`` is the ISO code of where it is from, "DEF" for a country code that no
    place has.
    """

    country: str
    subscriber: str
    place: str

    @property
    def text(self) -> str:
        """E.164: a plus sign and digits."""
        return f"+{self.country}{self.subscriber}"

    @property
    def international(self) -> bool:
        """Whether it is served by the international market: all but the mainland."""
        return self.place != MAINLAND


def read(text: str, *, bare_abroad: bool = False) -> Number | None:
    """The number that *text* is, None when it is none.

    *bare_abroad*: a country code counts without its plus sign or ``00``, too.
    """
    if match := _MAINLAND.fullmatch(text):
        return Number("86", match[1], MAINLAND)
    match = _ABROAD.fullmatch(text) or (_BARE.fullmatch(text) if bare_abroad else None)
    if match is None or match[1].startswith("86"):
        return None
    return _abroad(match[1])


def _abroad(digits: str) -> Number:
    import phonenumbers  # only numbers from abroad need its tables

    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return Number(digits[:1], digits[1:], UNKNOWN)
    code = parsed.country_code or 0
    country = str(code)
    region = phonenumbers.region_code_for_number(parsed)
    region = region or phonenumbers.region_code_for_country_code(code)
    known = region if len(region) == 2 and region.isalpha() and region != "ZZ" else ""
    return Number(country, digits[len(country) :], known or UNKNOWN)
