"""Fields and values in replies that no document describes, for ``doctor --shapes``.

It reads lists, and a few entries by id and for delivery, and keeps of every reply what
the service's documents do not have: names and types, never content. Nothing here holds
a provider's name, an endpoint or a service's message, because all of it is made to be
published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import cast

from msgspec import Struct, field

from smsform.card import ProviderSpec
from smsform.errors import (
    CredentialsMissing,
    ProviderError,
    Refused,
    SmsformError,
    Unreachable,
)
from smsform.model import Existing, Kind
from smsform.project.accounts import open_account
from smsform.project.connections import TellCall
from smsform.project.workspace import Workspace, load_state, open_store
from smsform.provider import TellsDelivery
from smsform.shapes import ReplyShape, Tally
from smsform.state import State

SAMPLES = 10  # entries of a kind that are asked for by id


class UnreadReason(StrEnum):
    """Why an account was not read to the end."""

    KEY = "key"  # none was found
    REFUSED = "refused"  # the service said no
    UNREACHABLE = "unreachable"  # no answer
    UNREADABLE = "unreadable"  # an answer that smsform cannot use
    SETTINGS = "settings"  # smsform.yaml or the state file says something impossible


class ServiceShapes(Struct):
    """What replies of one service look like, over all its accounts.

    ``tallies`` are by action; ``undescribed`` counts replies of actions that are not
    described, ``not_json`` those that are no JSON; ``failures`` say why an account was
    not read to the end.
    """

    spec: ProviderSpec
    emulated: bool
    tallies: dict[str, Tally] = field(default_factory=dict)
    undescribed: int = 0
    not_json: int = 0
    failures: list[UnreadReason] = field(default_factory=list)

    def heard(self, shapes: Mapping[str, ReplyShape], action: str, body: bytes) -> None:
        """Compare one reply with what is documented."""
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            self.not_json += 1
            return
        if action not in shapes:
            self.undescribed += 1
            return
        if action not in self.tallies:
            self.tallies[action] = Tally(shapes[action])
        self.tallies[action].add(document)


def read_shapes(
    project: Workspace, only: Sequence[str] = (), on_call: TellCall = None
) -> list[ServiceShapes]:
    """Read the accounts and compare, one after the other.

    WrongUsage for a provider that is not configured; whatever else goes wrong is among
    the failures.
    """
    found: dict[tuple[str, bool], ServiceShapes] = {}
    state = State()
    with suppress(SmsformError):  # it only adds ids to ask for
        state = load_state(project, open_store(project))
    for name in project.providers(only):
        config, spec = project.config.providers[name], project.spec(name)
        key = (spec.type, config.emulated)
        service = found.setdefault(key, ServiceShapes(spec, config.emulated))
        try:
            _read(project, name, state, service, on_call)
        except SmsformError as error:
            service.failures.append(_why(error))
    return list(found.values())


def _read(
    project: Workspace,
    name: str,
    state: State,
    service: ServiceShapes,
    on_call: TellCall,
) -> None:
    shapes = service.spec.shapes()

    def heard(action: str, body: bytes) -> None:
        service.heard(shapes, action, body)

    account = open_account(project, name, on_call, on_reply=heard)
    block = state.blocks.get(name)
    reading = account.provider.read(block.known() if block else {})
    for kind, card in account.spec.kinds.items():
        ids = [each.id for each in _samples(reading.entries, kind)]
        if ids:
            account.provider.fetch(kind, ids)
        if ids and card.tells_delivery:
            cast("TellsDelivery", account.provider).delivery(kind, ids)


def _samples(entries: Sequence[Existing], kind: Kind) -> Iterator[Existing]:
    """A few entries of *kind*, of every review first, because these look different."""
    own = [each for each in entries if each.kind is kind]
    first = {each.review: each for each in own}.values()
    rest = [each for each in own if each not in first]
    yield from [*first, *rest][:SAMPLES]


def _why(error: SmsformError) -> UnreadReason:
    if isinstance(error, CredentialsMissing):
        return UnreadReason.KEY
    if isinstance(error, Refused):
        return UnreadReason.REFUSED
    if isinstance(error, Unreachable):
        return UnreadReason.UNREACHABLE
    return (
        UnreadReason.UNREADABLE
        if isinstance(error, ProviderError)
        else UnreadReason.SETTINGS
    )
