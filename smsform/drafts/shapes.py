"""A text without what differs between services: names of variables, a signature; pure.

    entry -> ImportedTemplate -> (its text without a signature) -> shape

Two texts of one shape are the same text: `{2}` at one service is `company` at another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from smsform.card import ProviderSpec
from smsform.documents import text as texts
from smsform.drafts.layout import source
from smsform.model import (
    Existing,
    ImportedTemplate,
    Kind,
    Placeholder,
    Review,
    Template,
    Text,
)

TextShape = tuple[str | int, ...]  # fixed texts, and which variable stands between them

# A text may carry its signature at either end.
HEAD = {
    False: re.compile(r"\A【([^【】]{1,40})】"),
    True: re.compile(r"\A\[([^\[\]]{1,40})\] ?"),
}
TAIL = {
    False: re.compile(r"【([^【】]{1,40})】\Z"),
    True: re.compile(r" ?\[([^\[\]]{1,40})\]\Z"),
}


class SeenText(NamedTuple):
    """An entry's text: as the service has it, taken apart, and without a signature.

    ``signature`` is the key of the one that stands in it, "" for none.
    """

    native: str
    told: ImportedTemplate
    text: Text
    signature: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The service's names for the variables, in the order they first occur."""
        return variables(self.text)


def seen(entry: Existing, spec: ProviderSpec, usable: Mapping[str, str]) -> SeenText:
    """The text of an entry; *usable* are the signatures there, name -> key."""
    told = spec.told(entry)
    native = str(entry.attributes[spec.kinds[Kind.TEMPLATE].text])
    market = entry.international is True
    for index, pattern in ((0, HEAD[market]), (-1, TAIL[market])):
        part = told.text[index] if told.text else None
        found = pattern.search(part) if isinstance(part, str) else None
        key = usable.get(found[1]) if found else None
        if isinstance(part, str) and found and key:
            rest = list(told.text)
            rest[index] = part[: found.start()] + part[found.end() :]
            return SeenText(native, told, stripped(tuple(filter(None, rest))), key)
    return SeenText(native, told, told.text)


def said(template: Template, specs: Iterable[ProviderSpec]) -> Text:
    """The text of a definition with its own names for the variables, () for none.

    A definition that states its texts verbatim gives the first of them.
    """
    if template.content:
        return template.content
    for spec in specs:
        stated = template.overrides.get(spec.type, {}).get("native")
        if stated is None:
            continue
        attributes = {spec.kinds[Kind.TEMPLATE].text: str(stated)}
        made = Existing(Kind.TEMPLATE, "", "", Review.APPROVED, attributes)
        ours = {p.native.get(spec.type, p.name): p.name for p in template.params}
        # Needs a provider's settings, or has no such name.
        with suppress(LookupError, ValueError):
            return renamed(spec.told(made).text, ours)
    return ()


def stripped(text: Text) -> Text:
    """*text* without white space at its ends."""
    parts = list(text)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(filter(None, parts))


def variables(text: Text) -> tuple[str, ...]:
    """The names of variables, in the order they first occur."""
    names = (part.name for part in text if isinstance(part, Placeholder))
    return tuple(dict.fromkeys(names))


def shape(text: Text) -> TextShape:
    """*text* with numbers in place of names, neighbouring fixed texts joined."""
    numbers = {name: number for number, name in enumerate(variables(text))}
    parts: list[str | int] = []
    for part in text:
        if isinstance(part, Placeholder):
            parts.append(numbers[part.name])
        elif parts and isinstance(last := parts[-1], str):
            parts[-1] = last + part
        elif part:
            parts.append(part)
    return tuple(parts)


def renamed(text: Text, names: Mapping[str, str]) -> Text:
    """*text* with other names."""
    return tuple(
        part if isinstance(part, str) else Placeholder(names[part.name])
        for part in text
    )


def writable_content(text: Text) -> bool:
    """Whether *text*, written under `content` and read back, is the same."""
    written = source(text)
    if written != written.strip():
        return False
    try:
        return texts.parse(written) == text
    except ValueError:
        return False
