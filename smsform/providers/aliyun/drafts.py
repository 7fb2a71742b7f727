"""From an entry back to a definition, as far as Alibaba Cloud lets one see; pure.

Lists show text, type and signature; remark and variable attributes are known of what
was read by id (SDK 4.6.0, read 2026-11-21).
"""

from __future__ import annotations

import json

from smsform.model import Existing, ImportedTemplate, Placeholder
from smsform.providers.aliyun import convert, variables, wire


def told(entry: Existing) -> ImportedTemplate:
    """The text taken apart at its ``${name}``, and what else is known of it."""
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
    return ImportedTemplate(
        tuple(text),
        convert.order(native),
        types.get(int(number)) if number is not None else None,
        None if remark is None else str(remark),
        kinds=_kinds(str(seen.get("TemplateRule", ""))),
        signature="" if sign is None else str(sign),
    )


def _kinds(rule: str) -> dict[str, str]:
    """Variable -> kind of parameter, where an attribute tells it."""
    try:
        read = json.loads(rule or "{}")
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        str(name): variables.KINDS[attribute]
        for name, attribute in read.items()
        if isinstance(attribute, str) and attribute in variables.KINDS
    }
