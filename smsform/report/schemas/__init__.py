"""JSON Schemas of what smsform prints, keeps and reads.

What it prints and keeps (JSON Schema 2020-12): every document has its version in its
first key. A reader ignores unknown keys, because keys may be added; any other change
raises the version: a removed key, another type or meaning, a new word.

What it reads, the two YAML files, is described for editors in draft-07, which all of
them support, from the same tables that the loader uses.
"""

from __future__ import annotations

from importlib import import_module

from smsform.report.readable import readable_json
from smsform.report.schemas.shapes import Schema

# Name -> its module; the function is called as the name, with _ for -.
ROOMS = {
    "definitions": "definitions",
    "project": "project",
    "problems": "offline",
    "rules": "offline",
    "codes": "sending",
    "send": "sending",
    "receipts": "sending",
    "stats": "counts",
    "preview": "offline",
    "plan": "plans",
    "plan-file": "plans",
    "outcome": "plans",
    "status": "reviews",
    "ids": "memory",
    "state": "memory",
    "state-list": "memory",
    "state-show": "memory",
    "uses": "offline",
    "notify": "told",
    "news": "told",
    "doctor": "offline",
    "shapes": "replies",
    "imported": "imports",
    "emulate-log": "offline",
    "outbox": "sending",
}


def as_json(name: str) -> str:
    """The text of the schema called *name*."""
    return readable_json(schema(name))


def schema(name: str) -> Schema:
    """The schema called *name*, which is one of ROOMS."""
    room = import_module(f"{__name__}.{ROOMS[name]}")
    made: Schema = getattr(room, name.replace("-", "_"))()
    return made
