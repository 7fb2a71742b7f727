"""The words on the page, marked so that the browser can change their language."""

from __future__ import annotations

from functools import cache, lru_cache

from markupsafe import Markup

from smsform.report.terminal import safe
from smsform.words import Language, say, say_in, spoken
from smsform.words.english.page import WORDS

OURS = "i"  # another voice than the texts around it
CODES = {Language.EN: "en", Language.ZH: "zh-CN"}  # as HTML calls them (BCP 47)


def catalogues() -> dict[str, dict[str, str]]:
    """Every sentence of the page in each language, with its fields in braces."""
    return {
        code: {key: say_in(language, f"page.{key}") for key in WORDS}
        for language, code in CODES.items()
    }


def text(key: str, tag: str = "span", label: str = "", /, **fields: object) -> Markup:
    """A sentence of the page as an element, a *tag* of class *label*.

    ``data-t`` is its key: empty where the words themselves tell it, and left out where
    the *tag* says, too, that these are words of ours. Its fields become further
    ``data-`` attributes.
    """
    return _text(spoken(), key, tag, label, **_legible(fields))


@lru_cache(maxsize=1024, typed=True)  # a thousand templates say the same
def _text(
    language: Language, key: str, tag: str, label: str, /, **fields: object
) -> Markup:
    said = say_in(language, f"page.{key}", **fields)
    quotes = '"' if " " in label else ""
    name = Markup(f" class={quotes}{label}{quotes}") if label else ""
    own = "" if tag == OURS else " data-t"
    told = own if key in _telling() else f" data-t={key}"
    return Markup("<{0}{1}{2}{3}>{4}</{0}>").format(
        tag, name, Markup(told), _data(fields), said
    )


@cache
def _telling() -> frozenset[str]:
    """The sentences without fields whose words, in either language, tell the other's.

    What is said by the thousand need not say in its tag once more what it is.
    """
    pairs = {key: tuple(say_in(each, f"page.{key}") for each in CODES) for key in WORDS}
    others: dict[tuple[int, str], set[tuple[str, ...]]] = {}
    for pair in pairs.values():
        for place in enumerate(pair):
            others.setdefault(place, set()).add(pair)
    return frozenset(
        key
        for key, pair in pairs.items()
        if "{" not in pair[0]
        and all(len(others[place]) == 1 for place in enumerate(pair))
    )


def attribute(name: str, key: str, /, **fields: object) -> Markup:
    """A sentence as an attribute of an element: its title, label or placeholder."""
    fields = _legible(fields)
    said = say(f"page.{key}", **fields)
    return Markup('{0}="{1}" data-t-{0}={2}{3}').format(name, said, key, _data(fields))


def number(noun: str, count: int, tag: str = "span", label: str = "") -> Markup:
    """``1 template``, ``2 templates``, as an element."""
    if count == 1:
        return text(f"{noun}_one", tag, label)
    return text(f"{noun}_many", tag, label, count=count)


def _legible(fields: dict[str, object]) -> dict[str, object]:
    """*fields* with the invisible characters of texts made visible."""
    return {
        name: safe(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


def _data(fields: dict[str, object]) -> Markup:
    return Markup().join(
        Markup(" data-{}={}").format(name, value)
        if isinstance(value, int)
        else Markup(' data-{}="{}"').format(name, value)
        for name, value in fields.items()
    )
