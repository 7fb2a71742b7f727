"""Links and phone numbers in a text that are to be declared, as the rules see them."""

from __future__ import annotations

import re
from functools import lru_cache

from smsform.pattern import pattern
from smsform.providers.aliyun import traffic
from smsform.rejections import links, phones
from smsform.rule import TemplateFacts

# 400 and 800 numbers, landlines with their area code, 95 and 96 short numbers.
# What they may begin with stands first, so that the rest is passed over quickly.
PHONE = pattern(
    r"[0489](?<![0-9-].)(?:(?<=[48])00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|"
    r"(?<=0)[0-9]{2,3}[)）]?[- ]?[0-9]{3,4}[- ]?[0-9]{4}|(?<=9)[56][0-9]{3,6})"
    r"(?![0-9-])",
    re.S,
)


@lru_cache(maxsize=1)  # two rules ask, one after the other
def found(facts: TemplateFacts) -> list[str]:
    """The links and numbers of a text that should be declared."""
    here: list[str] = []
    if links.may_be_in(facts.outline):
        here = [match[0] for match in links.LINK.finditer(facts.outline)]
    return [*here, *numbers(phones.narrow_outline(facts))]


def numbers(text: str) -> list[str]:
    """The phone numbers of a narrow *text* that should be declared."""
    if not phones.may_be_in(text):
        return []
    return [match[0] for match in PHONE.finditer(text)]


def covers(declaration: traffic.Listed, item: str) -> bool:
    """Whether *declaration* is about the link or number *item*."""
    if declaration.type == traffic.DOMAIN:
        host = re.sub(r"^https?://|^www\.", "", declaration.content).split("/")[0]
        return bool(host) and host.lower() in item.lower()
    return traffic.digits_of(declaration.content) == traffic.digits_of(item)
