"""What a sender is, whichever the language: functions, arguments, checks, options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from smsform.model import Attributes, Template


class ValueType(StrEnum):
    """The type a language gives a value; what is sent is always text.

    A code is TEXT: its leading zeros count. INTEGER and DECIMAL take text as well.
    """

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"


class ValueCheck(NamedTuple):
    """What a value must be before it is sent; counted in code points.

    ``maximum`` 0 is no limit. ``alphabet`` are pairs, first and last of a range:
    "09AZ--" is digits, capitals and the hyphen; "" is any character. ``links`` says
    whether a value may be a link.
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

    ``arguments`` stand in the order of the service's positions. ``text`` is what the
    service fills, ``sample`` what a recipient reads. ``variable`` and ``signer`` are
    the environment variables that may hold id and signature, ``signature_key`` the key
    of the latter in a file of ids. ``deprecated`` says what
    to use instead, "" where nothing does; ``moved`` is whether another function of the
    same id has taken its place.
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
    """Where a module has its ids from: itself, the environment, or a JSON file."""

    EMBEDDED = "embedded"
    ENV = "env"
    JSON = "json"


class Option(NamedTuple):
    """One thing a call may be given beside its values.

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


@dataclass(frozen=True, slots=True)
class SenderSpec:
    """A service's part: which languages its SDK has, and what a call to it needs.

    ``templates`` is the folder with a template for each of ``languages``, called
    ``LANGUAGE.jinja``. ``numbers`` is how many one call takes. ``arguments(submitted,
    template, names, account)`` are the arguments of a version: its attributes, its
    definition, its variables in their order, the account's own limits. ``reached(site,
    region)`` are the host and the region calls go to. ``settings`` are the type's own
    keys in smsform.yaml that a module starts with, each with the environment variable
    that may hold it. Every message needs a signature; where ``unsigned_abroad``, one
    abroad may go without. ``unproxied`` are the languages whose SDK takes a proxy and
    calls past it: a module refuses one there.
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
    """All that one module says; the same for every language."""

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
