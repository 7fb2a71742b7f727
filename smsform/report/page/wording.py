"""The words on the page, each marked so that the browser can say it in Chinese too."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from smsform.report.terminal import safe
from smsform.words import Language, say, say_in, spoken
from smsform.words.english.page import WORDS

CODES = {Language.EN: "en", Language.ZH: "zh-CN"}  # as HTML calls them (BCP 47)


def catalogues() -> dict[str, dict[str, str]]:
    """Every sentence of the page in each language, fields in braces, for the script."""
    return {
        code: {key: say_in(language, f"page.{key}") for key in WORDS}
        for language, code in CODES.items()
    }


def text(key: str, /, **fields: object) -> Markup:
    """A sentence of the page as an element; its fields become ``data-`` attributes."""
    return _text(spoken(), key, **_legible(fields))


@lru_cache(maxsize=1024, typed=True)  # a thousand templates say the same
def _text(language: Language, key: str, /, **fields: object) -> Markup:
    said = say_in(language, f"page.{key}", **fields)
    return Markup("<span data-t={}{}>{}</span>").format(key, _data(fields), said)


def attribute(name: str, key: str, /, **fields: object) -> Markup:
    """The same as an attribute of an element: its title, label or placeholder."""
    fields = _legible(fields)
    said = say(f"page.{key}", **fields)
    return Markup('{0}="{1}" data-t-{0}={2}{3}').format(name, said, key, _data(fields))


def number(noun: str, count: int) -> Markup:
    """``1 template``, ``2 templates``, as an element."""
    if count == 1:
        return text(f"{noun}_one")
    return text(f"{noun}_many", count=count)


def _legible(fields: dict[str, object]) -> dict[str, object]:
    """*fields* with every invisible character of a text written out."""
    return {
        name: safe(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


def _data(fields: dict[str, object]) -> Markup:
    return Markup().join(
        Markup(' data-{}="{}"').format(name, value) for name, value in fields.items()
    )
