"""PHP 8.1: named arguments, in the style of PSR-12."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, camel, listed, pascal

RESERVED = listed("this to call")
ESCAPES = {"\\": "\\\\", "'": "\\'"}


def _literal(text: str) -> str:
    """Single quotes for visible text, else double quotes with escapes."""
    if text.isprintable():
        return quoted(text, ESCAPES, lambda code: "", "'")
    escapes = {"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r"}
    return quoted(text, escapes, lambda code: f"\\u{{{code:x}}}")


def _quiet(text: str) -> str:
    return remark(text).replace("*/", "* /").replace("?>", "? >")


def _function(key: str) -> str:
    return f"send{pascal(key)}"


def _declared(function: Function) -> Iterable[str]:
    yield _function(function.key)


LANGUAGE = ProgrammingLanguage(
    name="php",
    suffix=".php",
    convention=Convention(
        function=_function, argument=camel, reserved=RESERVED, declared=_declared
    ),
    literal=_literal,
    quiet=_quiet,
    mark="// ",
    types={
        ValueType.TEXT: "string",
        ValueType.INTEGER: "int|string",
        ValueType.DECIMAL: "string",
    },
    filters={"camel": camel},
    package="Sms",
    package_key=True,
)
