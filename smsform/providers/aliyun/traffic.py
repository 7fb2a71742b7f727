"""Links and phone numbers in a text, declared with their owners: TrafficDriving (引流).

A definition lists them under ``aliyun: {traffic_driving: [...]}``; the service wants
objects in JSON (SDK 4.6.0, read 2026-11-21). Mobile numbers cannot be declared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

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


def declared(given: object, pictures: Mapping[str, str]) -> list[dict[str, str]]:
    """The declarations as the service's objects.

    *pictures* are the values that stand for the named files.
    """
    return [
        {
            KEYS[key]: pictures.get(value, "") if key == PICTURE else value
            for key, value in {**each.fields, "type": each.type}.items()
        }
        for each in listed(given)
    ]


@lru_cache(maxsize=256)  # a company has a few
def kind_of(content: str) -> str:
    """The trafficDrivingType of a link or a number."""
    digits = digits_of(content)
    if re.search("[A-Za-z]", content) or not digits:
        return DOMAIN
    return next((kind for start, kind in PHONES if digits.startswith(start)), OTHER)


@lru_cache(maxsize=256)
def digits_of(text: str) -> str:
    """The digits of *text*, without anything between them."""
    return "".join(c for c in text if c.isdigit())
