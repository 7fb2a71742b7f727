"""YAML values as the loader accepts them, in JSON Schema draft-07.

Texts need no quotes: what YAML calls a number or a boolean is taken as written. A
mapping may be left empty. Numbers in quotes are numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from smsform.documents.document import KEY, RULE_ID
from smsform.documents.placeholder import RESERVED
from smsform.provider import Form, Key, Limit
from smsform.report.schemas.shapes import Schema

DRAFT = "http://json-schema.org/draft-07/schema#"
SCALAR = ["string", "number", "boolean"]
LARGEST_ID = 10**18 - 1
KEYS: Schema = {"pattern": f"^(?:{KEY.pattern})$"}
NAMES: Schema = {
    "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
    "not": {"enum": sorted(RESERVED)},
}


def scalar(meaning: str) -> Schema:
    """A text, quoted or not."""
    return {"type": SCALAR, "description": meaning}


def sample(meaning: str) -> Schema:
    """A text that may read ``null``."""
    return {"type": [*SCALAR, "null"], "description": meaning}


def switch(meaning: str, default: bool) -> Schema:
    """true or false."""
    return {"type": "boolean", "default": default, "description": meaning}


def count(meaning: str, low: int, high: int) -> Schema:
    """A whole number."""
    return {
        "type": ["integer", "string"],
        "minimum": low,
        "maximum": high,
        "pattern": "^(0|[1-9][0-9]*)$",
        "description": meaning,
    }


def choice(meaning: str, words: Iterable[str]) -> Schema:
    """One of *words*; a word that YAML reads as a number or a boolean is allowed as
    such."""
    known: list[object] = []
    for word in words:
        known.append(word)
        if word.isdecimal():
            known.append(int(word))
        if word in ("true", "false"):
            known.append(word == "true")
    return {"enum": known, "description": meaning}


def scalars(meaning: str, **of: Any) -> Schema:
    """A list of texts; one alone counts as a list."""
    items = {"type": SCALAR, **of}
    return {
        "type": [*SCALAR, "array", "null"],
        "items": items,
        "description": meaning,
        **of,
    }


def mapping(
    meaning: str,
    keys: Mapping[str, Schema],
    required: Collection[str] = (),
    **more: Any,
) -> Schema:
    """A mapping of known *keys*; it may be left empty when none is required."""
    needed = {"required": list(required)} if required else {}
    return {
        "type": "object" if required else ["object", "null"],
        "description": meaning,
        "properties": dict(keys),
        "additionalProperties": False,
        **needed,
        **more,
    }


def named(meaning: str, names: Schema, of: Schema) -> Schema:
    """A mapping with names chosen by the user."""
    return {
        "type": ["object", "null"],
        "description": meaning,
        "propertyNames": names,
        "additionalProperties": of,
    }


def blocks(meaning: str, *of: Schema) -> Schema:
    """A list of blocks, each of one of these forms."""
    items = of[0] if len(of) == 1 else {"anyOf": list(of)}
    return {"type": ["array", "null"], "description": meaning, "items": items}


def rule_ids(meaning: str) -> Schema:
    """Rules to silence."""
    return scalars(meaning, pattern=f"^{RULE_ID.pattern}$")


def root(name: str, title: str, meaning: str, body: Schema) -> Schema:
    """A whole file; keys that begin with ``x-`` only hold anchors."""
    return {
        "$schema": DRAFT,
        "$id": f"urn:smsform:schema:{name}:1",
        "title": title,
        **body,
        "description": meaning,
        "patternProperties": {"^x-": True},
    }


def own(key: Key) -> Schema:
    """A type's own key in a definition, as its card describes it."""
    if key.words:
        return choice(key.meaning, key.words)
    if key.form is Form.ID:
        return count(key.meaning, 1, LARGEST_ID)
    if key.form is Form.FILES:
        several = {**scalars(key.meaning), "minItems": 1}
        return {**several, "type": [*SCALAR, "array"]}
    if key.form is not None:
        return scalar(key.meaning)
    return {"not": {"type": "null"}, "description": key.meaning}


def limit(value: Limit) -> Schema:
    """The value in ``account`` that overrides a limit."""
    default, meaning = value.default, f"{value.meaning} ({value.source})"
    if isinstance(default, bool):
        return switch(meaning, default)
    if isinstance(default, int):
        low, high = min(value.values, default=0), max(value.values, default=10**9)
        return {**count(meaning, low, high), "default": default}
    if isinstance(default, str):
        return {**scalar(meaning), "default": default}
    if isinstance(default, tuple | list | frozenset | set):
        texts = {**scalars(meaning), "default": sorted(default)}
        return {**texts, "items": {"enum": [*value.values]}} if value.values else texts
    return {"description": meaning}
