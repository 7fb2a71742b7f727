"""Every sentence shown to people, in the language the process speaks.

``say`` finds a sentence by its key, ``room.sentence``; the room's catalogue is loaded
on first use. Texts of rules and a service's advice stand beside their subject, in
English; ``tell`` finds their translation by that English, in the catalogues that were
registered with ``learn``. What a catalogue lacks is said in English.

JSON, exit codes, keys and everything else that programs read are never translated; in
JSON only what people read: messages, hints, reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module

from smsform.pattern import pattern


class Language(StrEnum):
    """The languages of messages; the value is a folder of catalogues."""

    EN = "english"
    ZH = "chinese"


LANGUAGES = {"en": Language.EN, "zh": Language.ZH}
_LOCALE = pattern(r"(en|zh)(?![A-Za-z])", re.IGNORECASE)  # zh_CN.UTF-8, zh-Hant


class Quantity(int):
    """A number with its noun: ``{n:character}`` is "1 character" or "2 characters".

    Chinese has no plural, so there the sentence has the noun.
    """

    def __format__(self, noun: str) -> str:
        if not noun:
            return str(int(self))
        return f"{int(self)} {noun}" if self == 1 else f"{int(self)} {noun}s"


_spoken = Language.EN
_learned: dict[str, None] = {}  # modules with WORDS, English -> Chinese


def speak(language: Language) -> None:
    """Choose the language of this process, before anything is said."""
    global _spoken
    _spoken = language


def spoken() -> Language:
    """The language chosen."""
    return _spoken


def preferred(environ: Mapping[str, str]) -> Language:
    """The language of the locale; English for any other.

    LC_ALL, LC_MESSAGES, LANG: the first that is not empty is the locale (POSIX.1-2017,
    8.2). Unless that is C, LANGUAGE lists what is preferred to it (GNU gettext, 2.3.3).
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((found for name in names if (found := environ.get(name))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return Language.EN
    for each in (*environ.get("LANGUAGE", "").split(":"), locale):
        if match := _LOCALE.match(each):
            return LANGUAGES[match[1].lower()]
    return Language.EN


def learn(module: str) -> None:
    """Register the Chinese of texts without a key; the module is imported when
    needed."""
    _learned[module] = None


@cache
def _catalogue(language: Language, room: str) -> dict[str, str]:
    """The sentences of one room; empty when there is no translation."""
    name = f"smsform.words.{language}.{room}"
    try:
        words: dict[str, str] = import_module(name).WORDS
    except ModuleNotFoundError as error:
        if error.name != name or language is Language.EN:
            raise
        return {}
    return words


def say(key: str, /, **fields: object) -> str:
    """Return the sentence called *key* with *fields* filled in."""
    return say_in(_spoken, key, **fields)


def say_in(language: Language, key: str, /, **fields: object) -> str:
    """``say``, in a given language: for a page that can be read in both."""
    room, _, sentence = key.partition(".")
    text = _catalogue(language, room).get(sentence)
    if text is None:
        text = _catalogue(Language.EN, room)[sentence]
    return _filled(language, text, fields)


def counted(key: str, count: int) -> str:
    """Return the sentence *key*_one, or *key*_many with *count* filled in."""
    return say(f"{key}_{'one' if count == 1 else 'many'}", count=count)


def tell(text: str, /, **fields: object) -> str:
    """Return *text*, which is its own key, translated, with *fields* filled in."""
    if _spoken is Language.EN:  # thousands of findings: the shortest way
        return text.format_map(fields) if fields else text
    return tell_in(_spoken, text, **fields)


def tell_in(language: Language, text: str, /, **fields: object) -> str:
    """``tell``, in a given language."""
    if language is not Language.EN:
        text = next(
            (found for name in _learned if (found := _words(name).get(text))), text
        )
    return _filled(language, text, fields)


def named(value: str) -> str:
    """The words for a member of a closed set: an action, a review, a kind.

    ``say`` and ``tell`` use it for the members among their fields.
    """
    return _named_in(_spoken, value)


def _named_in(language: Language, value: str) -> str:
    if language is Language.EN:
        return value
    return _catalogue(language, "names").get(value, value)


def _filled(language: Language, text: str, fields: Mapping[str, object]) -> str:
    """*text* with its fields filled in; a text without fields may have braces."""
    if not fields:
        return text
    if language is not Language.EN:
        fields = {
            name: _named_in(language, value) if isinstance(value, StrEnum) else value
            for name, value in fields.items()
        }
    return text.format_map(fields)


@cache
def _words(module: str) -> dict[str, str]:
    words: dict[str, str] = import_module(module).WORDS
    return words
