"""The provider's methods on top of the client: read, fetch, create, update, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from smsform.account import connect
from smsform.account.evidence import content_of
from smsform.account.listing import (
    Listing,
    Page,
    converted,
    entries,
    nameable,
)
from smsform.account.pool import pool
from smsform.account.reading import read_lists
from smsform.errors import Refused, Scope
from smsform.model import Check, Desired, Existing, Identity, Kind, Reading
from smsform.provider import Accepted, Connection
from smsform.providers.tencent import codes, convert, diagnosis, wire
from smsform.providers.tencent.access import access
from smsform.providers.tencent.client import Client, Fields, is_id, region

MARKETS = (wire.DOMESTIC, wire.INTERNATIONAL)


def open_account(connection: Connection) -> Tencent:
    """Open an account; makes no call unless the keys come from a role."""
    config, keys, channel = access(connection)
    client = Client(config, keys, channel, connection.clock)
    identity = connect.identity(config, region(config), channel)
    return Tencent(client, identity, connect.readers(connection))


class _Verbs(NamedTuple):
    """The client's and the conversion's functions for one kind."""

    describe: Callable[..., tuple[Fields, ...]]
    existing: Callable[[Fields], Existing]
    action: str


class Tencent:
    """An opened account in one region; *workers* pages are read at a time."""

    def __init__(self, client: Client, identity: Identity, workers: int) -> None:
        self._client, self._identity, self._workers = client, identity, workers
        self._verbs = {
            Kind.SIGNATURE: _Verbs(
                client.describe_signs, convert.existing_signature, wire.DESCRIBE_SIGNS
            ),
            Kind.TEMPLATE: _Verbs(
                client.describe_templates,
                convert.existing_template,
                wire.DESCRIBE_TEMPLATES,
            ),
        }

    def identity(self) -> Identity:
        """Where the account is; no call tells which account a key belongs to."""
        return self._identity

    def read(self, known: Mapping[Kind, Sequence[str]]) -> Reading:
        """All entries of both kinds and markets, and the *known* ones by id."""
        lists = {
            (kind, market): Listing(
                self._asker(kind, market),
                key=attrgetter("id"),
                size=wire.PAGE,
                # Pages overlap by one, because nothing counts the entries.
                step=wire.PAGE - 1,
                provider=self._client.provider,
                action=verbs.action,
                # Which market they are of nobody remembers; most are sent at home.
                expected=len(known.get(kind, ())) if market == wire.DOMESTIC else 0,
            )
            for kind, verbs in self._verbs.items()
            for market in MARKETS
        }
        read_lists(lists.values(), self._workers)
        found: list[Existing] = []
        listed = True
        for kind in self._verbs:
            try:
                items = _both_markets([lists[kind, market] for market in MARKETS])
            except Refused as refusal:
                if refusal.scope is not Scope.LISTING:
                    raise
                items, listed = [], False
            by_id = {entry.id: entry for entry in nameable(items)}
            missing = [id for id in known.get(kind, ()) if id not in by_id]
            by_id |= {entry.id: entry for entry in self.fetch(kind, missing)}
            found += by_id.values()
        return Reading(tuple(found), listed)

    def fetch(self, kind: Kind, ids: Sequence[str]) -> tuple[Existing, ...]:
        """The entries with these ids; what does not exist is left out.

        Whether a reading by id is filtered by its market is not documented, so ids that
        the first market does not show are asked for in the other.
        """
        missing = list(dict.fromkeys(id for id in ids if is_id(id)))
        found: dict[str, Existing] = {}
        refused: list[Refused] = []
        for market in MARKETS:
            try:
                items = self._by_id(kind, market, missing)
            except Refused as refusal:
                if refusal.code not in codes.MARKET_CLOSED:
                    raise
                refused.append(refusal)
                continue
            found |= {entry.id: entry for entry in self._existing(kind, items)}
            missing = [id for id in missing if id not in found]
        if len(refused) == len(MARKETS):
            raise refused[0]
        return tuple(found.values())

    def ready(self, desired: Desired) -> None:
        """Wait until the pace lets a creation go at once; makes no call."""
        template = desired.address.kind is Kind.TEMPLATE
        self._client.ready(wire.ADD_TEMPLATE if template else wire.ADD_SIGN)

    def create(self, desired: Desired, name: str) -> Accepted:
        """Submit a new entry called *name*; the answer tells its id alone."""
        if desired.address.kind is Kind.TEMPLATE:
            fields = convert.template_request(desired, name)
            return Accepted(self._client.add_template(fields))
        fields = self._sign_fields(wire.ADD_SIGN, desired, name)
        return Accepted(self._client.add_sign(fields))

    def update(self, id: str, desired: Desired, name: str) -> Accepted:
        """Replace a pending or rejected entry in place; review starts again."""
        if desired.address.kind is Kind.TEMPLATE:
            fields = convert.template_request(desired, name)
            self._client.modify_template(id, fields)
        else:
            fields = self._sign_fields(wire.MODIFY_SIGN, desired, name)
            self._client.modify_sign(id, fields)
        return Accepted(id)

    def delete(self, kind: Kind, id: str) -> None:
        """Delete an entry; Refused with scope GONE when there is none."""
        if kind is Kind.TEMPLATE:
            self._client.delete_template(id)
        else:
            self._client.delete_sign(id)

    def diagnose(self) -> Sequence[Check]:
        """Checks of key, clock and account from the calls so far; makes none."""
        return tuple(diagnosis.checks(self._client))

    def _asker(self, kind: Kind, market: int) -> Callable[..., Page[Existing]]:
        verbs, provider = self._verbs[kind], self._client.provider

        def ask(offset: int, wanted: Callable[[], bool]) -> Page[Existing]:
            rows = verbs.describe(market, offset=offset, wanted=wanted)
            return Page(converted(provider, verbs.action, verbs.existing, rows))

        return ask

    def _by_id(self, kind: Kind, market: int, ids: Sequence[str]) -> list[Fields]:
        describe = self._verbs[kind].describe
        chunks = [ids[at : at + wire.PAGE] for at in range(0, len(ids), wire.PAGE)]
        with pool(self._workers) as running:
            pages = running.map(lambda chunk: describe(market, ids=chunk), chunks)
            return [item for page in pages for item in page]

    def _existing(self, kind: Kind, items: Iterable[Fields]) -> list[Existing]:
        verbs = self._verbs[kind]
        return entries(self._client.provider, verbs.action, verbs.existing, items)

    def _sign_fields(
        self, action: str, desired: Desired, name: str
    ) -> dict[str, object]:
        images = {
            each.attribute: content_of(each, self._client.provider, action)
            for each in desired.evidence
        }
        return convert.signature_request(desired, name, images)


def _both_markets(lists: Sequence[Listing[Existing]]) -> list[Existing]:
    """The items of both; a market this site or account does not serve is empty."""
    refused = [listing.refusal for listing in lists if listing.refusal]
    serious = [r for r in refused if r.code not in codes.MARKET_CLOSED]
    if serious or len(refused) == len(lists):
        raise (serious or refused)[0]
    return [item for listing in lists for item in listing.items()]
