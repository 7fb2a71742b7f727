"""A quick reader for the plain YAML that nearly every definition file is.

It knows block mappings with scalars, flow mappings and flow lists on one line, anchors
of block mappings (``&name``), aliases of these (``*name``), blank lines and comments.
A file with anything else (escapes, block scalars, texts over several lines, merged
mappings, mistakes) is left to PyYAML. What it reads, it reads exactly as PyYAML does
(a property test compares them), in half the time.

    file -> chunks -> lines, taken apart by one pattern -> nested by their indentation
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import Any

from smsform.documents.document import LINE, Node
from smsform.pattern import pattern

CHUNK = 1 << 16  # characters looked at in one go
# Far from the limits of the other reader, which complains of more.
DEEPEST = 20  # mappings within each other
SECTION = 2  # mappings within each other where entries of a section begin
DOCUMENT = "the document"  # the key of the whole in the root mapping
TAKEN: Node = ("", "", 0, 0)  # stands for an entry that was given away and freed
MOST_COPIES = 100_000  # nodes that aliases may stand for, in one file

_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
# Without quotes: begins with a letter or digit, does not end with a space, and holds
# neither a colon before a space nor a # behind one.
_TEXT = r"\w[^\n:#]*(?:(?::(?=[^ \n])|(?<=[^ ])#)[^\n:#]*)*(?<! )"
_QUOTED = r""""[^"\\\n]*"|'[^'\n]*'"""
# From one bracket to the other; what stands between is taken apart later.
_ANY = rf"""[^\n#{{}}"']*(?:(?:{_QUOTED})[^\n#{{}}"']*)*"""
_BRACES = rf"\{{{_ANY}\}}"
_BRACKETS = rf"\[(?:{_ANY}|{_BRACES}(?:, {_BRACES})*)\]"
_ANCHOR = r"[&*][A-Za-z0-9_-]{1,100}"
_VALUE = rf"{_TEXT}|{_QUOTED}|{_BRACES}|{_BRACKETS}|{_ANCHOR}"
# Indentation, key and value; all three are empty in a blank line and in a comment.
_LINES = pattern(
    rf"^(?:( *)({_KEY}):(?: ({_VALUE}))?(?: +#.*)? *|(?:\A---)? *(?:#.*)?)$",
    re.MULTILINE,
)
_MAPPINGS = pattern(_BRACES)
_INNER = r"""[^\n:#,\[\]{}"']*"""
# In a flow collection: a text without quotes (14:30 is one), with double, with single.
_SCALAR = rf"""(\w{_INNER}(?::(?=[0-9]){_INNER})*(?<! ))|"([^"\\\n]*)"|'([^'\n]+)'"""
_ENTRIES = pattern(rf"(?:\{{|, )({_KEY}): (?:{_SCALAR}|(\[[^\[\]]*\]))")
_ITEMS = pattern(rf"(?:\A\[|, )(?:{_SCALAR})")


# Of a flow mapping: key, value, its quote or, of a list, "[", offsets of value and key.
_Entry = tuple[str, str, str, int, int]


class NotPlain(Exception):
    """The file has something that this reader does not know."""


def read(source: str) -> Node:
    """The nodes of a file; NotPlain when PyYAML has to read it."""
    root: dict[str, Node] = {}
    deque(_nest(_lines(source), root, ()), 0)
    return root[DOCUMENT]


def entries(source: str, sections: Collection[str]) -> Iterator[tuple[str, str, Node]]:
    """Section, key and node of each entry of *sections*; other sections as a whole,
    with the key "".

    Each node is freed when the next one is asked for: all of a file take ten times its
    room. NotPlain, be it behind the last one, when PyYAML has to read the file.
    """
    root: dict[str, Node] = {}
    taken = set()
    for section, found, key in _nest(_lines(source), root, sections):
        taken.add(section)
        yield section, key, found[key]
        found[key] = TAKEN
    for section, node in root[DOCUMENT][0].items():
        if section not in taken:
            yield section, "", node


def _lines(source: str) -> Iterator[tuple[str, str, str]]:
    """Indentation, key and value of every line."""
    return chain.from_iterable(_chunks(source))


def _chunks(source: str) -> Iterator[list[tuple[str, str, str]]]:
    """The same, some thousand lines at a time."""
    start = 0
    while start <= len(source):
        end = source.find("\n", start + CHUNK)
        if end < 0:
            end = len(source)
        chunk = source[start:end]
        lines = _LINES.findall(source, start, end)
        if len(lines) != chunk.count("\n") + 1:
            raise NotPlain
        if not chunk.replace("\n", "").isprintable():
            raise NotPlain
        yield lines
        start = end + 1


def _nest(
    lines: Iterable[tuple[str, str, str]],
    root: dict[str, Node],
    sections: Collection[str],
) -> Iterator[tuple[str, dict[str, Node], str]]:
    """Nest the entries of *lines* by their indentation, in *root*.

    Yields the section, its entries and the key as soon as an entry of one of *sections*
    is complete. A section with an anchor is left whole, for an alias may ask for it.
    """
    entries, depth = root, -1  # the mapping that lines go into, and its column
    outer: list[tuple[int, dict[str, Node]]] = []  # the mappings around it
    # A key without a value, whose mapping begins in the next line; its anchor.
    parent, parent_at = DOCUMENT, 0
    anchor, anchor_at = "", 0
    anchors: dict[str, dict[str, Node]] = {}
    copies = _Copies()
    # The section that is being read, its entries, their column, the last of them.
    section, section_entries, section_depth, last = "", root, -1, ""
    start = -LINE
    for indent, key, value in lines:
        start += LINE
        if not key:
            continue
        key, column = intern(key), len(indent)
        key_at = start + column
        if parent:
            if column <= depth:
                raise NotPlain
            inner: dict[str, Node] = {}
            entries[parent] = (inner, "", anchor_at if anchor else key_at, parent_at)
            outer.append((depth, entries))
            if len(outer) > DEEPEST:
                raise NotPlain
            if len(outer) == SECTION and parent in sections and not anchor:
                section, section_entries, section_depth = parent, inner, column
            if anchor:
                if anchor in anchors:
                    raise NotPlain
                anchors[anchor], anchor = inner, ""
            entries, depth, parent = inner, column, ""
        else:
            if column <= section_depth:
                yield section, section_entries, last
                if column < section_depth:
                    section_depth = -1
            if column != depth:
                while column < depth:
                    depth, entries = outer.pop()
                if column != depth:
                    raise NotPlain
        if key in entries:
            raise NotPlain
        if column == section_depth:
            last = key
        if not value:
            parent, parent_at = key, key_at
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
            parent, parent_at, anchor, anchor_at = key, key_at, value[1:], at
        elif sign == "*":
            named = anchors.get(value[1:])
            if named is None or named is entries or any(named is m for _, m in outer):
                raise NotPlain
            copies.add(named)
            entries[key] = (named, "", at, key_at)
        else:
            entries[key] = (value, "", at, key_at)
    if parent:
        raise NotPlain
    if section_depth >= 0:
        yield section, section_entries, last


class _Copies:
    """Counts the nodes that aliases stand for, so that few bytes become no millions.

    NotPlain for too many, and for an alias of a mapping that has an alias in it.
    """

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}  # by the id of a named mapping, which is held
        self._copies = 0

    def add(self, named: dict[str, Node]) -> None:
        """One more alias of *named*."""
        if id(named) not in self._sizes:
            self._sizes[id(named)] = self._size(named)
        self._copies += self._sizes[id(named)]
        if self._copies > MOST_COPIES:
            raise NotPlain

    def _size(self, value: Any) -> int:
        if type(value) is str:
            return 1
        if id(value) in self._sizes:
            raise NotPlain
        items = value.values() if type(value) is dict else value
        return 1 + sum([self._size(node[0]) for node in items])


def _flow_mapping(written: str, start: int) -> dict[str, Node]:
    """``{a: 1, b: "2", c: [d, e]}``, which stands at *start*."""
    return {
        key: (value, sign, start + at, start + key_at)
        if sign != "["
        else (_flow_list(value, start + at), "", start + at, start + key_at)
        for key, value, sign, at, key_at in _flow_entries(written)
    }


@lru_cache(maxsize=1024)  # parameters are alike in thousands of templates
def _flow_entries(written: str) -> tuple[_Entry, ...]:
    entries: list[_Entry] = []
    at = 1
    for key, bare, double, single, items in _ENTRIES.findall(written):
        value_at = at + len(key) + 2
        if bare:
            entries.append((intern(key), bare, "", value_at, at))
            at = value_at + len(bare) + 2
        elif single:
            entries.append((intern(key), single, "'", value_at, at))
            at = value_at + len(single) + 4
        elif items:
            entries.append((intern(key), items, "[", value_at, at))
            at = value_at + len(items) + 2
        else:
            entries.append((intern(key), double, '"', value_at, at))
            at = value_at + len(double) + 4
    # When the entries do not fill the braces, something else stands between them.
    if len({entry[0] for entry in entries}) != len(entries) or at != len(written) + 1:
        raise NotPlain
    return tuple(entries)


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
        raise NotPlain
    return items
