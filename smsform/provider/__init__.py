"""What the core asks of a service: its card (``ProviderSpec``) and its verbs.

A package under ``smsform.providers`` exports one ``SPEC``. Everything the plan must
know about a service is data on that card; ``plan`` names no service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from smsform.clock import Clock
from smsform.explanation import Explanation
from smsform.hours import ReviewHours
from smsform.model import (
    NO_ATTRIBUTES,
    Address,
    Attributes,
    Check,
    Desired,
    Existing,
    Identity,
    Kind,
    Reading,
    Review,
    Signature,
    Starter,
    Template,
    Told,
)
from smsform.provider.card import Form, Key, KindSpec, Limit, Pace, by_name
from smsform.rule import FileLimits, Rule

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

    from smsform.emulation.service import Service
    from smsform.emulation.settings import Setting
    from smsform.emulation.store import Store

__all__ = [
    "CallRecord",
    "Connection",
    "Context",
    "Credentials",
    "Form",
    "Key",
    "KindSpec",
    "Limit",
    "Pace",
    "Provider",
    "ProviderConfig",
    "ProviderSpec",
    "PushedReport",
    "by_name",
]


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """One provider of ``smsform.yaml``, checked and with defaults filled in.

    ``endpoint`` is "" for the service's own, "emulator", or a host or URL. ``account``
    overrides the card's limits. ``evidence`` is the folder evidence paths start from.
    """

    name: str
    type: str
    region: str = ""
    endpoint: str = ""
    site: str = "domestic"
    profile: str = ""
    credentials_env: str = ""
    expect_account: str = ""
    sign_method: str = ""
    http_method: str = ""
    language: str = ""
    timeout: float = 30.0
    account: Mapping[str, object] = field(default_factory=dict)
    emulator: Mapping[str, object] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)  # the type's own keys

    @property
    def emulated(self) -> bool:
        """Whether this provider talks to the built-in emulator."""
        return self.endpoint == "emulator"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key pair and where it was found; never shown, not even by ``repr``."""

    id: str = field(repr=False)
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)
    source: str = ""


class PushedReport(NamedTuple):
    """A verdict that a service told by itself.

    ``shown`` is what the report shows of the entry, in the service's attribute names:
    other values than were submitted last speak of an earlier submission. ``mark`` tells
    the reports of one entry apart, "" where nothing does.
    """

    kind: Kind
    id: str
    review: Review
    note: str = ""
    shown: Attributes = NO_ATTRIBUTES
    mark: str = ""


class CallRecord(NamedTuple):
    """One finished call, for ``-v``: never holds a key, a header or a body."""

    provider: str
    action: str
    outcome: str
    request_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Connection:
    """What a provider package needs to reach its service.

    ``adapter`` replaces the network (the in-process emulator); ``credentials`` given
    here win over the chain. Once ``wanted`` says no, calls that wait for their turn may
    be dropped: nobody will look at what they bring.
    """

    config: ProviderConfig
    environ: Mapping[str, str]
    home: Path
    clock: Clock
    adapter: BaseAdapter | None = None
    credentials: Credentials | None = None
    on_call: Callable[[CallRecord], None] | None = None
    wanted: Callable[[], bool] | None = None


class Provider(Protocol):
    """An opened account. Methods raise ``ProviderError`` subclasses only."""

    def identity(self) -> Identity:
        """Where we are; makes no call."""

    def read(self, known: Mapping[Kind, Sequence[str]]) -> Reading:
        """All entries. Ids in *known* that the list lacks are asked for by id."""

    def fetch(self, kind: Kind, ids: Sequence[str]) -> tuple[Existing, ...]:
        """The entries with these ids; what does not exist is left out."""

    def ready(self, kind: Kind) -> None:
        """Wait until the pace lets a creation of *kind* go at once; makes no call."""

    def create(self, desired: Desired, name: str) -> str:
        """Submit a new entry called *name*; its id. Unclear when nobody knows."""

    def update(self, id: str, desired: Desired, name: str) -> None:
        """Replace a pending or rejected entry in place; review starts again."""

    def delete(self, kind: Kind, id: str) -> None:
        """Delete an entry; Refused with scope GONE when there is none."""

    def diagnose(self) -> Sequence[Check]:
        """What the calls so far have shown of key, clock and account; makes none."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversion may know beside the definition.

    ``evidence`` finds a file named in a definition: its absolute path and sha256, which
    is empty when there is no such file. It raises ConfigError for a path that leaves
    the evidence folder. ``names`` are the names of the signatures, by key.
    """

    config: ProviderConfig
    evidence: Callable[[str], tuple[str, str]]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """The card of a service: all the core needs to know, without opening it.
    ``gate`` says what a template's signature must be before the template may be
    submitted, ``gate_abroad`` the same of an international one: "applied", "approved"
    or "" (nothing). ``native(template)`` is the text the service gets; ``order(text)``
    are the variables of a native text by position, ``fill(text, values)`` puts values
    there; ``told(entry)`` is the way back, as far as there is one. ``positional`` is
    whether senders give values by position, so that a moved parameter breaks them.
    ``keys`` are what a definition may say under ``<type>:``, by kind and name;
    ``files`` what evidence is accepted; ``options`` are keys of a provider in
    ``smsform.yaml``: the type's own, and common ones that it can say more of.
    ``variables`` names the environment variables that hold a key. ``review`` is when
    its reviewers work, where that is known. ``reports(document)`` reads a JSON document
    that the service is said to have pushed: its reports, ValueError in words for
    anything else; None where it pushes nothing. ``starter`` is what ``init`` writes.
    ``settings`` are what its emulator can be told, for editors; ``explanations`` are
    its codes in words.
    """

    type: str
    title: str
    kinds: Mapping[Kind, KindSpec]
    gate: str
    limits: Mapping[str, Limit]
    keys: Mapping[Kind, Mapping[str, Key]]
    options: Mapping[str, Key]
    sites: frozenset[str]
    variables: str
    rules: Callable[[], Sequence[Rule]]
    native: Callable[[Template], str]
    order: Callable[[str], Sequence[str]]
    fill: Callable[[str, Sequence[str]], str]
    desired: Callable[[Address, Template | Signature, Context], Desired]
    told: Callable[[Existing], Told]
    connect: Callable[[Connection], Provider]
    emulator: Callable[[Store, Clock, ProviderConfig], Service]
    demo: Credentials
    review: ReviewHours | None = None
    files: FileLimits | None = None
    gate_abroad: str = ""
    positional: bool = True
    reports: Callable[[object], Sequence[PushedReport]] | None = None
    starter: Starter | None = None
    settings: Callable[[], Mapping[str, Setting]] = dict
    explanations: Callable[[], Sequence[Explanation]] = tuple

    def gate_for(self, international: bool) -> str:
        """What the signature of a template for this market must be."""
        return self.gate_abroad if international else self.gate

    def evidence(self, kind: Kind) -> tuple[str, ...]:
        """The keys of *kind* that name a file."""
        keys = self.keys[kind].values()
        return tuple(key.name for key in keys if key.form is Form.FILE)

    def attributes(self, kind: Kind) -> tuple[str, ...]:
        """Every compared attribute of *kind*."""
        return self.kinds[kind].delivered + self.kinds[kind].review_only

    def limit(self, config: ProviderConfig | None, name: str) -> object:
        """A limit as the account has it: the user's word, else the card's."""
        account = config.account if config else {}
        return account.get(name, self.limits[name].default)
