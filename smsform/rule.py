"""Rules about definitions, and the facts they get, worked out once for all rules.

A rule is a pure function from facts to findings, with its texts for people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from smsform.errors import Level, Position
from smsform.evidence import FileLimits
from smsform.model import Kind, Parameter, Signature, Template, TemplateType


class Finding(NamedTuple):
    """What a rule found and what to do; *at* None points to the text or the entry.

    *level* is given for a finding milder than its rule.
    """

    message: str
    hint: str = ""
    at: Position | None = None
    level: Level | None = None


VARIABLE = "\0"  # stands for a variable in ``TemplateFacts.outline``; no text has it


# Not frozen: creating ten thousand frozen ones takes as long as ten rules.
class TemplateFacts(Struct, eq=False):
    """A template as one provider's rules see it, worked out once for all rules.

    ``native`` is the text as it would be submitted; ``verbatim``: the definition states
    it. ``outline`` is the same with every variable as one U+0000. The outline is
    ``usual`` when it holds only Han, ASCII and everyday punctuation, and ``plain`` when
    it has, besides, none of ASCII's signs that programs have a use for. ``names`` are
    the parameters in the order of the text, ``variables`` those of the outline's
    variables, which differ only in a verbatim text; the text is ``ordered`` when it
    uses each parameter once, in the order of the definition. ``values`` (``located``
    returns them) are the parameters with each value a sample gives them and its
    position; ``given`` has of each the name, kind, ``max_length`` and value.

    ``cases`` are what the recipient reads by case, signature included, ``longest`` is
    the most UTF-16 units of a case. ``limits`` are the card's with the account's
    overrides, ``site`` is "domestic" or "international". ``twins`` are keys of other
    templates with this text; ``number`` counts the provider's templates up to this one.
    ``files`` are the files for reviewers, ``accepted`` the files the service accepts.
    """

    template: Template
    native: str
    verbatim: bool
    outline: str
    usual: bool
    plain: bool
    ordered: bool
    names: Sequence[str]
    variables: Sequence[str]
    located: Callable[[], Sequence[tuple[Parameter, str, Position]]]
    given: tuple[tuple[str, str, int | None, str], ...]
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

    @property
    def values(self) -> Sequence[tuple[Parameter, str, Position]]:
        """The parameters with each of their values and its position."""
        return self.located()


class EvidenceFile(NamedTuple):
    """A file that a definition names: ``name`` as written, its position, its content.

    ``missing`` says why it cannot be read, ``size`` counts bytes, ``kind`` is the kind
    of its content ("png"), "" for an unknown one.
    """

    name: str
    size: int = 0
    kind: str = ""
    missing: str = ""
    at: Position | None = None


class SignatureFacts(Struct, frozen=True):
    """A signature as one provider's rules see it.

    ``keys`` are the provider type's, ``files`` the evidence among them; ``accepted``
    are the files the service accepts, ``site`` is "domestic" or "international".
    """

    signature: Signature
    keys: Mapping[str, object]
    limits: Mapping[str, object]
    site: str
    quota: int
    number: int = 1
    files: tuple[EvidenceFile, ...] = ()
    accepted: FileLimits | None = None


class Rule(Struct, frozen=True):
    """One rule of the catalogue: data and a pure check.

    ``check`` takes TemplateFacts or SignatureFacts, as ``kind`` says, and is called
    only for the template ``types`` and the market named (None: both). ``code`` is the
    service's error code; ``source`` and ``read`` say where the fact is from and when it
    was read. ``covers`` are more general rules about the same thing, which are silent
    where this one has a finding. ``failing`` and ``passing`` are definitions in YAML,
    reduced to what matters, for ``smsform rules ID`` and the tests.

    What it looks at tells where it need not be asked. ``reads_text`` False: it is asked
    also where the text could not be read. ``about_empty_text``: it is asked also about
    a text that is empty. ``only_odd_signs``: it looks for signs that no ``plain`` text
    has, so it is not asked about such a text. ``only_values``: it looks only at
    ``values`` and at name, kind and length of their parameters, so it is not asked
    again about values in which no rule of that sort found anything.
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
    reads_text: bool = True
    about_empty_text: bool = False
    only_odd_signs: bool = False
    only_values: bool = False
    failing: str = ""
    passing: str = ""
