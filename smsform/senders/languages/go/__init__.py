"""Go 1.18: a type for every value, so that two cannot be exchanged."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, camel, listed, message, pascal, typed

RESERVED = listed(
    "any append bool break byte cap case chan clear close complex complex128 complex64 "
    "const continue copy default defer delete else error fallthrough false float32 "
    "float64 for func go goto if imag import int int16 int32 int64 int8 interface "
    "iota len make map max min new nil package panic print println range real recover "
    "return rune select string struct switch true type uint uint16 uint32 uint64 uint8 "
    "uintptr var"
)
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _spelt(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _literal(text: str) -> str:
    return quoted(text, ESCAPES, _spelt)


def _function(key: str) -> str:
    return f"Send{pascal(key)}"


def value(argument: str, key: str) -> str:
    """The name of the type of one value."""
    return f"{typed(key)}{pascal(argument)}Value"


def padded(name: str, names: Iterable[str]) -> str:
    """*name* as wide as the widest of *names*, as gofmt aligns fields."""
    return name.ljust(max(map(len, names)))


def _declared(function: Function) -> Iterable[str]:
    yield _function(function.key)
    yield message(function.key)
    yield f"New{message(function.key)}"
    yield f"{camel(function.key)}Template"
    for each in function.arguments:
        yield value(each.name, function.key)
        yield f"New{value(each.name, function.key)}"
        yield f"New{value(each.name, function.key)}Int"


LANGUAGE = ProgrammingLanguage(
    name="go",
    suffix=".go",
    convention=Convention(
        function=_function, argument=camel, reserved=RESERVED, declared=_declared
    ),
    literal=_literal,
    quiet=remark,
    mark="// ",
    types={ValueType.INTEGER: "int64"},
    filters={
        "message": message,
        "value": value,
        "padded": padded,
        "camel": camel,
        "pascal": pascal,
    },
    package="sms",
    package_key=True,
)
