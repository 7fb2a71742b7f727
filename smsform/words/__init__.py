"""Every sentence shown to people, in the language the process speaks.

``say`` looks a sentence up by key, ``room.sentence``; the room's catalogue is loaded on
first use. Rules and a service's advice stand beside what they are about, in English;
``tell`` looks their translation up by that English, in the catalogues that were
registered with ``learn``. What a catalogue lacks is said in English.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib import import_module


class Language(StrEnum):
    """What messages can be in; the value is a folder of catalogues."""

    EN = "english"
    ZH = "chinese"


_spoken = Language.EN
_learned: dict[str, None] = {}  # modules with WORDS, English -> Chinese


def speak(language: Language) -> None:
    """Choose the language of this process, before anything is said."""
    global _spoken
    _spoken = language


def spoken() -> Language:
    """The language chosen."""
    return _spoken


def learn(module: str) -> None:
    """Register the Chinese of texts that have no key; imported only when needed."""
    _learned[module] = None


@cache
def _catalogue(language: Language, room: str) -> dict[str, str]:
    words: dict[str, str] = import_module(f"smsform.words.{language}.{room}").WORDS
    return words


def say(key: str, /, **fields: object) -> str:
    """Return the sentence called *key* with *fields* filled in."""
    return say_in(_spoken, key, **fields)


def say_in(language: Language, key: str, /, **fields: object) -> str:
    """``say``, in a given language: for a page that can be read in both."""
    room, _, sentence = key.partition(".")
    text = _catalogue(language, room)[sentence]
    return text.format_map(fields) if fields else text


def tell(text: str, /, **fields: object) -> str:
    """Return *text*, which is its own key, translated, with *fields* filled in."""
    return tell_in(_spoken, text, **fields)


def tell_in(language: Language, text: str, /, **fields: object) -> str:
    """``tell``, in a given language."""
    if language is not Language.EN:
        text = next(
            (found for name in _learned if (found := _words(name).get(text))), text
        )
    return text.format_map(fields) if fields else text


@cache
def _words(module: str) -> dict[str, str]:
    words: dict[str, str] = import_module(module).WORDS
    return words
