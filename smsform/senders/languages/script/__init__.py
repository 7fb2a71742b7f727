"""The common part of TypeScript and Node.js: one template, formatted as by prettier."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark, width
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, camel, listed, pascal, typed, upper

WIDTH = 80
RESERVED = listed(
    "arguments await break case catch class const continue debugger default delete "
    "do else enum eval export extends false finally for function if implements "
    "import in instanceof interface let new null package private protected public "
    "return static super switch this throw true try typeof var void while with "
    "yield "
)


def _spelt(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


def _literal(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    escapes = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", quote: f"\\{quote}"}
    return quoted(text, escapes, _spelt, quote)


def _quiet(text: str) -> str:
    return remark(text).replace("*/", "* /")


def entry(text: str, name: str, indent: int) -> str:
    """``name: "text",`` in an object; a long text stands on a line of its own."""
    line = f"{' ' * indent}{name}: {_literal(text)},"
    if width(line) <= WIDTH:
        return line
    return f"{' ' * indent}{name}:\n{' ' * indent}  {_literal(text)},"


def _fitted(items: Iterable[str], start: str, end: str, indent: int) -> str:
    """``start(items`` and *end*, one item a line where that does not fit."""
    given, space = list(items), " " * indent
    line = f"{space}{start}({', '.join(given)}{end}"
    if width(line) <= WIDTH:
        return line
    lines = "".join(f"{space}  {each},\n" for each in given)
    return f"{space}{start}(\n{lines}{space}{end}"


def call(arguments: Iterable[str], head: str, indent: int) -> str:
    """``head(arguments);``, one argument a line where that does not fit."""
    return _fitted(arguments, head, ");", indent)


def head(parameters: Iterable[str], name: str, indent: int) -> str:
    """``name(parameters) {``, one parameter a line where that does not fit."""
    return _fitted(parameters, name, ") {", indent)


def _function(key: str) -> str:
    return f"send{pascal(key)}"


def values(key: str) -> str:
    """The name of the interface with a template's values."""
    return f"{typed(key)}Values"


def _declared(function: Function) -> Iterable[str]:
    yield f"send{pascal(function.key)}"
    yield values(function.key)
    yield f"{upper(function.key)}_TEMPLATE"


def card(
    name: str, suffix: str, text: Callable[[str], str] = _literal
) -> ProgrammingLanguage:
    """The card of one of the two."""
    return ProgrammingLanguage(
        name=name,
        suffix=suffix,
        convention=Convention(
            function=_function,
            argument=camel,
            reserved=RESERVED,
            declared=_declared,
        ),
        literal=text,
        quiet=_quiet,
        mark="// ",
        types={
            ValueType.TEXT: "string",
            ValueType.INTEGER: "number | string",
            ValueType.DECIMAL: "string",
        },
        filters={
            "entry": entry,
            "call": call,
            "head": head,
            "values": values,
            "camel": camel,
        },
        shared="script",
    )
