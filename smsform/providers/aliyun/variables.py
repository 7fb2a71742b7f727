"""What a variable of Alibaba Cloud may hold: the attributes of TemplateRule.

Documented (document 2806243): numberCaptcha, characterWithNumber2, phone_number2, time,
money, name, other_number2. The others, and which types of template offer which, are
from code that mirrors the console's list. Read 2026-11-21.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from smsform.model import Parameter, Template, TemplateType

CODES = frozenset({TemplateType.VERIFICATION})
NOTICES = frozenset({TemplateType.NOTIFICATION})
MESSAGES = frozenset({TemplateType.NOTIFICATION, TemplateType.MARKETING})


class Attribute(NamedTuple):
    """The types of template that offer it, a pattern of its values, and words for
    that."""

    types: frozenset[TemplateType]
    looks: str
    words: str


ATTRIBUTES = {
    "numberCaptcha": Attribute(CODES, r"[0-9]{4,6}", "4 to 6 digits"),
    "characterWithNumber2": Attribute(
        CODES, r"[0-9A-Za-z]{4,6}", "4 to 6 letters and digits"
    ),
    # The older name, which examples still show.
    "characterWithNumber": Attribute(
        CODES, r"[0-9A-Za-z]{4,6}", "4 to 6 letters and digits"
    ),
    "verifyTime": Attribute(CODES, r"[1-9][0-9]?", "a number from 1 to 99"),
    "time": Attribute(
        MESSAGES, r".*[0-9零一二三四五六七八九十上下晚早中午].*", "a date or a time"
    ),
    "money": Attribute(MESSAGES, r"[0-9]+(\.[0-9]+)?", "an amount without its unit"),
    "name": Attribute(
        MESSAGES, r"[\u3400-\u9fff·]{2,5}", "2 to 5 Chinese characters"
    ),
    "user_nick": Attribute(MESSAGES, r".{1,20}", "at most 20 characters"),
    "link_param": Attribute(MESSAGES, r"[0-9A-Za-z]{1,8}", "1 to 8 letters and digits"),
    "others": Attribute(MESSAGES, r".{1,35}", "at most 35 characters"),
    "unit_name": Attribute(
        NOTICES, r"[\u3400-\u9fff（）()·]{1,20}", "at most 20 Chinese characters"
    ),
    "address": Attribute(NOTICES, r".{1,30}", "at most 30 characters"),
    "license_plate_number": Attribute(NOTICES, r".{1,10}", "at most 10 characters"),
    "tracking_number": Attribute(
        NOTICES, r"[0-9A-Za-z-]{8,16}", "8 to 16 letters and digits"
    ),
    "pick_up_code": Attribute(
        NOTICES, r"[0-9A-Za-z_-]{4,8}", "4 to 8 digits, hyphens and underscores"
    ),
    "other_number2": Attribute(
        NOTICES, r"[0-9A-Za-z]{1,35}", "at most 35 letters and digits"
    ),
    "phone_number2": Attribute(
        NOTICES, r"1[0-9]{10}|[0-9-]{5,15}", "a landline of 5 to 15, or a mobile number"
    ),
    "email_address": Attribute(
        NOTICES, r"(?=.{7,30}$)[^@\s]+@[^@\s]+", "an address of 7 to 30 characters"
    ),
}  # fmt: skip

# The attributes of a parameter's kind; the first that the type offers is taken; it
# never depends on a sample: samples cause no change.
BY_KIND: Mapping[str, Sequence[str]] = {
    "code": ("numberCaptcha", "other_number2"),
    "number": ("verifyTime", "other_number2"),
    "time": ("time", "verifyTime"),
    "money": ("money",),
    "name": ("name",),
    "nickname": ("user_nick",),
    "organisation": ("unit_name",),
    "address": ("address",),
    "plate": ("license_plate_number",),
    "tracking_number": ("tracking_number",),
    "pickup_code": ("pick_up_code",),
    "phone": ("phone_number2",),
    "email": ("email_address",),
    "link_suffix": ("link_param",),
    "text": (),
}
OTHERWISE = {
    TemplateType.VERIFICATION: "numberCaptcha",
    TemplateType.NOTIFICATION: "others",
    TemplateType.MARKETING: "others",
}
# The way back: the kind for an attribute.
KINDS = {
    "numberCaptcha": "code", "characterWithNumber2": "code",
    "characterWithNumber": "code", "verifyTime": "number", "other_number2": "number",
    "time": "time", "money": "money", "name": "name", "user_nick": "nickname",
    "unit_name": "organisation", "address": "address", "license_plate_number": "plate",
    "tracking_number": "tracking_number", "pick_up_code": "pickup_code",
    "phone_number2": "phone", "email_address": "email", "link_param": "link_suffix",
    "others": "text",
}  # fmt: skip


@cache
def inferred(kind: str, type: TemplateType) -> str:
    """The attribute of a parameter of *kind* in a template of *type*."""
    offered = (each for each in BY_KIND[kind] if type in ATTRIBUTES[each].types)
    return next(offered, OTHERWISE[type])


def stated(keys: Mapping[str, object]) -> Mapping[str, str]:
    """What a definition says under ``template_rule``: parameter -> attribute."""
    rule = keys.get("template_rule")
    if not isinstance(rule, Mapping):
        return {}
    return {str(name): str(attribute) for name, attribute in rule.items()}


def rule(
    template: Template,
    order: Sequence[str],
    by_name: Mapping[str, Parameter],
    keys: Mapping[str, object],
) -> dict[str, str]:
    """Variable -> attribute for those in *order*: as stated, else by kind."""
    said = stated(keys)
    return {
        native: said.get(by_name[native].name)
        or inferred(by_name[native].kind, template.type)
        for native in order
    }


@lru_cache(maxsize=1024)  # many templates have values in common
def fits(attribute: str, value: str) -> bool:
    """Whether *value* may be sent for a variable with this *attribute*.

    A line break is a character like others: no source says that it is refused.
    """
    return re.fullmatch(ATTRIBUTES[attribute].looks, value, re.DOTALL) is not None
