"""Python: keyword arguments; formatted as ``ruff format`` does."""

from __future__ import annotations

import keyword
from collections.abc import Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, snake, upper


def _spelt(code: int) -> str:
    if code < 256:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _literal(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    escapes = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", quote: f"\\{quote}"}
    return quoted(text, escapes, _spelt, quote)


def _quiet(text: str) -> str:
    return remark(text).replace("\\", "\\\\").replace('"""', '" " "')


def _function(key: str) -> str:
    return f"send_{snake(key)}"


def _declared(function: Function) -> Iterable[str]:
    yield _function(function.key)
    yield f"_{upper(function.key)}"


LANGUAGE = ProgrammingLanguage(
    name="python",
    suffix=".py",
    convention=Convention(
        function=_function,
        argument=snake,
        reserved=frozenset({*keyword.kwlist, "self", "to", "call", "sender"}),
        declared=_declared,
        taken=frozenset({"_NO_CALL", "_ENDINGS", "_HAN_ENDINGS", "_LETTERS", "_IDS"}),
    ),
    literal=_literal,
    quiet=_quiet,
    mark="# ",
    types={
        ValueType.TEXT: "str",
        ValueType.INTEGER: "int | str",
        ValueType.DECIMAL: "Decimal | str",
    },
)
