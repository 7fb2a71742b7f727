"""The ``notify:`` of smsform.yaml: who is told what; the file holds no address."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from smsform.documents.document import Document, Node
from smsform.notices import News, Wish
from smsform.words import LANGUAGES

ENTRY = "`notify`"  # as messages call it
KEYS = ("to", "on", "providers", "language")
WHERE = "env:"
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
USUAL = frozenset({News.REJECTED, News.APPROVED, News.FAILED})


def read(
    document: Document, entries: Mapping[str, Node], providers: Collection[str]
) -> tuple[Wish, ...]:
    """Every entry that can be read, in file order."""
    value = entries["notify"][0]
    items = value if type(value) is list else [entries["notify"]]
    found = (_wish(document, item, providers) for item in items)
    return tuple(wish for wish in found if wish is not None)


def _wish(document: Document, node: Node, providers: Collection[str]) -> Wish | None:
    given = document.mapping(node, ENTRY)
    document.only(given, ENTRY, KEYS)
    if "to" not in given:
        document.complain("SF161", node[2], "notify_without")
        return None
    variable = _variable(document, given["to"])
    on = _words(document, given, "on", list(News)) or USUAL
    only = _words(document, given, "providers", providers) or frozenset(providers)
    language = None
    if "language" in given:
        language = document.choice(given["language"], "language", LANGUAGES)
    if variable is None:
        return None
    chosen = tuple(name for name in providers if name in only)
    return Wish(variable, frozenset(map(News, on)), chosen, language or "")


def _variable(document: Document, node: Node) -> str | None:
    """The variable's name. Anything else may be a secret and is not quoted."""
    value = node[0]
    name = value.removeprefix(WHERE) if type(value) is str else value
    if name != value and VARIABLE.fullmatch(name):
        return str(name)
    document.complain("SF161", node[2], "notify_to")
    return None


def _words(
    document: Document, given: Mapping[str, Node], key: str, known: Collection[str]
) -> frozenset[str]:
    """The words of a list, each one of *known*; the others are complained about."""
    if key not in given:
        return frozenset()
    node = given[key]
    items = node[0] if type(node[0]) is list else [node]
    found = (document.choice(item, key, known) for item in items)
    return frozenset(word for word in found if word is not None)
