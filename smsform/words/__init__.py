"""Every sentence shown to people, looked up by key.

A key is ``room.sentence``; the room's catalogue is loaded on first use. Rules keep
their texts beside their checks, and a service's advice lives in its own folder.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module


@cache
def _catalogue(room: str) -> dict[str, str]:
    words: dict[str, str] = import_module(f"smsform.words.english.{room}").WORDS
    return words


def say(key: str, /, **fields: object) -> str:
    """Return the sentence called *key* with *fields* filled in."""
    room, _, sentence = key.partition(".")
    text = _catalogue(room)[sentence]
    return text.format_map(fields) if fields else text
