"""The card of a service: what the core knows of it, as data.

A package under ``smsform.providers`` exports one ``SPEC``. Everything that ``plan`` and
the other rooms must know about a service is on that card, so they name no service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from smsform.provider import Form

# Imported for types only: a reader of cards rarely needs all that a card refers to.
if TYPE_CHECKING:
    from smsform.clock import Clock
    from smsform.emulation.service import Service
    from smsform.emulation.settings import Setting
    from smsform.emulation.store import Store
    from smsform.evidence import FileLimits
    from smsform.explanation import Explanation
    from smsform.hours import ReviewHours
    from smsform.model import (
        Address,
        Definition,
        Desired,
        Existing,
        ImportedTemplate,
        Kind,
        Template,
    )
    from smsform.provider import (
        Connection,
        Context,
        Credentials,
        Key,
        KindSpec,
        Limit,
        Provider,
        ProviderConfig,
        PushedReport,
    )
    from smsform.rule import Rule
    from smsform.senders.model import SenderSpec
    from smsform.sending import Sending, SendingAccount
    from smsform.shapes import ReplyShape

# Name of a limit; a card without it counts such a character as 2.
ASTRAL = "astral_units"


class Starter(Struct, frozen=True):
    """What ``init`` writes for a service: keys and their values as YAML.

    ``settings`` stand in smsform.yaml, ``papers`` in a signature for the emulator; a
    file among these is an image and may be blank. ``template`` stands in each template,
    ``emulated`` in smsform.yaml where the provider is the emulator. All are made up.
    """

    settings: Mapping[str, str]
    papers: Mapping[str, str]
    template: Mapping[str, str] = MappingProxyType({})
    emulated: Mapping[str, str] = MappingProxyType({})


class ProviderSpec(Struct, frozen=True):
    """The card of a service: what the core knows of it, as data.

    ``gate`` says what a template's signature must be before the template may be
    submitted, ``gate_abroad`` the same for an international one: "applied", "approved"
    or "" (nothing). Where ``signature_first``, an account must have some signature even
    before a template that names none.

    ``native(template)`` is the text the service gets; ``order(text)`` are the variables
    of such a text by position, ``fill(text, values)`` is the text with *values* in
    their place; ``told(entry)`` is what an entry tells of a definition, for imports.
    ``positional``: senders give values by position, so that a moved parameter breaks
    them.

    ``keys`` are what a definition may say under ``<type>:``, by kind and name;
    ``files`` what evidence is accepted; ``options`` are keys of a provider in
    ``smsform.yaml``: the type's own, and common ones that it can say more of.
    ``variables`` names the environment variables that hold a key. ``review`` is when
    its reviewers work, where that is known.

    ``reports(document)`` reads a JSON document that the service is said to have pushed
    and returns its reports, ValueError (in words) for anything else; None for a service
    that pushes nothing. ``starter`` is what ``init`` writes. ``settings`` are the
    switches of its emulator; ``explanations`` are its codes in words, ``senders`` what
    generated modules that send need. ``shapes`` is what is documented of its replies,
    by action. A service that sends has ``sending``, what the core must know of that,
    and ``open_sending``.
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
    desired: Callable[[Address, Definition, Context], Desired]
    told: Callable[[Existing], ImportedTemplate]
    connect: Callable[[Connection], Provider]
    emulator: Callable[[Store, Clock, ProviderConfig], Service]
    demo: Credentials
    review: ReviewHours | None = None
    files: FileLimits | None = None
    gate_abroad: str = ""
    signature_first: bool = False
    positional: bool = True
    reports: Callable[[object], Sequence[PushedReport]] | None = None
    starter: Starter | None = None
    settings: Callable[[], Mapping[str, Setting]] = dict
    explanations: Callable[[], Sequence[Explanation]] = tuple
    shapes: Callable[[], Mapping[str, ReplyShape]] = dict
    senders: Callable[[], SenderSpec] | None = None
    sending: Callable[[], Sending] | None = None
    open_sending: Callable[[Connection], SendingAccount] | None = None

    def gate_for(self, international: bool) -> str:
        """What the signature of a template for this market must be."""
        return self.gate_abroad if international else self.gate

    def evidence(self, kind: Kind) -> tuple[str, ...]:
        """The keys of *kind* that name a file."""
        keys = self.keys[kind].values()
        return tuple(key.name for key in keys if key.form is Form.FILE)

    def files_named(
        self, kind: Kind, said: Mapping[str, object]
    ) -> Sequence[tuple[str, str]]:
        """(key, path) of every file that a definition's values for this type name."""
        known = self.keys[kind]
        return [
            (name, path)
            for name, value in said.items()
            if name in known
            for path in known[name].paths(value)
        ]

    def attributes(self, kind: Kind) -> tuple[str, ...]:
        """Every compared attribute of *kind*."""
        return self.kinds[kind].delivered + self.kinds[kind].review_only

    def limit(self, config: ProviderConfig | None, name: str) -> object:
        """A limit: the value in ``account`` of smsform.yaml, else the card's."""
        account = config.account if config else {}
        return account.get(name, self.limits[name].default)

    def astral(self, config: ProviderConfig | None) -> int:
        """How many units a character beyond U+FFFF (an emoji) counts: 1 or 2."""
        known = self.limits.get(ASTRAL)
        return 1 if known and str(self.limit(config, ASTRAL)) == "1" else 2
