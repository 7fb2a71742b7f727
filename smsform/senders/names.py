"""Keys to identifiers: words, conventions, reserved words, no two alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from smsform.errors import ConfigError
from smsform.senders.model import Argument, Function, Sender
from smsform.words import say

# Every language here allows Han in an identifier; other characters outside ASCII are
# spelt out, because what a language allows and folds (NFKC, case) depends on its
# version.
_STRANGE = re.compile(r"[^A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z_]+|[A-Z]")


def words(key: str) -> list[str]:
    """The words of a key: ``login_code``, ``login-code`` and ``loginCode`` have two."""
    plain = _STRANGE.sub(_spelt, key)
    return _WORD.findall(plain) or [f"u{ord(each):x}" for each in key] or ["u0"]


def _spelt(match: re.Match[str]) -> str:
    return "_" if match[0] in "-. " else f"_u{ord(match[0]):x}_"


def snake(key: str) -> str:
    """``login_code``."""
    return _begun("_".join(word.lower() for word in words(key)))


def pascal(key: str) -> str:
    """``LoginCode``, to follow another word or to begin a type."""
    return "".join(word[0].upper() + word[1:].lower() for word in words(key))


def typed(key: str) -> str:
    """``LoginCode``, to begin the name of a type: always with a capital."""
    name = pascal(key)
    return name if "A" <= name[0] <= "Z" else f"T{name}"


def message(key: str) -> str:
    """``LoginCodeMessage``: the type with the values of a template's message."""
    return f"{typed(key)}Message"


def camel(key: str) -> str:
    """``loginCode``."""
    first, *others = words(key)
    return _begun(first.lower() + "".join(map(pascal, others)))


def upper(key: str) -> str:
    """``LOGIN_CODE``, to follow another word."""
    return snake(key).upper()


def _begun(name: str) -> str:
    return f"_{name}" if name[0].isdigit() else name


Spelling = Callable[[str], str]


def listed(words: str) -> frozenset[str]:
    """The words of a text, as lists of reserved words are written."""
    return frozenset(words.split())


class Convention(NamedTuple):
    """How a language names things; ``reserved`` are words that arguments avoid.

    ``declared(function)`` are the identifiers that a function adds to the module, which
    has those in ``taken`` already.
    """

    function: Spelling
    argument: Spelling
    reserved: frozenset[str]
    declared: Callable[[Function], Iterable[str]]
    taken: frozenset[str] = frozenset()


class Named(NamedTuple):
    """An argument with its identifier."""

    argument: Argument
    name: str


class NamedFunction(NamedTuple):
    """A function with its identifiers; ``sorted`` is the order callers see.

    It does not depend on positions: a moved parameter must not break callers.
    """

    function: Function
    name: str
    arguments: tuple[Named, ...]

    @property
    def sorted(self) -> tuple[Named, ...]:
        """The arguments by name."""
        return tuple(sorted(self.arguments, key=lambda each: each.name))


def named(sender: Sender, convention: Convention) -> tuple[NamedFunction, ...]:
    """Every function with its identifiers; ConfigError where two would be equal."""
    kept = [f for f in sender.functions if not _spelt_alike(f, sender, convention)]
    functions = tuple(_named(each, convention) for each in kept)
    owners: dict[str, str] = {name.lower(): "" for name in convention.taken}
    for each in kept:
        for name in convention.declared(each):
            _claim(owners, name, each.address)
    for function in functions:
        inside: dict[str, str] = {}
        for argument in function.arguments:
            where = f"{function.function.address}: {argument.argument.name}"
            _claim(inside, argument.name, where)
    return functions


def _named(function: Function, convention: Convention) -> NamedFunction:
    arguments = []
    for each in function.arguments:
        name = convention.argument(each.name)
        if name in convention.reserved:
            name += "_"
        arguments.append(Named(each, name))
    return NamedFunction(function, convention.function(function.key), tuple(arguments))


def _spelt_alike(function: Function, sender: Sender, convention: Convention) -> bool:
    """Whether a moved key is spelt like its successor, which then serves both."""
    name = convention.function(function.key)
    return function.moved and any(
        not other.moved
        and other.id == function.id
        and convention.function(other.key) == name
        for other in sender.functions
    )


def _claim(owners: dict[str, str], name: str, owner: str) -> None:
    """Reserve *name*; names that differ only in case count as equal."""
    first = owners.setdefault(name.lower(), owner)
    if first == owner:
        return
    what = say(
        "senders.own_name" if not first else "senders.twins",
        name=name,
        one=first,
        other=owner,
    )
    raise ConfigError("code", what, say("senders.twins_hint"))


def lines(text: str) -> Iterator[str]:
    """The lines of *text*, split where any language sees a line break."""
    yield from re.split("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)


def escapes(table: Mapping[str, str]) -> Mapping[int, str]:
    """A translation table from characters to their escapes."""
    return {ord(each): text for each, text in table.items()}
