"""Texts that YAML changes silently: it drops a part, or adds a space.

In ``content: 到 #3 号柜台`` the text ends before the ``#``; in ``content: &vip 会员``
the first word names the value. Both are legal YAML, and both would be sent.
"""

from __future__ import annotations

import re

from smsform.documents.document import LINE, Document, Node
from smsform.documents.nearness import shorten
from smsform.documents.text import quoted
from smsform.pattern import pattern

_COMMENT = pattern(r"[ \t]+#.*")
_ANCHOR = pattern(r"&\S+[ \t]+")
# Either quote of a pair at either end: input methods mix them up.
_WRAPPED = pattern(
    '[“”][^“”"]*[“”"]|[‘’][^‘’\']*[‘’\']|「[^「」]*」|『[^『』]*』|＂[^＂]*[＂"]',
    re.DOTALL,
)
_OPENING = "“”‘’「『＂"
_WIDE = (("⺀", "鿿"), ("！", "｠"))  # Han, its punctuation, and what is as wide


def check(document: Document, node: Node, what: str) -> bool:
    """Whether the text of *node* is all that was written; reports a problem when not.

    For plain scalars that people read; other values are what they look like.
    """
    value, style, at, _ = node
    if style or not document.cuts or type(value) is not str:
        return True
    if document.has_comments and (lost := _comment(document, node)):
        fixed = quoted(_unwrapped(value + lost))
        document.complain("SF146", at, "cut_comment", what=what, fixed=fixed)
        return False
    if (name := document.anchors.get(at)) and name not in document.aliased:
        written = f"&{name} {value}".strip()
        document.complain(
            "SF146", at, "cut_anchor", what=what, name=name, fixed=quoted(written)
        )
        return False
    if value[:1] in _OPENING and value and _WRAPPED.fullmatch(value):
        fixed = quoted(_unwrapped(value))
        document.warn("SF147", at, "wrapped", what=what, sign=value[0], fixed=fixed)
    return True


def _comment(document: Document, node: Node) -> str:
    """The comment behind a plain scalar on the line it ends in; "" for none."""
    value, _, at, _ = node
    line, column = divmod(at, LINE)
    written = document.line(line)
    if anchor := _ANCHOR.match(written, column):
        column = anchor.end()
    if at in document.ends:
        line, column = divmod(document.ends[at], LINE)
        written = document.line(line)
    elif written.startswith(value, column):
        column += len(value)
    else:  # an alias is judged where its value is written
        return ""
    found = _COMMENT.match(written, column)
    return found[0].rstrip() if found else ""


def _unwrapped(text: str) -> str:
    """*text* without the typographic quotes around all of it."""
    return text[1:-1] if _WRAPPED.fullmatch(text) else text


def folded(document: Document, node: Node) -> None:
    """Warn where a line break of the YAML became a space between Han characters."""
    value, _, at, _ = node
    if value.isascii():
        return
    space, end = value.find(" "), 0
    while space >= 0:
        before, behind = value[end:space][-1:], value[space + 1 : space + 2]
        if _is_wide(before) and _is_wide(behind):
            around, end = value[max(0, space - 4) : space + 5], space + 2
            if around not in document.source:
                document.warn("SF128", at, "folded", around=shorten(around))
                return
        space = value.find(" ", space + 1)


def _is_wide(character: str) -> bool:
    return any(first <= character <= last for first, last in _WIDE)
