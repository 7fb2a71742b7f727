"""What a definition says for one service: the keys and their forms are on its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.documents import files, whole
from smsform.documents.document import Document, Node
from smsform.documents.nearness import shorten
from smsform.errors import Position
from smsform.model import Kind
from smsform.provider import Form

if TYPE_CHECKING:
    from smsform.card import ProviderSpec
    from smsform.config import Config

LARGEST_ID = 10**18 - 1  # every such number fits 64 bits
BLOCK = ("|", ">")  # styles of block scalars


def read(
    document: Document,
    node: Node,
    spec: ProviderSpec,
    kind: Kind,
    config: Config,
    places: dict[str, Position],
) -> dict[str, object] | None:
    """The keys below ``<type>:``, None when a value is wrong.

    *places* gets where each value stands, by ``type.key``.
    """
    allowed = spec.keys[kind]
    found: dict[str, object] = {}
    for key, item in document.mapping(node, spec.type).items():
        if key not in allowed:
            document.unknown(key, item, f"{spec.type} of a {kind}", allowed)
            continue
        found[key] = _value(document, item, key, allowed[key].form, config)
        places[f"{spec.type}.{key}"] = document.position(item[2])
    return None if None in found.values() else found


def _value(
    document: Document, node: Node, key: str, form: Form | None, config: Config
) -> object:
    """A value of the right form; None after a complaint."""
    if form is Form.ID:
        return document.number(node, key, 1, LARGEST_ID)
    if form is Form.FILE:
        return _path(document, node, key, config)
    if form is Form.TEXT:
        text = document.text(node, key)
        if text is not None and not whole.check(document, node, key):
            return None
        # Verbatim, but for what block scalars add by themselves.
        return text.strip() if text is not None and node[1] in BLOCK else text
    value = document.raw(node)
    if value is None:
        document.complain("SF113", node[2], "no_value", what=key)
    return value


def _path(document: Document, node: Node, key: str, config: Config) -> str | None:
    """The name of a file that stays in the evidence folder, through links as well."""
    name = document.text(node, key)
    if name is None:
        return None
    folder = config.evidence or config.root
    if files.leaves(name) or files.inside(folder, name) is None:
        path = shorten(name)
        document.complain("SF138", node[2], "evidence", path=path, folder=folder)
        return None
    return name
