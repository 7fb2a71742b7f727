"""The card of a service: all the core needs to know, without opening it.

A package under ``smsform.providers`` exports one ``SPEC``. Everything the plan must
know about a service is data on that card; ``plan`` names no service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from smsform.provider import Form

if TYPE_CHECKING:  # a card names all a service can do; who reads it uses a part
    from smsform.clock import Clock
    from smsform.emulation.service import Service
    from smsform.emulation.settings import Setting
    from smsform.emulation.store import Store
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
    from smsform.rule import FileLimits, Rule
    from smsform.senders.model import SenderSpec
    from smsform.sending import Sending, SendingAccount
    from smsform.shapes import ReplyShape

ASTRAL = "astral_units"  # a limit of a card; where there is none it is 2


class Starter(NamedTuple):
    """What a new project says to a service, key -> value as YAML writes it.

    ``settings`` stand in smsform.yaml, ``papers`` in a signature for the emulator; a
    file among these is an image and may be blank. ``template`` stands in each template,
    ``emulated`` in smsform.yaml where the provider is the emulator: made up, as papers.
    """

    settings: Mapping[str, str]
    papers: Mapping[str, str]
    template: Mapping[str, str] = MappingProxyType({})
    emulated: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """The card of a service: all the core needs to know, without opening it.
    ``gate`` says what a template's signature must be before the template may be
    submitted, ``gate_abroad`` the same of an international one: "applied", "approved"
    or "" (nothing). Where ``signature_first``, an account must have some signature even
    before a template that names none. ``native(template)`` is the text the service
    gets; ``order(text)``
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
    its codes in words, ``senders`` what generated modules that send need. ``shapes``
    are what is documented of its replies, by action. One that sends itself has
    ``sending``, what the core must know of it, and ``open_sending``.
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
    ) -> Iterator[tuple[str, str]]:
        """The files of what a definition *said* for this type: key and path."""
        known = self.keys[kind]
        for name, value in said.items():
            if name in known:
                yield from ((name, path) for path in known[name].paths(value))

    def attributes(self, kind: Kind) -> tuple[str, ...]:
        """Every compared attribute of *kind*."""
        return self.kinds[kind].delivered + self.kinds[kind].review_only

    def limit(self, config: ProviderConfig | None, name: str) -> object:
        """A limit as the account has it: the user's word, else the card's."""
        account = config.account if config else {}
        return account.get(name, self.limits[name].default)

    def astral(self, config: ProviderConfig | None) -> int:
        """What an emoji or another character beyond U+FFFF counts: 1 or 2."""
        known = self.limits.get(ASTRAL)
        return 1 if known and str(self.limit(config, ASTRAL)) == "1" else 2
