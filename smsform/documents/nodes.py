"""A file's text to nodes with places: by the quick reader, else by PyYAML."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from smsform.documents import plain
from smsform.documents.document import LINE, Document, Node
from smsform.documents.plain import NotPlain
from smsform.errors import Position, Problem


def parse(document: Document, parser: Any = None) -> Node | None:
    """The file's only document; None when it is empty or cannot be read.

    Most files need no PyYAML, which costs more to import than a hundred templates to
    read. *parser* is one of its loaders, to be used in any case.
    """
    if parser is None:
        with suppress(NotPlain):
            return plain.read(document.source)
    return parse_any(document, parser)


def parse_any(document: Document, parser: Any = None) -> Node | None:
    """The same by PyYAML, which reads every file."""
    from smsform.documents import events

    return events.parse(document, parser)


def position(file: str, at: int) -> Position:
    """The packed place of a node in *file*; line and column count from 1."""
    line, column = divmod(at, LINE)
    return Position(file, line + 1, column + 1)


def plain_value(text: str) -> object:
    """A value written as in a YAML file: text, mapping or list; ValueError in words.

    None stands for no value.
    """
    problems: list[Problem] = []
    document = Document("", text, problems)
    node = parse(document)
    if problems:
        raise ValueError(problems[0].message)
    return None if node is None else document.raw(node)
