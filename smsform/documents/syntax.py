"""Explaining what PyYAML refuses: the usual causes, each with the corrected text.

The causes are searched in the lines that PyYAML points to, so that its C parser and its
Python parser, which word and place some errors differently, lead to the same problem.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smsform.documents.document import LINE, Document
from smsform.documents.nearness import shorten
from smsform.documents.text import quoted
from smsform.pattern import pattern

if TYPE_CHECKING:
    import yaml

TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_UNREADABLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
)
_ENTRY = pattern(
    r"""(?P<lead>[ \t]*(?:-[ ]+)*(?:\?[ ]+)?(?P<key>["']?[\w.-]+["']?)[ ]*:[ \t]+)"""
    r"""(?P<value>\S.*)"""
)
# A key and a value in braces, or a list: not a text that begins with a variable.
_COLLECTION = pattern(
    r"""\{\s*(?:[\w.-]+|"[^"]*"|'[^']*')\s*[:：]|\[[^\]]*(?:\]\s*)?$"""
)
_WIDE_COLON = pattern(r"\s*(?:-\s+)?[\w.-]{1,100}：")
_WIDE_WITHIN = pattern(r"(?P<sign>，)(?=\s*\w+\s*[:：])|[{,]\s*\w+\s*(?P<colon>：)")
_ODD_WITHIN = pattern(r"[:,\[]\s+(?P<value>[@`%&*!|>][^,}\]]*)")
_COMMENT_WITHIN = pattern(r"\s#")
_HELD_WITHIN = pattern(
    r"""[:,\[]\s+(?P<value>[^\s,{}\[\]"'#](?:(?!:\s)[^,{}\[\]"'])*?\s#[^,}\]]*)"""
)
_QUOTE_WITHIN = pattern(
    r"""[:,\[{]\s*(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=[^\s,}\]:])"""
)
_NO_COMMA = pattern(
    r"""[:][ ]+(?:"[^"]*"|'[^']*'|[^\s,{}\[\]"'][^,{}\[\]"':]*)[ ]+(?P<key>\w+):[ ]"""
)
# A key, and its value right behind the colon; no address, no time.
_NO_SPACE = pattern(
    r"""\s*(?:-\s+)?(?P<key>[A-Za-z_][\w.-]{0,99})[ ]*:(?P<value>[^\s:/\\].*)"""
)
_LIST_OR_KEY = pattern(r"[-?](?:\s|$)")
_WIDE_BRACE = pattern(r"[｛［]\s*\w+\s*[:：]")
_STRINGS = pattern(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\s#.*""")
# Beside a sign of YAML, outside of quotes; or at the end of what is not quoted.
_TAB = pattern(
    r"""^[^"'#]*?(?:[:,\[{-]\ *\t)|^[^"'#]*\S\ *\t(?=\s*(?:\#|$))|"""
    r"""["']\ *\t(?=\s*(?:[\#,}\]]|$))"""
)
_CONFLICT = pattern(r"^(?:<{7} |>{7} |={7}$).*", re.MULTILINE)
_FLOW = pattern(r""":[ ]+(?P<value>[^\s"'{\[,:][^"'{}\[\],:]*[{｛].*)""")
_CLOSED = pattern(r'"(?:[^"\\]|\\.)*"|' r"'(?:[^']|'')*'")
_SURROGATE = pattern(r"\\(?:u|U0000)[dD][89abAB][0-9a-fA-F]{2}")
_PAIR = pattern(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def unreadable(document: Document) -> None:
    """Name the first character that must not stand in a YAML file."""
    found = _UNREADABLE.search(document.source)
    at, code = 0, "?"
    if found:
        before = document.source[: found.start()].splitlines(keepends=True) or [""]
        ended = before[-1].endswith(("\n", "\r"))
        line = len(before) - (0 if ended else 1)
        at = line * LINE + (0 if ended else len(before[-1]))
        code = f"U+{ord(found[0]):04X}"
    document.complain("SF102", at, "character", code=code)


def surrogate(document: Document, at: int) -> None:
    r"""Report the ``\ud83d`` in or after the line of *at*."""
    line = at // LINE
    for number in range(line, line + 100):
        if found := _SURROGATE.search(document.line(number)):
            pair = _PAIR.match(document.line(number), found.start())
            meant = "😀"
            if pair:
                high, low = int(pair[1], 16), int(pair[2], 16)
                meant = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            at = number * LINE + found.start()
            document.complain("SF111", at, "surrogate", found=found[0], meant=meant)
            return
    document.complain("SF111", at, "surrogate", found="\\ud800", meant="😀")


def tag(document: Document, word: str, style: str | None, at: int) -> None:
    """Report a tag that says more than that a value is text.

    *style* is a scalar's, None for anything else. An unquoted text that begins with !
    may be meant as text and would lose its first word.
    """
    lost = style == "" and word == "!"
    if style is not None and word in TEXT_TAGS and not lost:
        return
    if style == "":
        fixed = from_here(document, at)
        document.complain("SF107", at, "tag_text", tag=shorten(word), fixed=fixed)
    else:
        document.complain("SF107", at, "tag", tag=shorten(word))


def from_here(document: Document, at: int) -> str:
    """What stands from *at* to the end of an unquoted text, quoted."""
    return quoted(re.split("[,}\\]]", document.rest(at))[0])


def tab(document: Document, at: int) -> None:
    """A tab between a key and its value, or behind it."""
    document.complain("SF103", at, "tab_separator")


def brace(document: Document, at: int) -> None:
    """A ``{{ name }}`` that YAML took for a mapping, because it is not quoted."""
    number, column = divmod(at, LINE)
    line = document.line(number)
    entry = _ENTRY.match(line)
    if entry and entry["value"].startswith("{"):
        at = number * LINE + entry.start("value")
        fixed = f"{entry['key']}: {quoted(entry['value'])}"
    else:
        fixed = quoted(line[column:])
    document.complain("SF103", at, "syntax_brace", fixed=fixed)


def broken(document: Document, error: yaml.MarkedYAMLError) -> None:
    """Report a syntax error, with its usual cause where that can be found."""
    if _conflict(document):
        return
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    if "escape" in str(error.problem) and any(
        _SURROGATE.search(document.line(mark.line)) for mark in marks
    ):
        surrogate(document, marks[-1].line * LINE)
        return
    lines = [mark.line for mark in marks]
    for number in [*lines, *(line - 1 for line in lines[:1] if line)]:
        if _cause(document, number):
            return
    if marks and any(_out_of_place(document, number) for number in lines):
        return
    at = marks[0].line * LINE + marks[0].column if marks else 0
    what = str(error.problem or error.context or "").strip()
    if document.line(at // LINE)[:1] == "%":
        document.complain("SF104", at, "directive")
    else:
        document.complain("SF103", at, "syntax", what=what)


def _conflict(document: Document) -> bool:
    """Complain about what a merge left in the file."""
    if not (found := _CONFLICT.search(document.source)):
        return False
    number = len(document.source[: found.start()].splitlines())
    document.complain("SF103", number * LINE, "conflict", found=found[0].strip())
    return True


def _cause_within(document: Document, number: int, begin: int) -> bool:
    """Complain about what is wrong in ``{…}`` or ``[…]`` from column *begin* on."""
    line, start = document.line(number), number * LINE
    if wide := _WIDE_WITHIN.search(line, begin):
        which = "sign" if wide["sign"] else "colon"
        at = start + wide.start(which)
        document.complain("SF103", at, "syntax_wide", sign=wide[which])
    elif odd := _ODD_WITHIN.search(line, begin):
        fixed, at = quoted(odd["value"]), start + odd.start("value")
        sign = odd["value"][0]
        document.complain("SF103", at, "syntax_start", sign=sign, fixed=fixed)
    elif quote := _QUOTE_WITHIN.search(line, begin):
        document.complain("SF103", start + quote.start("quoted"), "syntax_quote")
    elif comma := _NO_COMMA.search(line, begin):
        at = start + comma.start("key")
        document.complain("SF103", at, "syntax_comma", key=comma["key"])
    elif flow := _FLOW.search(line, begin):
        inner = re.split(r"[,}｝]\s*(?=[\w]+:|$)", flow["value"])[0]
        at = start + flow.start("value")
        document.complain("SF103", at, "syntax_flow", fixed=quoted(inner))
    elif comment := _COMMENT_WITHIN.search(line, begin):
        at = start + comment.end() - 1
        if held := _HELD_WITHIN.search(line, begin):
            fixed = quoted(held["value"])
            document.complain("SF103", at, "syntax_comment_in", fixed=fixed)
        else:
            document.complain("SF103", at, "syntax_comment")
    else:
        return _brackets(document, number, begin)
    return True


def _brackets(document: Document, number: int, begin: int) -> bool:
    """Complain where brackets of a line from column *begin* on are no pairs."""
    line = document.line(number)
    text = _STRINGS.sub(lambda found: " " * len(found[0]), line)
    open: list[int] = []
    for column in range(begin, len(text)):
        if text[column] in "{[":
            open.append(column)
        elif text[column] in "}]":
            if not open:
                at, sign = number * LINE + column, text[column]
                document.complain("SF103", at, "syntax_closed", sign=sign)
                return True
            open.pop()
    if open:
        at, sign = number * LINE + open[-1], text[open[-1]]
        document.complain("SF103", at, "syntax_open", sign=sign)
    return bool(open)


def _out_of_place(document: Document, number: int) -> bool:
    """Report line *number* when it is indented as no line above it is, or when it
    continues a text that a comment has ended."""
    line = document.line(number)
    column = len(line) - len(line.lstrip(" "))
    above = number - 1
    while above >= 0 and not document.line(above).strip():
        above -= 1
    if above < 0 or not line.strip():
        return False
    before = document.line(above)
    if _COMMENT_WITHIN.search(before) or before.lstrip().startswith("#"):
        at = above * LINE + before.index("#")
        if not _ENTRY.match(line) and not line.lstrip().startswith("-"):
            document.complain("SF103", at, "syntax_comment_between")
            return True
    columns = [
        len(other) - len(other.lstrip(" "))
        for other in map(document.line, range(above + 1))
        if other.strip() and not other.lstrip().startswith("#")
    ]
    further = bool(columns) and column > columns[-1]
    entry = _ENTRY.match(before)
    if (further and entry is not None) or (not further and column not in columns):
        document.complain("SF103", number * LINE + column, "syntax_indent")
        return True
    return False


def _cause(document: Document, number: int) -> bool:
    """Report line *number* when it shows one of the usual mistakes."""
    line = document.line(number)
    start = number * LINE
    if wide := _WIDE_COLON.match(line):
        document.complain("SF103", start + wide.end() - 1, "syntax_wide", sign="：")
        return True
    if re.match(r" *\t", line):
        document.complain("SF103", start + line.index("\t"), "syntax_tab")
        return True
    if separator := _TAB.search(line):
        tab(document, start + separator.end() - 1)
        return True
    entry = _ENTRY.match(line)
    if entry is None:
        if close := _NO_SPACE.match(line):
            fixed = f"{close['key']}: {_as_value(close['value'])}"
            at = start + close.start("value")
            document.complain("SF103", at, "syntax_no_space", fixed=fixed)
        return close is not None
    key, value, at = entry["key"], entry["value"], start + entry.start("value")
    fixed = f"{key}: {quoted(value)}"
    if _COLLECTION.match(value):
        return _cause_within(document, number, entry.start("value"))
    if value[0] == "{":
        document.complain("SF103", at, "syntax_brace", fixed=fixed)
    elif _WIDE_BRACE.match(value):
        document.complain("SF103", at, "syntax_wide", sign=value[0])
    elif value[0] in "@`%&*!|>,[]}" or _LIST_OR_KEY.match(value):
        document.complain("SF103", at, "syntax_start", sign=value[0], fixed=fixed)
    elif value[0] in "\"'":
        closed = _CLOSED.match(value)
        rest = value[closed.end() :].strip() if closed else ""
        if closed and (not rest or rest.startswith("#")):
            return False
        document.complain("SF103", at, "syntax_quote" if closed else "syntax_unclosed")
    elif ": " in value or value.endswith(":"):
        document.complain("SF103", at, "syntax_colon", fixed=fixed)
    else:
        return False
    return True


def _as_value(written: str) -> str:
    """The text behind a colon, quoted where YAML needs it."""
    closed = _CLOSED.fullmatch(written.strip())
    return written.strip() if closed or written[0] in "{[" else quoted(written)
