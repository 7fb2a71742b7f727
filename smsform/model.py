"""The values that all stages share: definitions, desired, existing.

    YAML -> Template, Signature -> Desired -+
                                            +-> plan -> apply
    service reply -----------> Existing ----+

All are frozen. Only what is taken apart or sorted as a tuple is a NamedTuple: making
such a class takes a tenth of a millisecond, in every run. Texts are kept parsed
(``Text``), so that every rendering, native or sample, is a join and never a
search-and-replace.
"""

# No annotations are postponed here: a NamedTuple would compile each of them.
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from smsform.delivery import Delivery
from smsform.documents.placeholder import Placeholder as Placeholder
from smsform.documents.placeholder import Text as Text
from smsform.errors import Position
from smsform.evidence import Evidence as Evidence

Value = str | int | bool
Attributes = Mapping[str, Value]
NO_ATTRIBUTES: Attributes = MappingProxyType({})


class Kind(StrEnum):
    """What an address names."""

    SIGNATURE = "signature"
    TEMPLATE = "template"


class Review(StrEnum):
    """The state of an entry in the service's review."""

    IN_REVIEW = "in_review"
    APPROVED = "approved"
    APPROVED_INACTIVE = "approved_inactive"  # passed, not effective yet
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class TemplateType(StrEnum):
    """The three types of message that both services distinguish."""

    VERIFICATION = "verification"
    NOTIFICATION = "notification"
    MARKETING = "marketing"


PARAMETER_KINDS = (
    "code", "number", "time", "money", "name", "nickname", "organisation", "address",
    "plate", "tracking_number", "pickup_code", "phone", "email", "link_suffix", "text",
)  # fmt: skip


class Address(NamedTuple):
    """``cloud/template.login_code``: a provider's name, a kind, a key."""

    provider: str
    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{self.provider}/{self.kind}.{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read ``provider/kind.key``; ValueError when it is not of that form."""
        provider, slash, rest = text.partition("/")
        kind, dot, key = rest.partition(".")
        if not (provider and slash and dot and key):
            raise ValueError(text)
        return cls(provider, Kind(kind), key)


Order = Callable[[str], Sequence[str]]  # the variables of a native text by position


class Parameter(Struct, frozen=True):
    """One variable of a template; its index in ``Template.params`` is its position."""

    name: str
    sample: str
    at: Position
    kind: str = "text"
    max_length: int | None = None
    description: str = ""
    native: Mapping[str, str] = MappingProxyType({})  # provider type -> native name


class Signature(Struct, frozen=True):
    """A signature as the YAML defines it; ``overrides``: provider type -> its keys.

    ``places`` says where their values stand, by ``type.key``.
    """

    key: str
    name: str
    at: Position
    remark: str = ""
    international: bool = False
    overrides: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    providers: tuple[str, ...] | None = None  # None: all
    protect: bool = False
    lint_ignore: frozenset[str] = frozenset()
    places: Mapping[str, Position] = MappingProxyType({})


class Template(Struct, frozen=True):
    """A template as the YAML defines it.

    ``content`` has ``vars`` filled in already; ``source`` is the text as written.
    ``overrides`` are keys by provider type; ``places`` of these are by ``type.key``.
    ``samples_at`` is where the values of ``samples`` stand, in their order, packed as
    in nodes: few are shown. ``trimmed``: outer white space was dropped.
    """

    key: str
    name: str
    type: TemplateType
    content: Text
    source: str
    at: Position
    content_at: Position
    international: bool = False
    signature: str | None = None
    params: tuple[Parameter, ...] = ()
    samples: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    samples_at: Mapping[str, Sequence[int]] = MappingProxyType({})
    remark: str = ""
    overrides: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    providers: tuple[str, ...] | None = None
    protect: bool = False
    lint_ignore: frozenset[str] = frozenset()
    trimmed: bool = False
    deprecated: str = ""  # what to use instead; the template keeps its id
    places: Mapping[str, Position] = MappingProxyType({})

    def positions(self, type: str, text: str, order: Order) -> tuple[Parameter, ...]:
        """The parameters by their position at services of *type*, which get *text*.

        The variables of a text stated for the type are in an *order* of its own;
        otherwise the definition's order counts.
        """
        if "native" not in self.overrides.get(type, ()):
            return self.params
        named = {each.native.get(type, each.name): each for each in self.params}
        return tuple([named[variable] for variable in order(text) if variable in named])

    def sample_values(self) -> dict[str, dict[str, str]]:
        """Case name -> parameter -> value; the case ``sample`` is always there."""
        base = {parameter.name: parameter.sample for parameter in self.params}
        cases = {case: {**base, **values} for case, values in self.samples.items()}
        return {"sample": base, **cases}


Definition = Signature | Template


class Desired(Struct, frozen=True):
    """What one provider should have for one address, in its own attribute names.

    ``delivered`` is what recipients get, ``review_only`` what only reviewers see;
    ``parameters`` are the names in position order, ``params`` what the definition says
    of them, ``cases`` its further samples. ``at`` is where the definition stands.
    """

    address: Address
    name: str
    international: bool
    delivered: Attributes
    at: Position
    review_only: Attributes = NO_ATTRIBUTES
    parameters: tuple[str, ...] = ()
    params: tuple[Parameter, ...] = ()
    cases: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    signature: Address | None = None
    evidence: tuple[Evidence, ...] = ()
    lookup_only: bool = False  # names an entry only: it is looked up, never submitted
    protect: bool = False

    @property
    def samples(self) -> list[tuple[str, ...]]:
        """Values in position order: the parameters' own, then those of each case."""
        cases = ({}, *self.cases.values())
        return [tuple([c.get(p.name, p.sample) for p in self.params]) for c in cases]


class Existing(Struct, frozen=True):
    """One entry as the service shows it; ``created`` is its submission, unix seconds.

    ``international`` is None for an entry that serves both markets. ``foreign`` marks
    what the service made itself (gifts, tests): never ours to touch. ``order``
    distinguishes the submissions of one entry, where the service numbers them.
    ``delivery`` is None when it was not asked for. ``misdated``: the service gave an
    impossible time; ``created`` is 0 then.
    """

    kind: Kind
    id: str
    name: str
    review: Review
    attributes: Attributes
    international: bool | None = False
    note: str = ""
    created: int = 0
    foreign: bool = False
    order: str = ""
    delivery: Delivery | None = None
    misdated: bool = False

    def serves(self, international: bool) -> bool:
        """Whether messages to that market can be sent with it."""
        return self.international is None or self.international is international


class Reading(Struct, frozen=True):
    """Everything read from one provider at one time.

    ``listed`` is False when the key may not list: then ``entries`` were read by id, and
    entries that the state file does not know remain unseen. The service did not answer
    for the delivery of ``unanswered`` entries: no id moves to or from them.
    """

    entries: tuple[Existing, ...]
    listed: bool = True
    unanswered: frozenset[tuple[Kind, str]] = frozenset()


class Identity(NamedTuple):
    """Where the entries of a state block are; an empty field is not known."""

    type: str
    site: str = ""
    region: str = ""
    endpoint: str = ""  # "emulator", or the host
    account: str = ""

    def contradiction(self, other: "Identity") -> str:
        """The first field that both know and that differs; "" when none does."""
        for field, mine, theirs in zip(self._fields, self, other, strict=True):
            if mine and theirs and mine != theirs:
                return field
        return ""

    def filled(self, other: "Identity") -> "Identity":
        """This identity, its empty fields filled from *other*."""
        return Identity(*[a or b for a, b in zip(self, other, strict=True)])


class ImportedTemplate(Struct, frozen=True):
    """What a template's entry says of a definition; None where the service is silent.

    ``text`` holds its variables under the service's own names, ``order`` these names by
    position; ``kinds`` are the kinds of the variables, where the service says them,
    ``signature`` the name of the signature it was reviewed with. ``own`` are keys below
    the service's type that say more of a variable than its kind does: key -> variable
    -> word.
    """

    text: Text
    order: tuple[str, ...]
    type: TemplateType | None = None
    remark: str | None = None
    kinds: Mapping[str, str] = MappingProxyType({})
    signature: str = ""
    own: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class Health(StrEnum):
    """The result of one check of `doctor`; only a failure stops work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Check(Struct, frozen=True):
    """One check of `doctor`: what it found, and what to do unless it is ok.

    It holds no secret.
    """

    topic: str
    health: Health
    found: str
    todo: str = ""
