"""Building blocks of the schemas: small JSON Schemas, each with a description.

Objects allow further keys, because readers have to tolerate keys they do not know;
``record`` requires every field that is not *optional*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def text(meaning: str) -> Schema:
    """Any text."""
    return {"type": "string", "description": meaning}


def word(meaning: str, words: Iterable[str]) -> Schema:
    """One of *words*."""
    return {**text(meaning), "enum": [str(each) for each in words]}


def moment(meaning: str) -> Schema:
    """A time in ISO 8601, UTC."""
    return {**text(meaning), "format": "date-time"}


def whole(meaning: str, low: int = 0) -> Schema:
    """A whole number, at least *low*."""
    return {"type": "integer", "minimum": low, "description": meaning}


def number(meaning: str) -> Schema:
    """A number that is not negative."""
    return {"type": "number", "minimum": 0, "description": meaning}


def flag(meaning: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": meaning}


def listed(meaning: str, of: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": of, "description": meaning}


def keyed(meaning: str, of: Schema) -> Schema:
    """An object whose keys are names."""
    return {"type": "object", "additionalProperties": of, "description": meaning}


def record(
    meaning: str, fields: Mapping[str, Schema], optional: Collection[str] = ()
) -> Schema:
    """An object of known *fields*."""
    return {
        "type": "object",
        "properties": dict(fields),
        "required": [name for name in fields if name not in optional],
        "description": meaning,
    }


def or_null(schema: Schema) -> Schema:
    """*schema*, or null."""
    if "enum" in schema:
        schema = {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def document(
    name: str,
    key: str,
    version: object,
    title: str,
    meaning: str,
    fields: Mapping[str, Schema],
    optional: Collection[str] = (),
) -> Schema:
    """A whole document; its first *key* names it and has its *version*."""
    mark = {"const": version, "description": "What this is, and the version of it."}
    return {
        "$schema": DRAFT,
        "$id": f"urn:smsform:schema:{name}:{version}",
        "title": title,
        **record(meaning, {key: mark, **fields}, optional),
    }
