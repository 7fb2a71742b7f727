"""Links and phone numbers in a text, declared with their owners: TrafficDriving (引流).

A definition lists them under ``aliyun: {traffic_driving: [...]}``; the service wants
objects in JSON (SDK 4.6.0, read 2026-11-21). Mobile numbers cannot be declared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from smsform.pattern import pattern
from smsform.rejections.links import LINK, may_be_in
from smsform.rejections.phones import MOBILE, narrow

__all__ = ["MOBILE", "PHONE"]

# Our keys -> theirs.
KEYS = {
    "type": "trafficDrivingType",
    "content": "trafficDrivingContent",
    "variable": "variableName",
    "company": "companyName",
    "organization_code": "organizationCode",
    "icp_no": "icpNo",
    "icp_picture": "icpPicOssKey",  # a file, uploaded when it is submitted
    "icp_picture_key": "icpPicOssKey",  # uploaded before
    "company_differs": "companyDifferentFromSignQuaReason",
}
PICTURE = "icp_picture"
PICTURES = (PICTURE, "icp_picture_key")
REQUIRED = ("content", "company", "organization_code")
DOMAIN = "DOMAIN"
OTHER = "OTHER_PHONE"
# The type of a number by how it begins; the first match counts.
PHONES = (
    ("400", "400_PHONE"),
    ("800", "800_PHONE"),
    ("95", "95_PHONE"),
    ("96", "96_PHONE"),
    ("0", "FIXED_PHONE"),
    ("1", "1_PHONE"),
)

# 400 and 800 numbers, landlines with their area code, 95 and 96 short numbers.
PHONE = pattern(
    r"(?<![0-9-])(?:[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|"
    r"0[0-9]{2,3}[)）]?[- ]?[0-9]{3,4}[- ]?[0-9]{4}|9[56][0-9]{3,6})(?![0-9-])"
)

_DIGITS = pattern("[0-9]{3}")  # what each of them has


class Listed(NamedTuple):
    """One declaration as the definition has it; missing fields are empty."""

    fields: Mapping[str, str]
    unknown: tuple[str, ...]

    @property
    def content(self) -> str:
        """The link or number."""
        return self.fields.get("content", "")

    @property
    def type(self) -> str:
        """The stated type, else the one its form suggests."""
        return self.fields.get("type") or kind_of(self.content)


def listed(given: object) -> list[Listed]:
    """The declarations of a definition; an item that is no mapping counts as empty."""
    if given is None:
        return []
    found = []
    for each in given if isinstance(given, tuple | list) else [given]:
        fields = each if isinstance(each, Mapping) else {}
        found.append(
            Listed(
                {key: str(fields[key]) for key in KEYS if key in fields},
                tuple(str(key) for key in fields if key not in KEYS),
            )
        )
    return found


def declared(given: object, pictures: Mapping[str, str]) -> str:
    """The declarations in the service's form; "" for none.

    *pictures* are the values that stand for the named files.
    """
    objects = [
        {
            KEYS[key]: pictures.get(value, "") if key == PICTURE else value
            for key, value in {**each.fields, "type": each.type}.items()
        }
        for each in listed(given)
    ]
    if not objects:
        return ""
    return json.dumps(
        objects, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


@lru_cache(maxsize=256)  # a company has a few
def kind_of(content: str) -> str:
    """The trafficDrivingType of a link or a number."""
    digits = _digits(content)
    if re.search("[A-Za-z]", content) or not digits:
        return DOMAIN
    return next((kind for start, kind in PHONES if digits.startswith(start)), OTHER)


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


def covers(declaration: Listed, item: str) -> bool:
    """Whether *declaration* is about the link or number *item*."""
    if declaration.type == DOMAIN:
        host = re.sub(r"^https?://|^www\.", "", declaration.content).split("/")[0]
        return bool(host) and host.lower() in item.lower()
    return _digits(declaration.content) == _digits(item)


@lru_cache(maxsize=256)
def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
