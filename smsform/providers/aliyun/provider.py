"""The provider's methods on top of the client: read, fetch, create, update, delete.

A list shows text, type, review and the reviewer's words, which is all a plan needs of
most entries. What only reviewers see matters for one thing: whether a rejected version
of ours is sent again. So only these are read one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from smsform.account import connect, health
from smsform.account.listing import (
    Fields,
    Listing,
    Page,
    converted,
    nameable,
)
from smsform.account.pool import pool
from smsform.account.reading import read_lists
from smsform.delivery import Delivery
from smsform.hours import BEIJING
from smsform.http import Channel
from smsform.loopback import is_loopback
from smsform.model import Check, Desired, Existing, Identity, Kind, Reading
from smsform.provider import Accepted, Connection
from smsform.providers.aliyun import convert, delivery, existing, wire
from smsform.providers.aliyun.access import access
from smsform.providers.aliyun.client import Client
from smsform.providers.aliyun.replies import ID
from smsform.providers.aliyun.uploads import Uploads
from smsform.redaction import Secrets


def open_account(connection: Connection) -> Aliyun:
    """Open an account; makes no call unless the keys come from a role."""
    config, keys, channel, region = access(connection)
    client = Client(config, keys, channel, connection.clock)
    identity = connect.identity(config, region, channel)
    here = is_loopback(urlsplit(channel.base).hostname or "")

    def open_channel(base: str, secrets: Secrets) -> Channel:
        return connect.channel_to(connection, base, secrets)

    uploads = Uploads(client, config.emulated or here, open_channel)
    return Aliyun(client, identity, connect.readers(connection), uploads)


class _Verbs(NamedTuple):
    """The client's and the conversion's functions for one kind."""

    page: Callable[[int, Callable[[], bool]], Page[Fields]]
    listing: str
    get: Callable[[str], Fields | None]
    getting: str
    existing: Callable[[Fields, Fields | None], Existing]


class _Found(NamedTuple):
    """An entry's row of the list, and the reply to a reading by id, if one was made."""

    row: Fields
    detail: Fields | None = None


class _Listed(NamedTuple):
    """An entry as its row of the list shows it, and that row where it was rejected."""

    id: str
    entry: Existing
    rejected: Fields | None


class Aliyun:
    """An opened account; a reading has *workers* calls under way at a time."""

    def __init__(
        self, client: Client, identity: Identity, workers: int, uploads: Uploads
    ) -> None:
        self._client, self._identity, self._workers = client, identity, workers
        self._uploads = uploads
        self._verbs = {
            Kind.SIGNATURE: _Verbs(
                client.list_signs,
                wire.LIST_SIGNS,
                client.get_sign,
                wire.GET_SIGN,
                existing.existing_sign,
            ),
            Kind.TEMPLATE: _Verbs(
                client.list_templates,
                wire.LIST_TEMPLATES,
                client.get_template,
                wire.GET_TEMPLATE,
                existing.existing_template,
            ),
        }

    def identity(self) -> Identity:
        """Where the account is; no call tells which account a key belongs to."""
        return self._identity

    def read(self, known: Mapping[Kind, Sequence[str]]) -> Reading:
        """All entries; of the *known* ones, rejected ones are read in full."""
        lists = {
            kind: self._listing(kind, len(known.get(kind, ()))) for kind in self._verbs
        }
        read_lists(lists.values(), self._workers)
        found: list[Existing] = []
        for kind in self._verbs:
            if refusal := lists[kind].refusal:
                raise refusal
            rows = {each.id: each for each in lists[kind].items()}
            ours = list(filter(str.strip, dict.fromkeys(known.get(kind, ()))))
            asked = [id for id in ours if id not in rows or rows[id].rejected]
            details = dict(zip(asked, self._details(kind, asked), strict=True))
            shown = {id: each.entry for id, each in rows.items()}
            for id, detail in details.items():
                if detail is None:  # deleted since the list was read
                    shown.pop(id, None)
                    continue
                row = rows[id].rejected if id in rows else None
                one = _Found(row, detail) if row else _Found(detail)
                shown |= {entry.id: entry for entry in self._existing(kind, [one])}
            found += nameable(shown.values())
        return Reading(tuple(found))

    def fetch(self, kind: Kind, ids: Sequence[str]) -> tuple[Existing, ...]:
        """The entries with these ids in full; what does not exist is left out."""
        details = self._details(kind, list(filter(str.strip, dict.fromkeys(ids))))
        replies = [_Found(reply) for reply in details if reply is not None]
        return tuple(self._existing(kind, replies))

    def ready(self, desired: Desired) -> None:
        """Upload the files, then wait until the pace lets a creation go at once."""
        self._uploads.keys(desired.evidence)
        template = desired.address.kind is Kind.TEMPLATE
        self._client.ready(wire.CREATE_TEMPLATE if template else wire.CREATE_SIGN)

    def create(self, desired: Desired, name: str) -> Accepted:
        """Submit a new entry called *name*; its id and OrderId."""
        files = self._uploads.keys(desired.evidence)
        if desired.address.kind is Kind.TEMPLATE:
            fields = convert.template_fields(desired, name, files)
            return self._client.create_template(fields)
        return self._client.create_sign(convert.sign_fields(desired, name, files))

    def update(self, id: str, desired: Desired, name: str) -> Accepted:
        """Replace a rejected entry in place; review starts again, as a new order."""
        files = self._uploads.keys(desired.evidence)
        if desired.address.kind is Kind.TEMPLATE:
            fields = convert.template_fields(desired, name, files)
            return self._client.update_template(id, fields)
        return self._client.update_sign(id, convert.sign_fields(desired, name, files))

    def delete(self, kind: Kind, id: str) -> None:
        """Delete an entry; Refused with scope GONE when there is none."""
        if kind is Kind.TEMPLATE:
            self._client.delete_template(id)
        else:
            self._client.delete_sign(id)

    def diagnose(self) -> Sequence[Check]:
        """Checks of key, clock and account from the calls so far; makes none."""
        seen = self._client.seen
        return (
            health.of_key(self._client.key()),
            health.of_clock(seen.skew(), wire.WINDOW),
            *(check for _, check in sorted(seen.refusals.items())),
        )

    def delivery(self, kind: Kind, ids: Sequence[str]) -> Mapping[str, Delivery]:
        """What the service tells of delivery, by id: one call each, at its pace.

        For signatures with papers it is also asked about these.
        """
        from smsform.providers.aliyun import papers

        template = kind is Kind.TEMPLATE
        ask = self._client.usable_template if template else self._client.get_sign
        with pool(self._workers) as running:
            asked = zip(ids, running.map(ask, ids), strict=True)
            replies = {id: reply for id, reply in asked if reply is not None}
        if template:
            return {id: delivery.of_template(row) for id, row in replies.items()}
        rows = papers.read_papers(replies.values(), self._client.papers)
        today = datetime.fromtimestamp(self._client.now(), BEIJING).date()
        return {
            id: delivery.of_sign(sign, papers.of_papers(sign, rows, today))
            for id, sign in replies.items()
        }

    def _listing(self, kind: Kind, expected: int) -> Listing[_Listed]:
        verbs = self._verbs[kind]

        def ask(offset: int, wanted: Callable[[], bool]) -> Page[_Listed]:
            rows, total = verbs.page(offset // wire.PAGE + 1, wanted)
            seen = self._converted(kind, map(_Found, rows))
            return Page(tuple(map(listed, rows, seen)), total)

        def listed(row: Fields, entry: Existing) -> _Listed:
            rejected = row.get("AuditStatus") == wire.LISTED_REJECTED
            return _Listed(
                str(row[ID[verbs.listing]]), entry, row if rejected else None
            )

        return Listing(
            ask,
            key=attrgetter("id"),
            size=wire.PAGE,
            step=wire.PAGE,
            provider=self._client.provider,
            action=verbs.listing,
            expected=expected,
        )

    def _details(self, kind: Kind, ids: Sequence[str]) -> list[Fields | None]:
        """The reply by id for each of *ids*, in their order; None for one that is
        gone."""
        with pool(self._workers) as running:
            return list(running.map(self._verbs[kind].get, ids))

    def _existing(self, kind: Kind, found: Iterable[_Found]) -> list[Existing]:
        return nameable(self._converted(kind, found))

    def _converted(self, kind: Kind, found: Iterable[_Found]) -> tuple[Existing, ...]:
        verbs, provider = self._verbs[kind], self._client.provider

        def convert_one(one: _Found) -> Existing:
            return verbs.existing(one.row, one.detail)

        return converted(provider, verbs.listing, convert_one, found)
