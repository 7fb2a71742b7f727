"""C++17: a builder that compiles only once every value was given."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.senders.language import ProgrammingLanguage, quoted, remark
from smsform.senders.model import Function, ValueType
from smsform.senders.names import Convention, listed, message, pascal, snake

RESERVED = listed(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char "
    "char16_t char32_t char8_t class co_await co_return co_yield compl concept const "
    "const_cast consteval constexpr constinit continue decltype default delete do "
    "double dynamic_cast else enum explicit export extern false float for friend goto "
    "if inline int long mutable namespace new noexcept not not_eq nullptr operator or "
    "or_eq private protected public register reinterpret_cast requires return short "
    "signed sizeof static static_assert static_cast struct switch template this "
    "thread_local throw true try typedef typeid typename union unsigned using virtual "
    "void volatile wchar_t while xor xor_eq"
)
# A question mark may begin a trigraph, about which compilers warn.
ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "?": "\\?",
}


def _spelt(code: int) -> str:
    """UTF-8 in octal with three digits each, so that a following digit stays apart."""
    return "".join(f"\\{byte:03o}" for byte in chr(code).encode())


def _literal(text: str) -> str:
    return quoted(text, ESCAPES, _spelt)


def _quiet(text: str) -> str:
    """One line without a backslash at its end, which would continue the comment."""
    return remark(text).replace("\\", "&#92;").replace("??", "? ?")


def _function(key: str) -> str:
    return f"Send{pascal(key)}"


def _declared(function: Function) -> Iterable[str]:
    yield _function(function.key)
    yield message(function.key)
    yield f"{snake(function.key)}_template"


LANGUAGE = ProgrammingLanguage(
    name="cpp",
    suffix=".h",
    convention=Convention(
        function=_function, argument=snake, reserved=RESERVED, declared=_declared
    ),
    literal=_literal,
    quiet=_quiet,
    mark="// ",
    types={ValueType.INTEGER: "long long"},
    filters={"message": message, "snake": snake, "pascal": pascal},
    package="sms",
    package_key=True,
    file_ids=False,
)
