"""Definitions to what Tencent Cloud is sent, and its replies to what exists; pure.

Numbers are those of the official SDK (models.py of API version 2021-01-11, SDK
3.1.153, read 2026-11-21).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from smsform.model import (
    NO_ATTRIBUTES,
    Address,
    Attributes,
    Definition,
    Desired,
    Existing,
    Kind,
    Review,
    Signature,
    Template,
    TemplateType,
    Value,
)
from smsform.pattern import pattern
from smsform.provider import Context
from smsform.providers.tencent import delivery, wire
from smsform.providers.tencent.keys import DOCUMENT_TYPES, PURPOSES, SIGN_TYPES

TYPE = "tencent"

SMS_TYPES = {
    TemplateType.VERIFICATION: wire.VERIFICATION,
    TemplateType.NOTIFICATION: wire.NOTIFICATION,
    TemplateType.MARKETING: wire.MARKETING,
}
IMAGES = {"proof_image": "ProofImage", "commission_image": "CommissionImage"}

REVIEWS = {
    wire.APPROVED: Review.APPROVED,
    wire.IN_REVIEW: Review.IN_REVIEW,
    wire.APPROVED_INACTIVE: Review.APPROVED_INACTIVE,
    wire.REJECTED: Review.REJECTED,
}

_MARKETS = {wire.DOMESTIC: False, wire.INTERNATIONAL: True, wire.BOTH: None}
PLACEHOLDER = pattern(r"\{([0-9]{1,18})\}")
_NO_KEYS: Mapping[str, object] = {}


def native(template: Template) -> str:
    """The text as submitted: a parameter becomes ``{n}``, n its position from 1.

    A text stated verbatim under ``tencent: {native: …}`` is returned as it stands.
    """
    if verbatim := template.overrides.get(TYPE, _NO_KEYS).get("native"):
        return str(verbatim)
    numbers = {p.name: f"{{{n}}}" for n, p in enumerate(template.params, 1)}
    parts = [
        part if isinstance(part, str) else numbers.get(part.name, "")
        for part in template.content
    ]
    return "".join(parts)


def order(text: str) -> tuple[str, ...]:
    """The variables of a native text: its numbers, the lowest first."""
    numbers = sorted({int(number) for number in PLACEHOLDER.findall(text)})
    return tuple(map(str, numbers))


def fill(text: str, values: Sequence[str]) -> str:
    """Put *values* into a native text; the lowest number takes the first value."""
    by_number = dict(zip(order(text), values, strict=False))
    return PLACEHOLDER.sub(lambda m: by_number.get(str(int(m[1])), m[0]), text)


def desired(address: Address, definition: Definition, context: Context) -> Desired:
    """What the account should have for *address*, in Tencent's attribute names."""
    if isinstance(definition, Template):
        return _desired_template(address, definition)
    return _desired_signature(address, definition, context)


def _desired_template(address: Address, template: Template) -> Desired:
    text = native(template)
    params = template.positions(TYPE, text, order)
    key = template.signature
    return Desired(
        address=address,
        name=template.name,
        international=template.international,
        delivered={
            "TemplateContent": text,
            "SmsType": SMS_TYPES[template.type],
        },
        at=template.at,
        review_only={"Remark": template.remark},
        parameters=tuple([each.name for each in params]),
        params=params,
        cases=template.samples,
        signature=_signature(address.provider, key) if key else None,
        protect=template.protect,
    )


@cache
def _signature(provider: str, key: str) -> Address:
    """The address of a signature, one for the thousands of templates that need it."""
    return Address(provider, Kind.SIGNATURE, key)


def _desired_signature(
    address: Address, signature: Signature, context: Context
) -> Desired:
    keys = signature.overrides.get(TYPE, {})
    review_only: dict[str, Value] = {"Remark": signature.remark}
    for key, attribute, numbers in (
        ("sign_type", "SignType", SIGN_TYPES),
        ("document_type", "DocumentType", DOCUMENT_TYPES),
        ("purpose", "SignPurpose", PURPOSES),
    ):
        if keys.get(key) in numbers:
            review_only[attribute] = numbers[str(keys[key])]
    if "qualification_id" in keys and not signature.international:
        review_only["QualificationId"] = int(str(keys["qualification_id"]))
    evidence = []
    for key, attribute in IMAGES.items():
        if key in keys:
            found = context.evidence(attribute, str(keys[key]))
            evidence.append(found)
            if found.sha256:
                review_only[attribute] = f"sha256:{found.sha256}"
    return Desired(
        address=address,
        name=signature.name,
        international=signature.international,
        delivered={"SignName": signature.name},
        at=signature.at,
        review_only=review_only,
        evidence=tuple(evidence),
        lookup_only=not keys,
        protect=signature.protect,
    )


def template_request(desired: Desired, name: str) -> dict[str, object]:
    """The five fields Add and Modify both want; Modify replaces all of them."""
    return {
        "TemplateName": name,
        "TemplateContent": desired.delivered["TemplateContent"],
        "SmsType": desired.delivered["SmsType"],
        "International": int(desired.international),
        "Remark": desired.review_only["Remark"],
    }


def signature_request(
    desired: Desired, name: str, images: Mapping[str, bytes]
) -> dict[str, object]:
    """The fields of Add and Modify; *images*, by field, are sent as bare base64."""
    request: dict[str, object] = {
        attribute: value
        for attribute, value in desired.review_only.items()
        if attribute not in IMAGES.values()
    }
    for attribute, content in images.items():
        request[attribute] = base64.b64encode(content).decode("ascii")
    return {
        **request,
        "SignName": name,
        "International": int(desired.international),
    }


def existing_template(item: Mapping[str, object]) -> Existing:
    """An item of DescribeTemplateStatusSet; older replies lack TemplateContent."""
    text, attributes = item.get("TemplateContent"), NO_ATTRIBUTES
    if isinstance(text, str):
        attributes = {"TemplateContent": text}
    return _existing(
        item, Kind.TEMPLATE, item["TemplateId"], item.get("TemplateName"), attributes
    )


def existing_signature(item: Mapping[str, object]) -> Existing:
    """An item of DescribeSignListStatusSet; qualifications may be absent."""
    attributes: dict[str, Value] = {"SignName": str(item.get("SignName") or "")}
    if qualification := item.get("QualificationId"):
        attributes["QualificationId"] = int(str(qualification))
    entry = _existing(
        item, Kind.SIGNATURE, item["SignId"], attributes["SignName"], attributes
    )
    return replace(entry, delivery=delivery.of_signature(item))


def _existing(
    item: Mapping[str, object],
    kind: Kind,
    id: object,
    name: object,
    attributes: Attributes,
) -> Existing:
    status, market = item.get("StatusCode"), item.get("International")
    created = item.get("CreateTime") or 0
    return Existing(
        kind,
        str(id),
        str(name or ""),
        REVIEWS.get(status, Review.UNKNOWN)
        if isinstance(status, int)
        else Review.UNKNOWN,
        attributes,
        _MARKETS.get(market, False) if isinstance(market, int) else False,
        note=str(item.get("ReviewReply") or ""),
        created=created if isinstance(created, int) else int(str(created)),
        order=str(created or ""),  # identifies the last submission
    )
