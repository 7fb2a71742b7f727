r"""HTML for Markdown: what comes from outside, and our sentences around it.

``code(text)`` shows a text from outside. In a sentence of the catalogue such texts are
marked by ``outside`` first and become code in ``prose``. The marks are control
characters, which ``safe`` leaves in no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from smsform.pattern import pattern
from smsform.report.terminal import safe, visible, without_commands

_OPEN, _CLOSE = "\x02", "\x03"
_OUTSIDE = pattern("\x02([^\x03]*)\x03")
# A command in backticks, which may hold marked texts; or a marked text.
_CODE = pattern("`((?:\x02[^\x03]*\x03|[^`\x02])*)`|\x02([^\x03]*)\x03")
# Bots look for user names in the source of a comment, too.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"})


def escaped(text: str) -> str:
    r"""*text* on one line as HTML; invisible characters as ``\u202e``.

    A job's log may show the source, so nothing in it is a runner's command.
    """
    return without_commands(visible(text).translate(_ESCAPES), "&#91;")


def code(text: str) -> str:
    """*text* as code, in which nothing is markup."""
    return f"<code>{escaped(text)}</code>" if text else ""


def outside(text: str) -> str:
    """Mark *text* as from outside, for a sentence that ``prose`` will show."""
    return f"{_OPEN}{safe(text)}{_CLOSE}" if text else ""


def prose(sentence: str) -> str:
    """A sentence of the catalogue; marked texts and commands become code."""
    return _CODE.sub(_as_code, sentence.translate(_ESCAPES))


def _as_code(match: re.Match[str]) -> str:
    command, text = match.groups()
    text = _OUTSIDE.sub(r"\1", command) if text is None else text
    return f"<code>{text}</code>"


def quoted(text: str) -> str:
    """A message as its recipient reads it, with its line breaks."""
    return f"<blockquote><code>{broken(text)}</code></blockquote>"


def broken(text: str) -> str:
    """A text as code, with its line breaks."""
    return "<br>".join(map(escaped, text.split("\n")))


def bold(html: str) -> str:
    """Bold: what a reader must not miss."""
    return f"<b>{html}</b>"


def row(cells: Iterable[str], cell: str = "td") -> str:
    """A line of a table; *cells* are HTML."""
    return "<tr>" + "".join(f"<{cell}>{each}</{cell}>" for each in cells) + "</tr>"


def item(html: str) -> str:
    """An entry of a list."""
    return f"<li>{html}</li>"


def lines(parts: Iterable[str]) -> str:
    """The non-empty *parts*, one below the other in a cell."""
    return "<br>".join(filter(None, parts))


def details(summary: str, body: str, opened: bool = False) -> str:
    """A folded block with a *summary*; unfolded if *opened*."""
    tag = "details open" if opened else "details"
    return f"<{tag}><summary>{summary}</summary>{body}</details>"
