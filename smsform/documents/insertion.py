"""Adding keys to a YAML file that a person wrote; all other bytes stay the same.

    text, additions -> text

Where a place is not plain (an alias, a merge), the new text may say something else: the
caller reads it again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import yaml

from smsform.documents.events import PARSER


class Addition(NamedTuple):
    """``key: value`` for the mapping at *path*; without a key, *value* for a list
    there.

    *value* is YAML on one line. In a block mapping the line goes before the first key
    of *before* that is there, else before all keys.
    """

    path: tuple[str, ...]
    key: str
    value: str
    before: tuple[str, ...] = ()


def added(source: str, additions: Iterable[Addition]) -> str:
    """*source* with all *additions*; an addition whose path does not exist is left
    out."""
    try:
        root = yaml.compose(source, Loader=PARSER)
    except (yaml.YAMLError, RecursionError):
        return source
    pieces: list[tuple[int, int, str]] = []
    for number, addition in enumerate(additions):
        node = _find(root, addition.path)
        piece = None
        if isinstance(node, yaml.SequenceNode) and not addition.key:
            piece = _item(node, addition, source)
        elif isinstance(node, yaml.MappingNode) and addition.key:
            piece = _pair(node, addition)
        if piece is not None:
            pieces.append((piece[0], -number, piece[1]))
    for at, _, text in sorted(pieces, reverse=True):
        source = source[:at] + text + source[at:]
    return source


def _find(node: yaml.Node | None, path: Sequence[str]) -> yaml.Node | None:
    for step in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in node.value if key.value == step), None)
    return node


def _pair(node: yaml.MappingNode, addition: Addition) -> tuple[int, str] | None:
    pair = f"{addition.key}: {addition.value}"
    if node.flow_style:
        return node.end_mark.index - 1, f", {pair}" if node.value else pair
    if not node.value:
        return None
    keys = [key for key, _ in node.value]
    places = {key.value: key for key in keys}
    found = (places[name] for name in addition.before if name in places)
    mark = next(found, keys[0]).start_mark
    return mark.index, f"{pair}\n{' ' * mark.column}"


def _item(
    node: yaml.SequenceNode, addition: Addition, source: str
) -> tuple[int, str] | None:
    if node.flow_style:
        separator = ", " if node.value else ""
        return node.end_mark.index - 1, f"{separator}{addition.value}"
    if not node.value:
        return None
    last = node.value[-1]
    dash = source.rfind("-", 0, last.start_mark.index)
    column = dash - (source.rfind("\n", 0, dash) + 1)
    return last.end_mark.index, f"\n{' ' * column}- {addition.value}"
