"""A rule about definitions, and what it is shown: facts worked out once for all rules.

A rule is a pure function from facts to findings, with its text for people beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from smsform.errors import Level, Position
from smsform.model import Kind, Parameter, Signature, Template, TemplateType


class Finding(NamedTuple):
    """What a rule found and what to do; *at* None points to the text or the entry.

    *level* is for what is milder than its rule.
    """

    message: str
    hint: str = ""
    at: Position | None = None
    level: Level | None = None


class FileKind(NamedTuple):
    """A kind of file: its first bytes, its usual ending, its media type."""

    head: bytes
    suffix: str
    media: str


# The first bytes of a file say what it is, as the standards of the formats have it.
FILE_KINDS: Mapping[str, FileKind] = {
    "jpeg": FileKind(b"\xff\xd8\xff", "jpg", "image/jpeg"),
    "png": FileKind(b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    "pdf": FileKind(b"%PDF-", "pdf", "application/pdf"),
    "doc": FileKind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", "application/msword"),
    "docx": FileKind(
        b"PK\x03\x04",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


def kind_of_file(head: bytes) -> str:
    """The kind of a file that begins with *head*; "" for none of ``FILE_KINDS``."""
    return next((k for k, each in FILE_KINDS.items() if head.startswith(each.head)), "")


class FileLimits(NamedTuple):
    """A file a service takes as evidence: up to *size* bytes, one of *kinds*."""

    size: int
    kinds: tuple[str, ...]  # of FILE_KINDS
    source: str
    read: str  # the date it was read


VARIABLE = "\0"  # stands for a variable in ``TemplateFacts.outline``; no text has it


@dataclass(slots=True, eq=False)  # frozen, ten thousand would cost what ten rules do
class TemplateFacts:
    """A template as one provider's rules see it, worked out once for all rules.

    ``native`` is the text as it would be submitted, ``verbatim`` whether the definition
    states it so; ``outline`` is the same with every variable as one U+0000. It is
    ``usual`` when it holds nothing but Han, ASCII and everyday punctuation. ``names``
    are the parameters in the order of the text, ``variables`` those of the outline's
    variables, which is the same but in a text stated verbatim. ``values`` are the
    parameters with each value a sample gives them and where it stands, ``cases`` what
    the recipient reads by case, signature included, ``longest`` the most UTF-16 units
    of a case. ``limits`` are the card's with the account's overrides, ``site`` is
    "domestic" or "international". ``twins`` are keys of other templates with this text;
    ``number`` counts the provider's templates up to this one. ``files`` are what it
    names for reviewers, ``accepted`` what the service takes as such.
    """

    template: Template
    native: str
    verbatim: bool
    outline: str
    usual: bool
    names: Sequence[str]
    variables: Sequence[str]
    values: Sequence[tuple[Parameter, str, Position]]
    cases: Mapping[str, str]
    longest: int
    signature: Signature | None
    limits: Mapping[str, object]
    site: str
    quota: int
    twins: tuple[str, ...] = ()
    number: int = 1
    files: Sequence[EvidenceFile] = ()
    accepted: FileLimits | None = None


class EvidenceFile(NamedTuple):
    """A file a definition names: ``name`` as written, where it stands, what is there.

    ``missing`` says why there is none, ``size`` counts bytes, ``kind`` is what the
    content says ("png"), "" for what nobody here knows.
    """

    name: str
    size: int = 0
    kind: str = ""
    missing: str = ""
    at: Position | None = None


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """A signature as one provider's rules see it.

    ``keys`` are the provider type's, ``files`` the evidence among them; ``accepted`` is
    what the service takes as evidence, ``site`` "domestic" or "international".
    """

    signature: Signature
    keys: Mapping[str, object]
    limits: Mapping[str, object]
    site: str
    quota: int
    number: int = 1
    files: tuple[EvidenceFile, ...] = ()
    accepted: FileLimits | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue, as data plus a pure check.

    ``check`` takes TemplateFacts or SignatureFacts, as ``kind`` says, and is asked only
    about the template ``types`` and the market named (None: both). ``code`` is the
    service's error code; ``source`` and ``read`` say where the fact is from and when it
    was read. ``covers`` are rules of no service that say less about the same thing:
    they are silent where this one speaks. ``of_text`` is False for a rule that has
    something to say even where the text could not be read; ``of_nothing`` is True for
    one that says of a text that it is empty; ``of_values`` for one that looks at
    nothing but ``values``, at name, kind and length of their parameters there: values
    that it found nothing in are not shown to it again. ``failing`` and ``passing`` are
    definitions in YAML of which only what matters is written, for ``smsform rules ID``
    and the tests.
    """

    id: str
    level: Level
    title: str
    source: str
    read: str
    check: Callable[..., Sequence[Finding]]
    kind: Kind = Kind.TEMPLATE
    types: frozenset[TemplateType] = frozenset(TemplateType)
    international: bool | None = None
    code: str = ""
    covers: tuple[str, ...] = ()
    of_text: bool = True
    of_nothing: bool = False
    of_values: bool = False
    failing: str = ""
    passing: str = ""
