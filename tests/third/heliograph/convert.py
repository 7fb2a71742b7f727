"""Definitions to what Heliograph is sent, its entries to what exists; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from smsform.model import (
    Address,
    Desired,
    Existing,
    ImportedTemplate,
    Kind,
    Placeholder,
    Review,
    Signature,
    Template,
    TemplateType,
)
from smsform.provider import Context

from . import wire

TYPE = "heliograph"
REVIEWS = {
    wire.PENDING: Review.IN_REVIEW,
    wire.APPROVED: Review.APPROVED,
    wire.LIMITED: Review.APPROVED_INACTIVE,
    wire.REJECTED: Review.REJECTED,
    wire.WITHDRAWN: Review.CANCELLED,
}
_VARIABLE = re.compile(r"#([A-Za-z][A-Za-z0-9_]*)#")


def native(template: Template) -> str:
    """The text as submitted: a parameter becomes ``#name#``."""
    if verbatim := template.overrides.get(TYPE, {}).get("native"):
        return str(verbatim)
    return "".join(
        part if isinstance(part, str) else f"#{part.name}#" for part in template.content
    )


def order(text: str) -> tuple[str, ...]:
    """The variables in the order they first occur."""
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def fill(text: str, values: Sequence[str]) -> str:
    """Put *values* where the variables are."""
    named = dict(zip(order(text), values, strict=False))
    return _VARIABLE.sub(lambda match: named.get(match[1], match[0]), text)


def desired(
    address: Address, definition: Template | Signature, context: Context
) -> Desired:
    """What the account should have, in the service's words."""
    if isinstance(definition, Signature):
        keys = definition.overrides.get(TYPE, {})
        return Desired(
            address,
            definition.name,
            definition.international,
            {"name": definition.name},
            definition.at,
            {"remark": definition.remark, "purpose": str(keys.get("purpose", ""))},
            lookup_only=not keys,
            protect=definition.protect,
        )
    text = native(definition)
    given = {each.native.get(TYPE, each.name): each for each in definition.params}
    params = tuple(given[name] for name in order(text) if name in given)
    sender = definition.signature or ""
    return Desired(
        address,
        definition.name,
        definition.international,
        {"text": text, "category": str(definition.type)},
        definition.at,
        {"remark": definition.remark, "sender": context.names.get(sender, "")},
        parameters=tuple(each.name for each in params),
        params=params,
        cases=definition.samples,
        signature=Address(address.provider, Kind.SIGNATURE, sender) if sender else None,
        protect=definition.protect,
    )


def existing(kind: Kind, item: Mapping[str, object]) -> Existing:
    """An entry as the service shows it; KeyError for one of another shape."""
    shown: tuple[str, ...] = ("text", "category", "remark", "sender")
    if kind is Kind.SIGNATURE:
        shown = ("name", "remark", "purpose")
    return Existing(
        kind,
        str(item["id"]),
        str(item["name"]),
        REVIEWS.get(str(item["status"]), Review.UNKNOWN),
        {name: str(item[name]) for name in shown},
        bool(item["abroad"]),
        note=str(item["reason"]),
        created=int(str(item["submitted"])),
        order=str(item["submitted"]),
    )


def told(entry: Existing) -> ImportedTemplate:
    """Everything comes back as it was sent."""
    text, seen = str(entry.attributes["text"]), entry.attributes
    parts = [
        Placeholder(part) if index % 2 else part
        for index, part in enumerate(_VARIABLE.split(text))
        if part
    ]
    return ImportedTemplate(
        tuple(parts),
        order(text),
        TemplateType(str(seen["category"])),
        str(seen["remark"]),
        signature=str(seen["sender"]),
    )


def fields(desired: Desired, name: str) -> dict[str, object]:
    """What a submission carries."""
    sent = {**desired.delivered, **desired.review_only}
    return {**sent, "name": name, "abroad": desired.international}
