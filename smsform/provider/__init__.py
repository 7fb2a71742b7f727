"""The interface between the core and a service: its methods, and their values.

The rooms: ``parts`` is what the card of a service is made of; here are a provider of
smsform.yaml, the connection to its account (``Connection``) and what can be asked there
(``Provider``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from smsform.model import (
    NO_ATTRIBUTES,
    Attributes,
    Check,
    Desired,
    Evidence,
    Existing,
    Identity,
    Kind,
    Reading,
    Review,
)
from smsform.provider.parts import Form, Key, KindSpec, Limit, Pace, by_name
from smsform.redaction import Confidential, Secrets

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

    from smsform.clock import Clock
    from smsform.delivery import Delivery
    from smsform.transport import Transport

__all__ = [
    "Accepted",
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
    "PushedReport",
    "by_name",
]


class ProviderConfig(Struct, frozen=True):
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


class Credentials(Confidential, frozen=True):
    """A key pair and where it was found; its repr shows neither."""

    id: str
    secret: str
    token: str = ""
    source: str = ""


class Accepted(Struct, frozen=True):
    """What a service answered a submission that it took: the entry's id.

    ``order`` is its mark of this submission, as ``Existing.order`` will show it until
    somebody submits the entry again; "" where the answer does not tell.
    """

    id: str
    order: str = ""


class PushedReport(Struct, frozen=True):
    """A verdict that a service pushed.

    ``shown`` is what the report shows of the entry, in the service's attribute names:
    when these differ from the last submission, the report is about an earlier one.
    ``mark`` distinguishes the reports of one entry, "" where nothing does.
    """

    kind: Kind
    id: str
    review: Review
    note: str = ""
    shown: Attributes = NO_ATTRIBUTES
    mark: str = ""


class CallRecord(Struct, frozen=True):
    """One finished call, for ``-v``: never holds a key, a header or a body."""

    provider: str
    action: str
    outcome: str
    request_id: str
    seconds: float


class Connection(Confidential, frozen=True):
    """What a provider package needs to reach its service.

    ``transport`` replaces the network (with the emulator in this process), ``adapter``
    its sockets alone; ``credentials`` given here are used in place of those found. Once
    ``wanted`` returns False, calls that wait for their turn may be dropped, because
    nobody needs their result. ``secrets`` are the keys that were used, to be hidden in
    every reply; ``on_reply`` gets the action and the body of every reply, without them.
    """

    config: ProviderConfig
    environ: Mapping[str, str]
    home: Path
    clock: Clock
    adapter: BaseAdapter | None = None
    transport: Transport | None = None
    credentials: Credentials | None = None
    on_call: Callable[[CallRecord], None] | None = None
    on_reply: Callable[[str, bytes], None] | None = None
    wanted: Callable[[], bool] | None = None
    secrets: Secrets = field(default_factory=Secrets)


class TellsDelivery(Protocol):
    """An opened account whose service tells about delivery; a kind's card says so."""

    def delivery(self, kind: Kind, ids: Sequence[str]) -> Mapping[str, Delivery]:
        """The delivery of each of *ids*: a call each, and a few for their papers.

        Ids that do not exist are left out.
        """


class Provider(Protocol):
    """An opened account. Methods raise ``ProviderError`` subclasses only."""

    def identity(self) -> Identity:
        """Where the account is; makes no call."""

    def read(self, known: Mapping[Kind, Sequence[str]]) -> Reading:
        """All entries. Ids in *known* that the list lacks are asked for by id."""

    def fetch(self, kind: Kind, ids: Sequence[str]) -> tuple[Existing, ...]:
        """The entries with these ids; what does not exist is left out."""

    def ready(self, desired: Desired) -> None:
        """Upload the files of a creation, then wait until the pace lets it go.

        Never Unclear: nothing of the entry itself is sent.
        """

    def create(self, desired: Desired, name: str) -> Accepted:
        """Submit a new entry called *name*. Unclear when nobody knows."""

    def update(self, id: str, desired: Desired, name: str) -> Accepted:
        """Replace a pending or rejected entry in place; review starts again."""

    def delete(self, kind: Kind, id: str) -> None:
        """Delete an entry; Refused with scope GONE when there is none."""

    def diagnose(self) -> Sequence[Check]:
        """Checks of key, clock and account from the calls so far; makes none."""


class Context(Struct, frozen=True):
    """What a conversion needs beside the definition.

    ``evidence(attribute, name)`` returns the file that a definition names, as it is
    submitted under *attribute*; ConfigError for a path that leaves the evidence folder.
    ``names`` are the names of the signatures, by key.
    """

    config: ProviderConfig
    evidence: Callable[[str, str], Evidence] = Evidence.unread
    names: Mapping[str, str] = field(default_factory=dict)
