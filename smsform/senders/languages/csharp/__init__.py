"""C# 6 and newer: a builder that compiles only once every value was given."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, listed, message, pascal, upper

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Members of every message, and of every object.
RESERVED = listed("Equals GetHashCode GetType ToString Finalize Texts")


def _spelt(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _literal(text: str) -> str:
    return quoted(text, ESCAPES, _spelt)


def _quiet(text: str) -> str:
    return remark(text).translate(XML)


def _function(key: str) -> str:
    return f"Send{pascal(key)}"


def _argument(name: str) -> str:
    made = pascal(name)
    return f"_{made}" if made[0].isdigit() else made


def _declared(function: Function) -> Iterable[str]:
    yield _function(function.key)
    yield message(function.key)
    yield f"New{message(function.key)}"
    yield f"{upper(function.key)}_TEMPLATE"


LANGUAGE = ProgrammingLanguage(
    name="csharp",
    suffix=".cs",
    convention=Convention(
        function=_function, argument=_argument, reserved=RESERVED, declared=_declared
    ),
    literal=_literal,
    quiet=_quiet,
    mark="// ",
    types={ValueType.INTEGER: "long", ValueType.DECIMAL: "decimal"},
    filters={"message": message, "pascal": pascal},
    package="Sms",
    package_key=True,
    file_ids=False,
)
