"""The keys below ``<type>:`` of a definition; the service's card says which there
are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from smsform.documents import files, whole
from smsform.documents.document import NULLS, Document, Node
from smsform.documents.nearness import shorten
from smsform.errors import Position
from smsform.model import Kind
from smsform.provider import Form, Key
from smsform.words import tell

if TYPE_CHECKING:
    from smsform.card import ProviderSpec

LARGEST_ID = 10**18 - 1  # every such number fits 64 bits
BLOCK = ("|", ">")  # styles of block scalars


class EvidenceFolder:
    """Where the files that definitions name lie; thousands name the same few."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.holds = cache(self._holds)

    def _holds(self, name: str) -> bool:
        """Whether *name* stays in the folder, through links as well."""
        return not files.leaves(name) and files.inside(self.path, name) is not None


def read(
    document: Document,
    node: Node,
    spec: ProviderSpec,
    kind: Kind,
    folder: EvidenceFolder,
    places: dict[str, Position],
) -> dict[str, object] | None:
    """The values below ``<type>:``; None when one of them is wrong.

    *places* gets where each value stands, by ``type.key``.
    """
    allowed = spec.keys[kind]
    found: dict[str, object] = {}
    for key, item in document.mapping(node, spec.type).items():
        if key not in allowed:
            what = tell("{type} of a {kind}", type=spec.type, kind=kind)
            document.unknown(key, item, what, allowed)
            continue
        found[key] = _value(document, item, allowed[key], folder)
        places[intern(f"{spec.type}.{key}")] = document.position(item[2])
    return None if None in found.values() else found


def _value(
    document: Document, node: Node, known: Key, folder: EvidenceFolder
) -> object:
    """A value of the right form; None after a complaint."""
    key, form = known.name, known.form
    if form is Form.ID:
        return document.number(node, key, 1, LARGEST_ID)
    if form is Form.FILE:
        return _path(document, node, key, folder)
    if form is Form.FILES:
        return _paths(document, node, key, folder)
    if form is Form.TEXT:
        text = document.text(node, key)
        if text is not None and not whole.check(document, node, key):
            return None
        # Verbatim, except for the line break that a block scalar adds.
        return text.strip() if text is not None and node[1] in BLOCK else text
    value = document.raw(node)
    if value is None:
        document.complain("SF113", node[2], "no_value", what=key)
    if not all(_stays(document, name, node[2], folder) for name in known.paths(value)):
        return None
    return value


def _path(
    document: Document, node: Node, key: str, folder: EvidenceFolder
) -> str | None:
    """A file name that stays in the evidence folder, links followed; None otherwise."""
    name = document.text(node, key)
    if name is None or not _stays(document, name, node[2], folder):
        return None
    return name


def _paths(
    document: Document, node: Node, key: str, folder: EvidenceFolder
) -> tuple[str, ...] | None:
    """One or several file names; None after a problem, also for an empty list."""
    named = document.texts(node, key)
    if not named:
        if node[0] in ([], *NULLS):
            document.complain("SF113", node[2], "no_value", what=key)
        return None
    kept = [name for name, at in named if _stays(document, name, at, folder)]
    return tuple(kept) if len(kept) == len(named) else None


def _stays(document: Document, name: str, at: int, folder: EvidenceFolder) -> bool:
    """Whether a file's name stays in the evidence folder; complains where not."""
    if folder.holds(name):
        return True
    path = shorten(name)
    document.complain("SF138", at, "evidence", path=path, folder=folder.path)
    return False
