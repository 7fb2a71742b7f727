"""From an entry back to a definition, as far as the service shows it; pure.

Lists show text, type and signature; remark and variable attributes are known of entries
read by id (SDK 4.6.0, read 2026-11-21).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from smsform.model import Existing, ImportedTemplate, Placeholder, TemplateType
from smsform.providers.aliyun import convert, variables, wire


def told(entry: Existing) -> ImportedTemplate:
    """The text split at its ``${name}``, and what else is known of it."""
    seen = entry.attributes
    native = str(seen["TemplateContent"])
    parts = convert.PLACEHOLDER.split(native)
    text = [
        Placeholder(part) if index % 2 else part
        for index, part in enumerate(parts)
        if index % 2 or part
    ]
    number = seen.get("TemplateType")
    if number == wire.INTERNATIONAL:
        abroad = {intl: type for type, intl in wire.INTL_TYPES.items()}
        number = abroad.get(int(seen.get("IntlType", -1)))
    types = {number: type for type, number in convert.TYPES.items()}
    remark, sign = seen.get("Remark"), seen.get("RelatedSignName")
    type = types.get(int(number)) if number is not None else None
    rule = _rule(str(seen.get("TemplateRule", "")))
    return ImportedTemplate(
        tuple(text),
        convert.order(native),
        type,
        None if remark is None else str(remark),
        kinds={name: variables.KINDS[attribute] for name, attribute in rule.items()},
        signature="" if sign is None else str(sign),
        own={"template_rule": _stated(rule, type)},
    )


def _rule(rule: str) -> dict[str, str]:
    """Variable -> attribute, where it is one that is known."""
    try:
        read = json.loads(rule or "{}")
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        str(name): attribute
        for name, attribute in read.items()
        if isinstance(attribute, str) and attribute in variables.KINDS
    }


def _stated(rule: Mapping[str, str], type: TemplateType | None) -> dict[str, str]:
    """The attributes that a kind would not lead to; stated so that no edit changes
    them."""
    return {
        name: attribute
        for name, attribute in rule.items()
        if type is not None
        and type in variables.ATTRIBUTES[attribute].types
        and variables.inferred(variables.KINDS[attribute], type) != attribute
    }
