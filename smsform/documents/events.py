"""Any YAML to nodes with places, from PyYAML's events.

PyYAML's own objects would cost more than everything else smsform does with a file, and
they lose places, duplicate keys and how a scalar was written. Its C parser is used
where it was built, else the one in Python; both give the same nodes.
"""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from smsform.documents import syntax
from smsform.documents.document import LINE, LONGEST_KEY, Document, Node
from smsform.documents.nearness import shorten
from smsform.pattern import pattern

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 50
MAX_COPIES = 1_000_000  # nodes that aliases may stand for, in one file
# Characters a value may not have: escapes can write what a file may not hold.
_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class RestUnreadable(Exception):
    """The rest of a file cannot be read; the problem is noted already."""


def parse(document: Document, parser: Any = None) -> Node | None:
    """The file's only document; None when it is empty or cannot be read."""
    try:
        events = (parser or PARSER)(document.source)
        return _Builder(document, events.get_event).document()
    except yaml.reader.ReaderError:
        syntax.unreadable(document)
    except yaml.MarkedYAMLError as error:
        syntax.broken(document, error)
    except (RecursionError, RestUnreadable):
        pass
    return None


class _Measure(NamedTuple):
    """Number of nodes and levels of *value*; keeping it keeps its ``id`` unique."""

    value: Any
    size: int
    depth: int


class _Builder:
    """Reads events and returns nodes; resolves aliases."""

    def __init__(self, document: Document, get: Any) -> None:
        self._document, self._get = document, get
        self._anchors: dict[str, Node | None] = {}  # None: still being read
        self._measures: dict[int, _Measure] = {}
        self._copies = 0
        self._escapes = "\\" in document.source
        self._ends = document.ends if document.has_comments else None
        self._tabs = "\t" in document.source
        self._careful = self._tabs or self._ends is not None

    def document(self) -> Node | None:
        """Everything between the start and the end of the stream."""
        self._get()
        event = self._get()
        if type(event) is StreamEndEvent:
            return None
        node = self._node(self._get(), 0, 0)
        self._get()
        event = self._get()
        if type(event) is DocumentStartEvent:
            self._document.complain("SF104", _place(event), "documents")
        return None if node[0] == "" and not node[1] else node

    def _node(self, event: Any, key_at: int, depth: int) -> Node:
        """The node that *event* begins."""
        kind, at = type(event), _place(event)
        if kind is AliasEvent:
            value, style, _, _ = self._alias(event, at, depth)
            return (value, style, at, key_at)
        anchor = event.anchor
        if event.tag is not None:
            of_text = (event.style or "") if kind is ScalarEvent else None
            syntax.tag(self._document, event.tag, of_text, at)
        if self._careful:
            self._inspect(event, at)
        if kind is ScalarEvent:
            value = event.value
            if self._escapes and event.style == '"':
                value = self._unescaped(value, at)
            node: Node = (value, event.style or "", at, key_at)
            if anchor is not None:
                self._document.anchors[at] = anchor
        else:
            if depth > MAX_DEPTH:
                self._too_deep(at)
            if anchor is not None:
                self._anchors[anchor] = None
            if kind is MappingStartEvent:
                node = (self._mapping(depth + 1), "", at, key_at)
            else:
                node = (self._sequence(depth + 1), "", at, key_at)
        if anchor is not None:
            self._anchors[anchor] = node
        return node

    def _mapping(self, depth: int) -> dict[str, Node]:
        """Entries up to the end of the mapping; the loop that costs the time."""
        get, escapes, careful = self._get, self._escapes, self._careful
        entries: dict[str, Node] = {}
        merges: list[Node] = []
        while True:
            event = get()
            kind = type(event)
            if kind is MappingEndEvent:
                break
            mark: Any = event.start_mark
            key_at = mark.line * LINE + mark.column
            if kind is ScalarEvent and event.anchor is None and event.tag is None:
                key = event.value
            else:
                key = self._odd_key(event, key_at, depth)
            if key == "<<" and not event.style:
                merges.append(self._node(get(), key_at, depth))
                continue
            event = get()
            if (
                type(event) is ScalarEvent
                and event.anchor is None
                and event.tag is None
                and not (escapes and event.style == '"')
            ):
                mark = event.start_mark
                at = mark.line * LINE + mark.column
                node: Node = (event.value, event.style or "", at, key_at)
                if careful:
                    self._inspect(event, at)
            else:
                node = self._node(event, key_at, depth)
            if len(key) > LONGEST_KEY:
                self._too_long(key, key_at)
            elif key in entries:
                self._duplicate(key, key_at, entries[key])
            else:
                entries[key] = node
        return self._merged(merges, entries) if merges else entries

    def _inspect(self, event: Any, at: int) -> None:
        """Note where a scalar of several lines ends, and refuse tabs beside a value.

        PyYAML's parser in Python refuses such tabs, the one in C takes them for spaces.
        """
        end: Any = event.end_mark
        line, column = divmod(at, LINE)
        scalar = type(event) is ScalarEvent
        if self._ends is not None and scalar and not event.style and end.line != line:
            self._ends[at] = end.line * LINE + end.column
        if not self._tabs:
            return
        before = self._document.line(line)[:column][-1:]
        if before == "\t":
            syntax.tab(self._document, line * LINE + column - 1)
            raise RestUnreadable
        behind = self._document.line(end.line)[end.column :][:1]
        if scalar and event.style not in ("|", ">") and behind == "\t":
            syntax.tab(self._document, end.line * LINE + end.column)
            raise RestUnreadable

    def _sequence(self, depth: int) -> list[Node]:
        items = []
        while type(event := self._get()) is not SequenceEndEvent:
            items.append(self._node(event, _place(event), depth))
        return items

    def _odd_key(self, event: Any, at: int, depth: int) -> str:
        """A key with an anchor or a tag, an alias as a key, or a key that is no
        text."""
        kind = type(event)
        value = self._node(event, at, depth)[0]
        if type(value) is str:
            return value
        if kind is not AliasEvent and self._document.rest(at).startswith("{"):
            syntax.brace(self._document, at)
        else:
            self._document.complain("SF108", at, "key_not_text")
        raise RestUnreadable

    def _too_long(self, key: str, at: int) -> None:
        self._document.complain(
            "SF139",
            at,
            "key_too_long",
            key=shorten(key),
            length=len(key),
            limit=LONGEST_KEY,
        )

    def _duplicate(self, key: str, at: int, first: Node) -> None:
        self._document.complain(
            "SF109",
            at,
            "duplicate",
            key=shorten(key),
            first=self._document.position(first[3]),
        )

    def _merged(self, merges: list[Node], entries: dict[str, Node]) -> dict[str, Node]:
        """What ``<<`` brings in, then the mapping's own: own entries win.

        As in PyYAML the first mapping of a list wins, and the second of two ``<<``.
        """
        merged: dict[str, Node] = {}
        for value, _, at, _ in merges:
            sources = reversed(value) if type(value) is list else [(value, "", at, at)]
            for source in sources:
                if type(source[0]) is dict:
                    merged.update(source[0])
                else:
                    self._document.complain("SF110", at, "merge")
        merged.update(entries)
        return merged

    def _alias(self, event: Any, at: int, depth: int) -> Node:
        """The value of an alias; refused when it contains itself or is too large."""
        node = self._anchors.get(event.anchor)
        self._document.aliased.add(event.anchor)
        if node is None:
            sentence = (
                "alias_inside" if event.anchor in self._anchors else "alias_unknown"
            )
            rule = "SF106" if event.anchor in self._anchors else "SF103"
            fixed = syntax.from_here(self._document, at)
            self._document.complain(rule, at, sentence, name=event.anchor, fixed=fixed)
            raise RestUnreadable
        measure = self._measure(node[0])
        if depth + measure.depth > MAX_DEPTH:
            self._too_deep(at)
        self._copies += measure.size
        if self._copies > MAX_COPIES:
            self._document.complain("SF106", at, "alias_bomb", limit=MAX_COPIES)
            raise RestUnreadable
        return node

    def _too_deep(self, at: int) -> NoReturn:
        self._document.complain("SF105", at, "depth", limit=MAX_DEPTH)
        raise RestUnreadable

    def _measure(self, value: Any) -> _Measure:
        """The size of *value* with every alias in it written out."""
        if type(value) is str:
            return _Measure(value, 1, 0)
        measure = self._measures.get(id(value))
        if measure is None:
            items = value.values() if type(value) is dict else value
            parts = [self._measure(item[0]) for item in items]
            size = 1 + sum(part.size for part in parts)
            depth = 1 + max((part.depth for part in parts), default=0)
            measure = self._measures[id(value)] = _Measure(value, size, depth)
        return measure

    def _unescaped(self, value: str, at: int) -> str:
        """A text with escapes, its characters checked: messages can show it.

        NUL is dropped: texts are compared with NUL in place of each variable.
        """
        if odd := _CONTROL.search(value):
            if "\ud800" <= odd[0] <= "\udfff":
                syntax.surrogate(self._document, at)
                raise RestUnreadable
            code = f"U+{ord(odd[0]):04X}"
            self._document.complain("SF102", at, "character", code=code)
            return value.replace("\0", "")
        return value


def _place(event: Any) -> int:
    mark = event.start_mark
    place: int = mark.line * LINE + mark.column
    return place
