"""Java 8: a builder that compiles only once every value was given.

Formatted as google-java-format does, as long as names leave room for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, camel, listed, message, pascal, upper

WIDTH = 100
RESERVED = listed(
    "abstract assert boolean break byte case catch char class const continue default "
    "do double else enum extends false final finally float for goto if implements "
    "import instanceof int interface long native new null package private protected "
    "public return short static strictfp super switch synchronized this throw throws "
    "transient true try void volatile while wait yield"
)
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
HTML = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "\\": "&#92;", "*": "&#42;"}
)


def _spelt(code: int) -> str:
    if code < 128:
        return f"\\{code:03o}"
    units = chr(code).encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs)


def _literal(text: str) -> str:
    return quoted(text, ESCAPES, _spelt)


def _quiet(text: str) -> str:
    return remark(text).translate(HTML)


def _function(key: str) -> str:
    return f"send{pascal(key)}"


def factory(key: str) -> str:
    """The name of the method that begins a message."""
    return f"new{pascal(key)}"


def width(text: str) -> int:
    """The columns google-java-format counts: a Chinese character is one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def assign(text: str, name: str, indent: int) -> str:
    """``name = "text";``, the text on a line of its own where it is long."""
    line = f"{' ' * indent}{name} = {_literal(text)};"
    if width(line) <= WIDTH:
        return line
    return f"{' ' * indent}{name} =\n{' ' * indent}    {_literal(text)};"


def _fitted(items: Iterable[str], start: str, end: str, indent: int) -> str:
    """``start(items`` and *end*, broken as the formatter does where it does not fit."""
    given, space = list(items), " " * indent
    line = f"{space}{start}({', '.join(given)}{end}"
    if width(line) <= WIDTH:
        return line
    inner = f"{space}    {', '.join(given)}{end}"
    if width(inner) > WIDTH:
        inner = f",\n{space}    ".join(given)
        inner = f"{space}    {inner}{end}"
    return f"{space}{start}(\n{inner}"


def call(arguments: Iterable[str], head: str, indent: int) -> str:
    """``head(arguments);``, broken where that does not fit."""
    return _fitted(arguments, head, ");", indent)


def head(parameters: Iterable[str], start: str, indent: int) -> str:
    """``start(parameters) {``, broken where that does not fit."""
    return _fitted(parameters, start, ") {", indent)


def _declared(function: Function) -> Iterable[str]:
    yield _function(function.key)
    yield factory(function.key)
    yield message(function.key)
    yield f"{upper(function.key)}_TEMPLATE"


LANGUAGE = ProgrammingLanguage(
    name="java",
    suffix=".java",
    convention=Convention(
        function=_function,
        argument=camel,
        reserved=RESERVED,
        declared=_declared,
    ),
    literal=_literal,
    quiet=_quiet,
    mark="// ",
    types={ValueType.INTEGER: "long", ValueType.DECIMAL: "BigDecimal"},
    filters={
        "assign": assign,
        "call": call,
        "head": head,
        "message": message,
        "factory": factory,
        "camel": camel,
        "pascal": pascal,
    },
    package_key=True,
    stem=True,
)
