"""Senders as values, for any language: functions, arguments, checks, options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from smsform.model import Attributes, Template


class ValueType(StrEnum):
    """The type a language gives a value; what is sent is always text.

    A code is TEXT: its leading zeros count. INTEGER and DECIMAL take text as well.
    """

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"


class ValueCheck(NamedTuple):
    """The conditions for a value, checked before a call; lengths in code points.

    ``maximum`` 0 is no limit. ``alphabet`` are pairs, first and last of a range:
    "09AZ--" is digits, capitals and the hyphen; "" is any character. ``links``: a value
    may hold a link.
    """

    minimum: int = 1
    maximum: int = 0
    alphabet: str = ""
    links: bool = False


class Argument(NamedTuple):
    """One value of a message: its name in the definition and at the service."""

    name: str
    native: str
    check: ValueCheck = ValueCheck()
    form: ValueType = ValueType.TEXT
    sample: str = ""
    description: str = ""


class Function(NamedTuple):
    """A template that can be sent, as its active version has it.

    ``arguments`` are in the order of the service's positions. ``text`` is what the
    service fills, ``sample`` what a recipient reads. ``variable`` and ``signer`` are
    the environment variables that may hold id and signature, ``signature_key`` the key
    of the latter in a file of ids. ``deprecated`` says what to use instead, "" for a
    current one; ``moved``: another function with the same id has replaced it.
    """

    key: str
    address: str
    id: str
    signature: str
    text: str
    arguments: tuple[Argument, ...] = ()
    title: str = ""
    sample: str = ""
    variable: str = ""
    signer: str = ""
    signature_key: str = ""
    deprecated: str = ""
    moved: bool = False


class IdSource(StrEnum):
    """Where a module gets its ids from: itself, the environment, or a JSON file."""

    EMBEDDED = "embedded"
    ENV = "env"
    JSON = "json"


class Option(NamedTuple):
    """An optional argument of a call.

    ``field`` is its name in the service's request, ``name`` ours, in snake case.
    """

    name: str
    field: str
    meaning: str


class KeyVariables(NamedTuple):
    """The environment variables of a key pair; the first token that is set counts."""

    id: str
    secret: str
    tokens: tuple[str, ...]


class SenderSpec(Struct, frozen=True):
    """A service's part: the languages of its SDK, and what a call to it needs.

    ``templates`` is the folder with a template for each of ``languages``, called
    ``LANGUAGE.jinja``. ``numbers`` is how many one call takes. ``arguments(submitted,
    template, names, account)`` are the arguments of a version: its attributes, its
    definition, its variables in their order, the account's own limits. ``reached(site,
    region)`` are the host and the region of calls. ``settings`` are the type's own keys
    in smsform.yaml that a module starts with, each with the environment variable that
    may hold it. Every message needs a signature; with ``unsigned_abroad``, not those to
    other countries. ``unproxied`` are the languages whose SDK accepts a proxy and
    ignores it: a module refuses one there.
    """

    title: str
    templates: Path
    languages: tuple[str, ...]
    numbers: int
    keys: KeyVariables
    options: tuple[Option, ...]
    arguments: Callable[
        [Attributes, Template | None, tuple[str, ...], Mapping[str, object]],
        tuple[Argument, ...],
    ]
    reached: Callable[[str, str], tuple[str, str]]
    settings: Mapping[str, str]
    unsigned_abroad: bool = False
    unproxied: tuple[str, ...] = ()


class Sender(NamedTuple):
    """Everything in one module, independent of the language."""

    provider: str
    title: str
    functions: tuple[Function, ...]
    keys: KeyVariables
    options: tuple[Option, ...]
    numbers: int
    host: str
    region: str
    settings: Mapping[str, tuple[str, str]]  # name -> environment variable, value
    emulated: bool = False
    ids: IdSource = IdSource.EMBEDDED
    unproxied: tuple[str, ...] = ()
