"""Documented shapes of replies, and finding what a reply has beyond them.

A ``ReplyShape`` is what is documented of an action's replies. ``findings`` compares: it
is pure, and of what comes from outside it keeps only names and types, never content.
Names and values are shown only where they look like a programmer's word: replies of
real accounts hold texts, people, numbers and keys, and findings are published.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

HIDDEN = "?"  # in place of a name that is not shown
DEEPEST = 8  # levels of an unknown object that are searched
MOST = 1000  # different findings of one action that are kept
RECORD = 20  # unknown names of one object; with more, they are somebody's keys

# A word or a number of a few digits: AUDIT_STATE_PASS, 1_PHONE, 10. Phone numbers,
# codes and keys have more digits in a row, or digits inside a word.
_PART = r"(?:[A-Z]{1,20}[0-9]{0,3}|[0-9]{1,3})"
_VALUE = re.compile(rf"{_PART}(?:_{_PART})*")
_NUMBER = re.compile(r"-?[0-9]{1,3}")
_LONGEST = 40  # characters of a value or a name that is shown
_DIGITS = 4  # in all of a value
# Words that begin in capitals, snake_case, an abbreviation: TemplateCode, orderId, URL.
_HUMP = r"(?:[A-Z][a-z]{2,20}|Id|Ip|No|Is|Ok)"
_ABBREVIATION = r"[A-Z]{2,5}"
_NAME = re.compile(
    rf"(?:{_ABBREVIATION}_?)?(?:{_HUMP}|[a-z]{{2,20}})(?:_?{_HUMP}|_[a-z]{{2,20}})*"
    rf"(?:_?{_ABBREVIATION})?[0-9]{{0,2}}|[A-Z]{{2,12}}"
)


class ReplyField(NamedTuple):
    """A documented field: its types in JSON's words, its values where listed.

    The items of a list are a field of their own, with a path that ends in ``[]``.
    """

    types: tuple[str, ...]
    values: frozenset[str] | None = None


class ReplyShape(NamedTuple):
    """What is documented of the replies of one action.

    *fields* are by path: ``Data.List[].AuditStatus``. A path that ends in ``.*`` stands
    for any name there. *read* is the date *source* was read.
    """

    fields: Mapping[str, ReplyField]
    source: str
    read: str


class Strange(StrEnum):
    """What is unknown about a part of a reply."""

    FIELD = "field"  # no such field is documented
    TYPE = "type"  # the field is, but not of this type
    VALUE = "value"  # the field has listed values, and this is none of them


class UndocumentedValue(NamedTuple):
    """An undocumented part. *what* is a type; for a VALUE, the value or ``?``."""

    strange: Strange
    path: str
    what: str


def shape(source: str, read: str, fields: Mapping[str, ReplyField]) -> ReplyShape:
    """A shape from *fields*; the objects and lists above them are added."""
    whole = dict(fields)
    for path in fields:
        while path:
            if path.endswith("[]"):
                path = path.removesuffix("[]")
                whole.setdefault(path, LIST)
            else:
                path = path.rpartition(".")[0]
                if path:
                    whole.setdefault(path, OBJECT)
    return ReplyShape(whole, source, read)


TEXT = ReplyField(("string",))
INTEGER = ReplyField(("integer",))
FLAG = ReplyField(("boolean",))
OBJECT = ReplyField(("object",))
LIST = ReplyField(("array",))
EITHER = ReplyField(("integer", "string"))  # documented both ways, or seen both ways


def one_of(*values: str | int) -> ReplyField:
    """A field that has one of *values*, all numbers or all texts."""
    types = {"integer" if isinstance(each, int) else "string" for each in values}
    return ReplyField(tuple(sorted(types)), frozenset(map(str, values)))


def either_of(*values: int) -> ReplyField:
    """A field that has one of these numbers, as a number or as text."""
    return ReplyField(EITHER.types, frozenset(map(str, values)))


def findings(shape: ReplyShape, document: object) -> Iterator[UndocumentedValue]:
    """Everything in *document*, a reply's JSON, that *shape* does not have."""
    yield from _compared(shape.fields, document, "", DEEPEST, known=True)


def _compared(
    fields: Mapping[str, ReplyField], value: object, path: str, depth: int, known: bool
) -> Iterator[UndocumentedValue]:
    """The unknown parts at *path* and below; below an unknown part everything is
    unknown."""
    type = _type(value)
    if type == "null":  # for the services the same as a missing field
        return
    field = fields.get(path) if known else None
    if path and field is None:
        known = False
        yield UndocumentedValue(Strange.FIELD, path, type)
    elif field is not None and type not in field.types:
        yield UndocumentedValue(Strange.TYPE, path, type)
    elif field is not None and field.values is not None:
        text = str(value)
        if text.strip() not in field.values:
            yield UndocumentedValue(Strange.VALUE, path, told_value(value))
    if not depth:
        return
    if isinstance(value, Mapping):
        for name, each in value.items():
            below = _below(fields, path, str(name)) if known else ""
            shown = below or _joined(path, told_name(str(name)))
            yield from _compared(fields, each, shown, depth - 1, known and bool(below))
    elif isinstance(value, list):
        for each in value:
            yield from _compared(fields, each, f"{path}[]", depth - 1, known)


def _below(fields: Mapping[str, ReplyField], path: str, name: str) -> str:
    """The documented path of *name* at *path*; "" where there is none."""
    for below in (_joined(path, name), _joined(path, "*")):
        if below in fields:
            return below
    return ""


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _type(value: object) -> str:
    """The type of a JSON value in JSON Schema's words."""
    if value is None:
        return "null"
    for type, name in _TYPES:
        if isinstance(value, type):
            return name
    return "object"


_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
)


def told_name(name: str) -> str:
    """*name* if it looks like the name of a field, else ``?``."""
    return name if len(name) <= _LONGEST and _NAME.fullmatch(name) else HIDDEN


def told_value(value: object) -> str:
    """*value* of an enumeration if it looks like one of its words, else ``?``."""
    text = str(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return HIDDEN
    if isinstance(value, int):
        return text if _NUMBER.fullmatch(text) else HIDDEN
    digits = sum(map(str.isdigit, text))
    fits = len(text) <= _LONGEST and digits <= _DIGITS and _VALUE.fullmatch(text)
    return text if fits else HIDDEN


class Tally:
    """The replies of one action, compared one after the other."""

    def __init__(self, shape: ReplyShape) -> None:
        self.shape, self.replies = shape, 0
        self._found: Counter[UndocumentedValue] = Counter()

    def add(self, document: object) -> None:
        """Compare one more reply."""
        self.replies += 1
        for finding in set(findings(self.shape, document)):
            if finding in self._found or len(self._found) < MOST:
                self._found[finding] += 1

    def found(self) -> list[tuple[UndocumentedValue, int]]:
        """The unknown parts, each with the number of replies it was in, in order.

        An object with too many unknown names has somebody's own keys, and none is
        shown; nor are values where there are as many.
        """
        names: dict[str, set[str]] = defaultdict(set)
        values: dict[str, set[str]] = defaultdict(set)
        for finding in self._found:
            if finding.strange is Strange.VALUE:
                values[finding.path].add(finding.what)
            elif finding.strange is Strange.FIELD:
                for parent, name in self._unknown(finding.path):
                    names[parent].add(name)
        tables = {parent for parent, each in names.items() if len(each) > RECORD}
        told: Counter[UndocumentedValue] = Counter()
        for finding, replies in self._found.items():
            path, what = finding.path, finding.what
            if finding.strange is Strange.FIELD:
                path = self._without(tables, path)
            elif len(values[path]) > RECORD:
                what = HIDDEN
            shown = UndocumentedValue(finding.strange, path, what)
            told[shown] = max(told[shown], replies)
        return sorted(told.items())

    def _unknown(self, path: str) -> Iterator[tuple[str, str]]:
        """The undocumented steps of *path*: the path so far, and a name."""
        parent = ""
        for name in path.split("."):
            here = _joined(parent, name)
            if here not in self.shape.fields:
                yield parent, name.rstrip("[]")
            parent = here

    def _without(self, tables: Collection[str], path: str) -> str:
        """*path* without the names in *tables*."""
        hidden = {parent for parent, _ in self._unknown(path)} & set(tables)
        parts, parent = [], ""
        for name in path.split("."):
            lists = name[len(name.rstrip("[]")) :]
            parts.append(HIDDEN + lists if parent in hidden else name)
            parent = _joined(parent, name)
        return ".".join(parts)
