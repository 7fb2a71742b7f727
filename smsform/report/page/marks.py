"""Texts from outside as HTML: escaped, with their important parts marked.

Nothing else on the page writes text from outside into a tag by hand; the rest goes
through Jinja2, which escapes everything that is not ``Markup``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from smsform.model import Value
from smsform.plan.diff import Edit, stretches
from smsform.preview import Message
from smsform.rejections.characters import traditional
from smsform.report.page.cards import Card
from smsform.report.terminal import safe

_BARE = re.compile(r"[#\w.-]+")
# A variable in a native text, in any service's spelling: the text itself has no braces.
_VARIABLE = re.compile(r"(\$?\{[^{}]*\})")


def visible(given: str, keep: str = "") -> Markup:
    r"""Escape *given*; harmful and invisible characters are shown as ``\u202e``,
    marked.

    Characters of *keep* stay unchanged.
    """
    if safe(given) == given:
        return escape(given)
    shown = Markup()
    for harmful, run in groupby(given, lambda c: c not in keep and safe(c) != c):
        part = "".join(run)
        shown += (
            Markup("<samp>{}</samp>").format(safe(part)) if harmful else escape(part)
        )
    return shown


def value(given: str) -> Markup:
    """*given* as the value of an attribute, in quotes where it needs them."""
    return escape(given) if _BARE.fullmatch(given) else Markup('"{}"').format(given)


def told(card: Card, signed: bool) -> Markup:
    """How tall a card is, and what filters ask of it; its signature where *signed*."""
    classes = [f"t{card.tall}", *card.states, *card.flags]
    found = Markup("class={}").format(value(" ".join(classes)))
    if signed:
        signature = safe(card.shown.template.signature or "-")
        found += Markup(" data-signature={}").format(value(signature))
    return found


def bubble(message: Message) -> Markup:
    """The message, its values in ``mark`` and a mark where a segment begins."""
    text = message.text
    numbers = {cut: number for number, cut in enumerate(message.cuts, 2)}
    shown, start = Markup(), 0
    for piece in message.pieces:
        end = start + len(piece.text)
        borders = [start, *(cut for cut in message.cuts if start < cut < end), end]
        part = Markup()
        for here, there in pairwise(borders):
            if here in numbers:
                part += Markup("<b data-number={}></b>").format(numbers[here])
            part += visible(text[here:there], keep="\n")
        if piece.parameter:
            name = value(safe(piece.parameter))
            part = Markup("<mark title={}>{}</mark>").format(name, part)
        shown, start = shown + part, end
    return shown


_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")


@lru_cache(maxsize=4096)
def lang(text: str) -> Markup:
    """The ``lang`` attribute for *text*, where its language can be told.

    Browsers choose the shapes of characters by it, screen readers the voice.
    """
    if _HAN.search(text):
        code = "zh-Hant" if traditional(text) else "zh-Hans"
    elif text.isascii() and _LATIN.search(_VARIABLE.sub("", text)):
        code = "en"
    else:
        return Markup()
    return Markup(f" lang={code}")


def native(given: str) -> Markup:
    """A service's text, its variables in ``mark``."""
    shown = [visible(part, keep="\n") for part in _VARIABLE.split(given)]
    shown[1::2] = [Markup("<mark>{}</mark>").format(part) for part in shown[1::2]]
    return Markup().join(shown)


def compared(before: Value | None, after: Value | None) -> tuple[Markup, Markup]:
    """Both values, with removed text marked in the first, added text in the second."""
    texts = ("" if value is None else str(value) for value in (before, after))
    old, new = Markup(), Markup()
    for part, given in stretches(*texts):
        shown = visible(given, keep="\n")
        if part is not Edit.ADDED:
            gone = Markup("<del>{}</del>").format(shown)
            old += gone if part is Edit.REMOVED else shown
        if part is not Edit.REMOVED:
            come = Markup("<ins>{}</ins>").format(shown)
            new += come if part is Edit.ADDED else shown
    return old, new
