"""The ``code:`` of smsform.yaml: which modules are generated, and where they lie."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from smsform.documents.document import Document, Node
from smsform.documents.nearness import shorten
from smsform.senders.language import LANGUAGES
from smsform.senders.model import IdSource

KEYS = ("language", "provider", "path", "ids", "package")
PACKAGE = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]{0,99}([./\\:]{1,2}[A-Za-z_][A-Za-z0-9_]{0,99}){0,19}"
)


class CodeTarget(NamedTuple):
    """One module: for which provider, in which language, at which path."""

    language: str
    provider: str
    path: str
    ids: IdSource = IdSource.EMBEDDED
    package: str = ""


def read(
    document: Document, entries: Mapping[str, Node], providers: Collection[str]
) -> tuple[CodeTarget, ...]:
    """Every entry that can be read, in file order."""
    if "code" not in entries:
        return ()
    value = entries["code"][0]
    items = value if type(value) is list else [entries["code"]]
    found: dict[str, CodeTarget] = {}
    for item in items:
        target = _target(document, item, providers)
        if target is None:
            continue
        path = os.path.normpath(target.path)
        if path in found:
            document.complain("SF160", item[2], "code_twice", path=shorten(target.path))
        found[path] = target
    return tuple(found.values())


def _target(
    document: Document, node: Node, providers: Collection[str]
) -> CodeTarget | None:
    given = document.mapping(node, "an entry of code")
    document.only(given, "an entry of code", KEYS)
    for key in ("language", "provider", "path"):
        if key not in given:
            document.complain("SF160", node[2], "code_without", key=key)
            return None
    language = document.choice(given["language"], "language", LANGUAGES)
    provider = document.choice(given["provider"], "provider", providers)
    path = document.text(given["path"], "path")
    ids = (
        document.choice(given["ids"], "ids", list(IdSource))
        if "ids" in given
        else "embedded"
    )
    package = document.text(given["package"], "package") if "package" in given else ""
    if package and not PACKAGE.fullmatch(package):
        document.complain(
            "SF160", given["package"][2], "code_package", found=shorten(package)
        )
        return None
    if language is None or provider is None or path is None or ids is None:
        return None
    return CodeTarget(language, provider, path, IdSource(ids), package or "")
