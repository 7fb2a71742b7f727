"""From an entry back to a definition, as far as the service shows it; pure.

Lists show neither type nor remark (providers page of the official SDK 3.1.153,
models.py, read 2026-11-21), so both stay unknown.
"""

from __future__ import annotations

from smsform.model import Existing, ImportedTemplate, Placeholder
from smsform.providers.tencent.convert import PLACEHOLDER, order


def told(entry: Existing) -> ImportedTemplate:
    """The text split at its ``{n}``; a number is a position, with gaps or without."""
    native = str(entry.attributes["TemplateContent"])
    parts = PLACEHOLDER.split(native)
    text = [
        Placeholder(str(int(part))) if index % 2 else part
        for index, part in enumerate(parts)
        if index % 2 or part
    ]
    return ImportedTemplate(tuple(text), order(native))
