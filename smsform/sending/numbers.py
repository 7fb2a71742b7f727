"""Phone numbers as people write them: read, checked against a market, masked.

Only this module imports ``phonenumbers``, whose tables are slow to load. Domestic is
the mainland only: Hong Kong, Macao and Taiwan are foreign to both services (docstrings
of their SDKs, read 2026-11-29).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from smsform.errors import ConfigError
from smsform.words import say

MOST = 10  # numbers of one send: it is for reviewing, not for bulk
LONGEST = 200  # characters of a line that may hold a number
# Characters people write a number with; the library accepts more: words around it,
# letters for digits, and text in a wrong encoding.
_WRITTEN = re.compile(r"\+?[0-9 ().\-]+")
_MAINLAND = re.compile(r"\+861[0-9]{10}")
_E164 = re.compile(r"\+([0-9]{1,3})([0-9]+)")


def read(text: str, where: str) -> str:
    """The number in *text*, as E.164; ConfigError at *where*, which never shows it."""
    import phonenumbers

    written = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    possible = _WRITTEN.fullmatch(written) is not None
    try:
        number = phonenumbers.parse(text[:LONGEST], "CN")
        possible = possible and phonenumbers.is_possible_number(number)
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise ConfigError(where, say("send.no_number"), say("send.no_number_hint"))
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == 86 and not _MAINLAND.fullmatch(found):
        raise ConfigError(where, say("send.no_mobile"), say("send.no_number_hint"))
    return str(found)


def is_international(number: str) -> bool:
    """Whether an E.164 *number* is outside the mainland."""
    return not _MAINLAND.fullmatch(number)


def read_all(given: Iterable[tuple[str, str]], international: bool) -> tuple[str, ...]:
    """The numbers in *given*, pairs of (place, text); each number once.

    ConfigError for one of the other market, for none, and for more than ten.
    """
    found: dict[str, None] = {}
    for where, text in given:
        number = read(text, where)
        if is_international(number) is not international:
            market = "abroad" if international else "mainland"
            what = say(f"send.market_{market}", number=mask(number))
            raise ConfigError(where, what, say(f"send.market_{market}_hint"))
        found[number] = None
    if not found:
        raise ConfigError("--to", say("send.none"), say("send.none_hint"))
    if len(found) > MOST:
        what = say("send.too_many", count=len(found), most=MOST)
        raise ConfigError("--to", what, say("send.too_many_hint"))
    return tuple(found)


def mask(number: str) -> str:
    """*number* with its middle hidden: ``+86138****8000``; never all of it."""
    match = _E164.fullmatch(number)
    digits = re.sub(r"\D", "", number)
    if not match:
        return f"****{digits[-2:]}" if len(digits) > 6 else "****"
    code = _country(digits)
    rest = digits[len(code) :]
    shown = min(4, len(rest) // 2)
    head = max(min(3, len(rest) - shown - 4), 0)
    return f"+{code}{rest[:head]}****{rest[len(rest) - shown :]}"


def hidden(text: str, numbers: Iterable[str]) -> str:
    """*text* from outside with these E.164 *numbers* masked, in any spelling."""
    for number in numbers:
        digits = number.removeprefix("+")
        national = digits[len(_country(digits)) :]
        for spelt in (number, f"00{digits}", digits, national):
            text = text.replace(spelt, mask(number))
        text = re.sub("[ .()-]{0,2}".join(national), mask(number), text)
    return text


def _country(digits: str) -> str:
    """The country code an international number begins with."""
    if digits.startswith("86"):
        return "86"
    import phonenumbers

    for length in (1, 2, 3):
        if int(digits[:length] or 0) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return digits[:length]
    return digits[:1]
