"""A quick reader of the plain YAML that nearly every definition file is.

It knows block mappings with scalars, flow mappings and flow lists on one line, blank
lines and comments, and gives up on a file with anything else: no anchors, escapes,
block scalars, texts over several lines, nor anything wrong. What it does read, it reads
exactly as PyYAML does (a property test holds it to that), in half the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from smsform.definitions.document import LINE, Node

CHUNK = 1 << 16  # characters looked at in one go
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_QUOTED = r'"[^"\\\n]*"'
_INNER = r"""[^\n:#,\[\]{}"']*"""
_BARE = rf"\w{_INNER}(?::(?=[0-9]){_INNER})*(?<! )"  # in a flow collection; 14:30
_ITEM = rf"(?:{_QUOTED}|{_BARE})"
_MAPPING = rf"\{{{_KEY}: {_ITEM}(?:, {_KEY}: {_ITEM})*\}}"
_LIST = rf"\[{_BARE}(?:, {_BARE})*\]"
_TEXT = r"\w[^\n:#]*(?::(?=[0-9])[^\n:#]*)*(?<! )"
_LINES = re.compile(
    rf"^(?:( *)({_KEY}):(?: ({_QUOTED}|{_MAPPING}|{_LIST}|{_TEXT}))?(?: +#.*)? *"
    r"| *(?:#.*)?)$",
    re.MULTILINE,
)
_ITEMS = re.compile(rf"({_KEY}): ({_ITEM})")


class _NotPlain(Exception):
    """Something in the file is not for this reader."""


def read(source: str) -> Node | None:
    """The nodes of a file; None when PyYAML has to read it."""
    if not source.replace("\n", "").isprintable():
        return None
    try:
        return _nest(chain.from_iterable(_lines(source)))
    except _NotPlain:
        return None


def _lines(source: str) -> Iterator[list[tuple[str, str, str]]]:
    """Indentation, key and value of every line, some thousand at a time."""
    start = 0
    while start <= len(source):
        end = source.find("\n", start + CHUNK)
        if end < 0:
            end = len(source)
        lines = _LINES.findall(source, start, end)
        if len(lines) != source.count("\n", start, end) + 1:
            raise _NotPlain
        yield lines
        start = end + 1


def _nest(lines: Iterable[tuple[str, str, str]]) -> Node | None:
    """Put the entries of lines into one another by their indentation."""
    entries: dict[str, Node] = {}
    root: Node | None = None
    outer: list[tuple[int, dict[str, Node]]] = []
    depth, waiting, waiting_at = 0, "", 0  # a key whose mapping is to follow
    start = -LINE
    for indent, key, value in lines:
        start += LINE
        if not key:
            continue
        column = len(indent)
        key_at = start + column
        if waiting:
            if column <= depth:
                raise _NotPlain
            inner: dict[str, Node] = {}
            entries[waiting] = (inner, "", key_at, waiting_at)
            outer.append((depth, entries))
            entries, depth, waiting = inner, column, ""
        elif column != depth:
            while column < depth and outer:
                depth, entries = outer.pop()
            if column != depth:
                raise _NotPlain
        if root is None:
            root = (entries, "", key_at, 0)
        if key in entries:
            raise _NotPlain
        if not value:
            waiting, waiting_at = key, key_at
            continue
        at = key_at + len(key) + 2
        sign = value[0]
        if sign == '"':
            entries[key] = (value[1:-1], '"', at, key_at)
        elif sign == "{":
            entries[key] = (_flow_mapping(value, at), "", at, key_at)
        elif sign == "[":
            entries[key] = (_flow_list(value, at), "", at, key_at)
        else:
            entries[key] = (value, "", at, key_at)
    if waiting:
        raise _NotPlain
    return root


def _flow_mapping(written: str, at: int) -> dict[str, Node]:
    """``{a: 1, b: "2"}``."""
    entries: dict[str, Node] = {}
    at += 1
    found = _ITEMS.findall(written)
    for key, value in found:
        value_at = at + len(key) + 2
        if value[0] == '"':
            entries[key] = (value[1:-1], '"', value_at, at)
        else:
            entries[key] = (value, "", value_at, at)
        at = value_at + len(value) + 2
    if len(entries) != len(found):
        raise _NotPlain
    return entries


def _flow_list(written: str, at: int) -> list[Node]:
    """``[a, b]``."""
    items: list[Node] = []
    at += 1
    for value in written[1:-1].split(", "):
        items.append((value, "", at, at))
        at += len(value) + 2
    return items
