"""The keys below ``<type>:`` of a definition; the service's card says which there
are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.documents import files, whole
from smsform.documents.document import NULLS, Document, Node
from smsform.documents.nearness import shorten
from smsform.errors import Position
from smsform.model import Kind
from smsform.provider import Form, Key

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
    """The values below ``<type>:``; None when one of them is wrong.

    *places* gets where each value stands, by ``type.key``.
    """
    allowed = spec.keys[kind]
    found: dict[str, object] = {}
    for key, item in document.mapping(node, spec.type).items():
        if key not in allowed:
            document.unknown(key, item, f"{spec.type} of a {kind}", allowed)
            continue
        found[key] = _value(document, item, allowed[key], config)
        places[f"{spec.type}.{key}"] = document.position(item[2])
    return None if None in found.values() else found


def _value(document: Document, node: Node, known: Key, config: Config) -> object:
    """A value of the right form; None after a complaint."""
    key, form = known.name, known.form
    if form is Form.ID:
        return document.number(node, key, 1, LARGEST_ID)
    if form is Form.FILE:
        return _path(document, node, key, config)
    if form is Form.FILES:
        return _paths(document, node, key, config)
    if form is Form.TEXT:
        text = document.text(node, key)
        if text is not None and not whole.check(document, node, key):
            return None
        # Verbatim, except for the line break that a block scalar adds.
        return text.strip() if text is not None and node[1] in BLOCK else text
    value = document.raw(node)
    if value is None:
        document.complain("SF113", node[2], "no_value", what=key)
    if not all(_stays(document, name, node[2], config) for name in known.paths(value)):
        return None
    return value


def _path(document: Document, node: Node, key: str, config: Config) -> str | None:
    """A file name that stays in the evidence folder, links followed; None otherwise."""
    name = document.text(node, key)
    if name is None or not _stays(document, name, node[2], config):
        return None
    return name


def _paths(
    document: Document, node: Node, key: str, config: Config
) -> tuple[str, ...] | None:
    """One or several file names; None after a problem, also for an empty list."""
    named = document.texts(node, key)
    if not named:
        if node[0] in ([], *NULLS):
            document.complain("SF113", node[2], "no_value", what=key)
        return None
    kept = [name for name, at in named if _stays(document, name, at, config)]
    return tuple(kept) if len(kept) == len(named) else None


def _stays(document: Document, name: str, at: int, config: Config) -> bool:
    """Whether a file's name stays in the evidence folder; complains where not."""
    folder = config.evidence or config.root
    if not files.leaves(name) and files.inside(folder, name) is not None:
        return True
    path = shorten(name)
    document.complain("SF138", at, "evidence", path=path, folder=folder)
    return False
