"""A quick reader for the plain YAML that nearly every definition file is.

It knows block mappings with scalars, flow mappings and flow lists on one line, anchors
of block mappings (``&name``), aliases of these (``*name``), blank lines and comments.
A file with anything else (escapes, block scalars, texts over several lines, merged
mappings, mistakes) is left to PyYAML. What it reads, it reads exactly as PyYAML does
(a property test compares them), in half the time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from sys import intern
from typing import Any

from smsform.documents.document import LINE, Node
from smsform.pattern import pattern

CHUNK = 1 << 16  # characters looked at in one go
# Far from the limits of the other reader, which complains of more.
DEEPEST = 20  # mappings within each other
MOST_COPIES = 100_000  # nodes that aliases may stand for, in one file

_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_TEXT = r"\w[^\n:#]*(?:(?::(?=[^ \n])|(?<=[^ ])#)[^\n:#]*)*(?<! )"
_QUOTED = r""""[^"\\\n]*"|'[^'\n]*'"""
# From one bracket to the other; what is between them is for _ENTRIES and _ITEMS.
_ANY = rf"""[^\n#{{}}"']*(?:(?:{_QUOTED})[^\n#{{}}"']*)*"""
_BRACES = rf"\{{{_ANY}\}}"
_BRACKETS = rf"\[(?:{_ANY}|{_BRACES}(?:, {_BRACES})*)\]"
_ANCHOR = r"[&*][A-Za-z0-9_-]{1,100}"
_VALUE = rf"{_TEXT}|{_QUOTED}|{_BRACES}|{_BRACKETS}|{_ANCHOR}"
_LINES = pattern(
    rf"^(?:( *)({_KEY}):(?: ({_VALUE}))?(?: +#.*)? *|(?:\A---)? *(?:#.*)?)$",
    re.MULTILINE,
)
_MAPPINGS = pattern(_BRACES)
_INNER = r"""[^\n:#,\[\]{}"']*"""
# In a flow collection: a text without quotes (14:30 is one), with double, with single.
_SCALAR = rf"""(\w{_INNER}(?::(?=[0-9]){_INNER})*(?<! ))|"([^"\\\n]*)"|'([^'\n]+)'"""
_ENTRIES = pattern(rf"(?:\{{|, )({_KEY}): (?:{_SCALAR}|(\[[^\[\]]*\]))")
_ITEMS = pattern(rf"(?:\[|, )(?:{_SCALAR})")


class _NotPlain(Exception):
    """The file has something this reader does not know."""


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


def _nest(lines: Iterable[tuple[str, str, str]]) -> Node:
    """Nest the entries of *lines* by their indentation."""
    root: dict[str, Node] = {}
    entries, depth = root, -1
    # The key whose mapping comes next, its place; its anchor, and the place of that.
    waiting, waiting_at = "the document", 0
    anchor, anchor_at = "", 0
    anchors: dict[str, dict[str, Node]] = {}
    aliases: Counter[str] = Counter()
    outer: list[tuple[int, dict[str, Node]]] = []
    start = -LINE
    for indent, key, value in lines:
        start += LINE
        if not key:
            continue
        key, column = intern(key), len(indent)
        key_at = start + column
        if waiting:
            if column <= depth:
                raise _NotPlain
            inner: dict[str, Node] = {}
            entries[waiting] = (inner, "", anchor_at if anchor else key_at, waiting_at)
            if anchor:
                if anchor in anchors:
                    raise _NotPlain
                anchors[anchor], anchor = inner, ""
            outer.append((depth, entries))
            if len(outer) > DEEPEST:
                raise _NotPlain
            entries, depth, waiting = inner, column, ""
        elif column != depth:
            while column < depth:
                depth, entries = outer.pop()
            if column != depth:
                raise _NotPlain
        if key in entries:
            raise _NotPlain
        if not value:
            waiting, waiting_at = key, key_at
            continue
        at = key_at + len(key) + 2
        sign = value[0]
        if sign == '"' or sign == "'":
            entries[key] = (value[1:-1], sign, at, key_at)
        elif sign == "{":
            entries[key] = (_flow_mapping(value, at), "", at, key_at)
        elif sign == "[":
            entries[key] = (_flow_list(value, at), "", at, key_at)
        elif sign == "&":
            waiting, waiting_at, anchor, anchor_at = key, key_at, value[1:], at
        elif sign == "*":
            alias = value[1:]
            if alias not in anchors:
                raise _NotPlain
            aliases[alias] += 1
            entries[key] = (anchors[alias], "", at, key_at)
        else:
            entries[key] = (value, "", at, key_at)
    if waiting or sum(_copies(anchors, aliases)) > MOST_COPIES:
        raise _NotPlain
    return root["the document"]


def _copies(
    anchors: Mapping[str, dict[str, Node]], aliases: Mapping[str, int]
) -> Iterator[int]:
    """How many nodes all aliases of each anchor stand for.

    An anchored mapping with an alias in it is not plain.
    """
    shared = {id(anchors[name]) for name in aliases}

    def size(value: Any) -> int:
        if type(value) is str:
            return 1
        items = value.values() if type(value) is dict else value
        if any(id(node[0]) in shared for node in items):
            raise _NotPlain
        return 1 + sum([size(node[0]) for node in items])

    for name, times in aliases.items():
        yield times * size(anchors[name])


def _flow_mapping(written: str, start: int) -> dict[str, Node]:
    """``{a: 1, b: "2", c: [d, e]}``, which stands at *start*."""
    entries: dict[str, Node] = {}
    at = start + 1
    found = _ENTRIES.findall(written)
    for key, bare, double, single, items in found:
        value_at = at + len(key) + 2
        if bare:
            entries[intern(key)] = (bare, "", value_at, at)
            at = value_at + len(bare) + 2
        elif single:
            entries[intern(key)] = (single, "'", value_at, at)
            at = value_at + len(single) + 4
        elif items:
            entries[intern(key)] = (_flow_list(items, value_at), "", value_at, at)
            at = value_at + len(items) + 2
        else:
            entries[intern(key)] = (double, '"', value_at, at)
            at = value_at + len(double) + 4
    # When the entries do not fill the braces, something else stands between them.
    if len(entries) != len(found) or at != start + len(written) + 1:
        raise _NotPlain
    return entries


def _flow_list(written: str, start: int) -> list[Node]:
    """``[a, "b"]`` or ``[{a: 1}, {b: 2}]``, which stands at *start*."""
    items: list[Node] = []
    at = start + 1
    if written.startswith("[{"):
        for mapping in _MAPPINGS.findall(written):
            items.append((_flow_mapping(mapping, at), "", at, at))
            at += len(mapping) + 2
        return items
    for bare, double, single in _ITEMS.findall(written):
        if bare:
            items.append((bare, "", at, at))
            at += len(bare) + 2
        elif single:
            items.append((single, "'", at, at))
            at += len(single) + 4
        else:
            items.append((double, '"', at, at))
            at += len(double) + 4
    if at != start + len(written) + 1:
        raise _NotPlain
    return items
