"""The INSERT statements of a database dump, and the COPY blocks of PostgreSQL.

A reader of our own: a parser of SQL (sqlglot 30.30 was tried) rejects a whole file for
one row it does not understand and does not say on which line a row stands. This one
reads what dumps write, row by row, and lists what it cannot read.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from smsform.tables.values import Table, TableError, TableRow, Unread
from smsform.words import say

# Everything here is bounded or possessive: time grows only with the file's size.
LONGEST = 20_000  # characters of a value, of a comment in a row, of an expression
MOST_UNREAD = 10_000
_NAME = r'(?:`[^`]{0,128}+`|"[^"]{0,128}+"|\[[^\]\n]{0,128}+\]|[\w$]{1,128}+)'
_PATH = rf"{_NAME}(?:\s*+\.\s*+{_NAME}){{0,2}}+"
# Between statements; a part that only looks like an INSERT is skipped as a whole.
_BETWEEN = re.compile(
    rf"""
      --[^\n]*+ | /\*(?s:.*?)(?:\*/|\Z) | (?<![^\n])\#[^\n]*+
    | '(?:[^'\\]|\\.|\'\')*+(?:'|\\?\Z)
    | \b(?:INSERT|REPLACE)\s++
      (?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s++){{0,3}}
      (?:INTO\s++)?(?P<into>{_PATH})\s*+(?:\((?P<columns>[^()]*+)\)\s*+)?+
      (?:OVERRIDING\s++\w++\s++VALUE\s++)?+VALUES?\s*+
    | \bCREATE\s++TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?(?P<made>{_PATH})\s*+\(
    | \bCOPY\s++(?P<copied>{_PATH})\s*+(?:\((?P<fields>[^()]*+)\)\s*+)?+
      FROM\s++stdin[^\n]*+\n
    """,
    re.I | re.X | re.S,
)
_STRING = re.compile(
    rf"(?:[EeNn]|_\w{{1,20}}+\s?)?'((?:[^'\\]|\\.|''){{0,{LONGEST}}}+)'", re.S
)
_PLAIN_STRING = re.compile(rf"[Nn]?'((?:[^']|''){{0,{LONGEST}}}+)'", re.S)
_DOUBLE = re.compile(rf'"((?:[^"\\]|\\.|""){{0,{LONGEST}}}+)"', re.S)
_DOLLAR = re.compile(rf"\$(\w{{0,20}})\$(.{{0,{LONGEST}}}?)\$\1\$", re.S)
_WORD = re.compile(r"[^\s,()'\"]+")
_SPACE = re.compile(r"(?:\s++|--[^\n]*+|/\*(?s:.{0,2000}?)\*/)*+")
_CAST = re.compile(r"\s*+::\s*+[\w\". ]{1,100}(?:\(\d{1,9}\))?")
_NEXT_ROW = re.compile(r"\n[ \t]*+(?=\(|INSERT\s|REPLACE\s)", re.I)
_COLUMN = re.compile(rf"\s*({_NAME})\s+\w")
_NO_COLUMN = re.compile(
    r"\s*(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FULLTEXT|FOREIGN|CHECK)\b", re.I
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}
_ESCAPE = re.compile(r"\\(.)|(['\"])\2", re.S)
# In MySQL a backslash escapes, in standard SQL it is a character like any other.
_MYSQL = re.compile(
    r"^(?:--[^\n]{0,80}(?:MySQL|MariaDB)|\)\s?ENGINE\s?=|/\*!\d{5}|LOCK TABLES)|"
    r"^\s?Source Server Type\s{0,4}: M",
    re.I | re.M,
)


def read(text: str) -> list[Table]:
    """Every table that has rows; TableError when there is none."""
    found = _Reader(text).tables()
    if not found:
        raise TableError("no_insert")
    return found


class _Bad(ValueError):
    """A row that cannot be read; its text says why."""


class _Reader:
    """Reads one dump."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._like_mysql = _MYSQL.search(text[:1_000_000]) is not None
        self._mysql = self._like_mysql
        self._found: dict[str, Table] = {}
        self._made: dict[str, int] = {}  # table name -> where its column list begins
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def tables(self) -> list[Table]:
        """All tables that have rows."""
        at = 0
        while statement := _BETWEEN.search(self._text, at):
            at = statement.end()
            if statement["into"]:
                head = statement[0]
                self._mysql = "`" in head or (self._like_mysql and '"' not in head)
                at = self._rows(statement, at)
            elif statement["made"]:
                self._made.setdefault(_bare(statement["made"]), at)
            elif statement["copied"]:
                at = self._copied(statement, at)
        return [*self._found.values()]

    def _line(self, at: int) -> int:
        return bisect_right(self._breaks, at - 1) + 1

    def _table(self, name: str, columns: str | None, count: int) -> Table:
        """The table called *name*, with the names of its columns."""
        name = _bare(name)
        if columns is not None:
            names = [_bare(each) for each in columns.split(",")]
        else:
            known = self._found.get(name)
            names = known.columns if known else self._columns(name)
            names = names or [str(number) for number in range(1, count + 1)]
        table = self._found.setdefault(name, Table([*names], name=name))
        table.columns += [each for each in names if each not in table.columns]
        return table

    def _unread(self, table: Table, unread: Unread) -> None:
        if len(table.unread) >= MOST_UNREAD:
            raise TableError("too_many_unread", most=MOST_UNREAD)
        table.unread.append(unread)

    # --- VALUES (…), (…) ------------------------------------------------------------

    def _rows(self, statement: re.Match[str], at: int) -> int:
        while True:
            at = self._space(at)
            if not self._text.startswith("(", at):
                return at
            begin = at
            try:
                values, at = self._row(at + 1)
                self._add(statement["into"], statement["columns"], begin, values)
            except _Bad as bad:
                table = self._table(statement["into"], statement["columns"], 0)
                found = _NEXT_ROW.search(self._text, begin + 1)
                at = found.end() if found else len(self._text)
                last = self._line(found.start() if found else at)
                self._unread(table, Unread(self._line(begin), str(bad), last))
                continue
            at = self._space(at)
            if not self._text.startswith(",", at):
                return at
            at += 1

    def _add(
        self, name: str, columns: str | None, begin: int, values: list[str | None]
    ) -> None:
        table = self._table(name, columns, len(values))
        names = table.columns
        if columns is not None:
            names = [_bare(each) for each in columns.split(",")]
        if len(values) != len(names):
            what = say("tables.fields", count=len(values), columns=len(names))
            raise _Bad(what)
        line = self._line(begin)
        table.add(TableRow(line, dict(zip(names, values, strict=True))))

    def _row(self, at: int) -> tuple[list[str | None], int]:
        """The values up to the closing bracket, and its end."""
        values: list[str | None] = []
        while True:
            value, at = self._value(self._space(at))
            values.append(value)
            at = self._space(at)
            sign = self._text[at : at + 1]
            if sign == ")":
                return values, at + 1
            if sign != ",":
                raise _Bad(say("tables.unexpected", found=self._text[at : at + 12]))
            at += 1

    def _value(self, at: int) -> tuple[str | None, int]:
        """A value, None for an expression, and its end."""
        value, end = self._simple(at)
        if cast := _CAST.match(self._text, end):
            end = cast.end()
        after = self._space(end)
        if self._text[after : after + 1] in (",", ")"):
            return value, end
        return None, self._skipped(end)

    def _simple(self, at: int) -> tuple[str | None, int]:
        text = self._text
        first = text[at : at + 2].lower()
        escapes = self._mysql or first == "e'"
        found: re.Match[str] | None
        found = (_STRING if escapes else _PLAIN_STRING).match(text, at)
        if found is None and self._mysql:
            found = _DOUBLE.match(text, at)
        if found is not None:
            return _plain(found[1], escapes), found.end()
        if dollar := _DOLLAR.match(text, at):
            return dollar[2], dollar.end()
        if first[:1] in ("'", '"') or first in ("e'", "n'"):
            raise _Bad(say("tables.quote"))
        word = _WORD.match(text, at)
        if word is None:
            return None, at
        known = {"null": "", "default": "", "true": "true", "false": "false"}
        number = re.fullmatch(r"[-+]?\d+(?:\.\d+)?", word[0])
        if number:
            return word[0], word.end()
        return known.get(word[0].lower()), word.end()

    def _skipped(self, at: int) -> int:
        """The end of an expression: before a comma or the closing bracket."""
        depth, most = 0, at + LONGEST
        while at < min(len(self._text), most):
            sign = self._text[at]
            if sign in ",)" and depth == 0:
                return at
            if sign == "'":
                _, at = self._simple(at)
                continue
            depth += (sign == "(") - (sign == ")")
            if sign == ";" or depth > 50:
                break
            at += 1
        raise _Bad(say("tables.unexpected", found=self._text[at : at + 12]))

    def _space(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        return found.end() if found else at

    # --- CREATE TABLE, COPY ---------------------------------------------------------

    def _columns(self, name: str) -> list[str]:
        """The names of a table's columns; none when the dump does not create it."""
        at = self._made.get(name)
        if at is None:
            return []
        names = []
        for line in self._text[at : at + 100_000].split("\n"):
            if line.lstrip().startswith(")"):
                break
            found = _COLUMN.match(line)
            if found and not _NO_COLUMN.match(line):
                names.append(_bare(found[1]))
        return names

    def _copied(self, statement: re.Match[str], at: int) -> int:
        r"""The lines of a COPY block, up to ``\.``."""
        while at < len(self._text):
            end = self._text.find("\n", at)
            end = len(self._text) if end < 0 else end
            line = self._text[at:end].rstrip("\r")
            begin, at = at, end + 1
            if line == "\\.":
                break
            values = [
                "" if each == "\\N" else _plain(each, True) for each in line.split("\t")
            ]
            try:
                self._add(statement["copied"], statement["fields"], begin, [*values])
            except _Bad as bad:
                table = self._table(statement["copied"], statement["fields"], 0)
                self._unread(table, Unread(self._line(begin), str(bad)))
        return at


def _plain(text: str, escapes: bool) -> str:
    """What stands between quotes."""
    if not escapes:
        return text.replace("''", "'")
    return _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]) if m[1] else m[2], text)


def _bare(name: str) -> str:
    """A name without its quotes and without the schema before it."""
    last = re.findall(_NAME, name.strip())[-1:]
    word = last[0] if last else name.strip()
    return word[1:-1] if word[:1] in '`"[' else word
