"""A programming language's card: how it names, quotes and marks generated code."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from msgspec import Struct, field

from smsform.senders.model import ValueType
from smsform.senders.names import Convention

LANGUAGES = {
    "python": "Python",
    "typescript": "TypeScript",
    "node": "Node.js",
    "java": "Java",
    "go": "Go",
    "php": "PHP",
    "csharp": "C#",
    "cpp": "C++",
}
FOLDER = Path(__file__).parent / "languages"
BREAK = "⏎"  # shown for a line break in a comment


class ProgrammingLanguage(Struct, frozen=True):
    """What differs between languages, except for their templates.

    ``suffix`` ends a file's name. ``literal`` writes a text as a string, ``quiet``
    makes it one line that is harmless in a comment, which ``mark`` begins. ``package``
    is the default package, where ``package_key`` says that there are packages.
    ``stem``: the file is named after its class. ``types`` are the types of values,
    ``file_ids`` whether its modules can read ids from a file, ``filters`` further
    functions for the language's template; ``shared`` names the folder with that
    template, if not its own.
    """

    name: str
    suffix: str
    convention: Convention
    literal: Callable[[str], str]
    quiet: Callable[[str], str]
    mark: str
    types: Mapping[ValueType, str] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., str]] = field(default_factory=dict)
    package: str = ""
    package_key: bool = False
    stem: bool = False
    file_ids: bool = True
    shared: str = ""

    @property
    def folder(self) -> Path:
        """The folder of its templates."""
        return FOLDER / (self.shared or self.name)


def language(name: str) -> ProgrammingLanguage:
    """The card of one of ``LANGUAGES``."""
    card: ProgrammingLanguage = import_module(
        f"smsform.senders.languages.{name}"
    ).LANGUAGE
    return card


def remark(text: str) -> str:
    """*text* on one line, every invisible character escaped."""
    shown = []
    for each in text.replace("\r\n", "\n"):
        if each in "\n\r":
            shown.append(BREAK)
        else:
            shown.append(each if each.isprintable() else f"U+{ord(each):04X}")
    return "".join(shown).strip()


def width(text: str) -> int:
    """The columns *text* takes: wide characters of East Asia take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def quoted(
    text: str, escapes: dict[str, str], spelt: Callable[[int], str], quote: str = '"'
) -> str:
    """*text* between quotes, with *escapes* by character, and *spelt* for invisible
    ones."""
    inside = [
        escapes.get(each) or (each if each.isprintable() else spelt(ord(each)))
        for each in text
    ]
    return f"{quote}{''.join(inside)}{quote}"
