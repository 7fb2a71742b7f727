"""JSON Schemas of what smsform prints, keeps and reads.

What it prints and keeps (JSON Schema 2020-12): every document says its version in its
first key. A reader ignores keys it does not know, for more may come; whatever else
changes raises the version: a key that goes, another type or meaning, a new word.

What it reads, the two YAML files, is described for editors in draft-07, which all of
them know, worked out from the very tables the loader uses.
"""

from __future__ import annotations

from importlib import import_module

from smsform.report.schemas.shapes import Schema
from smsform.report.terminal import readable_json

# name -> the module that has a function of that name, with _ for -
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
