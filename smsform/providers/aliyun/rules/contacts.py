"""Links and phone numbers in a text that are to be declared, as the rules see them."""

from __future__ import annotations

import re
from functools import lru_cache

from smsform.pattern import pattern
from smsform.providers.aliyun import traffic
from smsform.rejections.links import LINK, may_be_in
from smsform.rejections.phones import narrow

# 400 and 800 numbers, landlines with their area code, 95 and 96 short numbers.
PHONE = pattern(
    r"(?<![0-9-])(?:[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|"
    r"0[0-9]{2,3}[)）]?[- ]?[0-9]{3,4}[- ]?[0-9]{4}|9[56][0-9]{3,6})(?![0-9-])"
)

_DIGITS = pattern("[0-9]{3}")  # what each of them has


@lru_cache(maxsize=1)  # two rules ask, one after the other
def found(text: str) -> list[str]:
    """The links and numbers of *text* that should be declared."""
    links = []
    if may_be_in(text):
        links = [match[0] for match in LINK.finditer(text)]
    return [*links, *phones(narrow(text))]


def phones(text: str) -> list[str]:
    """The numbers of a narrow *text* that should be declared."""
    if not _DIGITS.search(text):
        return []
    return [match[0] for match in PHONE.finditer(text)]


def covers(declaration: traffic.Listed, item: str) -> bool:
    """Whether *declaration* is about the link or number *item*."""
    if declaration.type == traffic.DOMAIN:
        host = re.sub(r"^https?://|^www\.", "", declaration.content).split("/")[0]
        return bool(host) and host.lower() in item.lower()
    return traffic.digits_of(declaration.content) == traffic.digits_of(item)
