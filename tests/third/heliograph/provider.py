"""The provider's verbs on top of the client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from smsform.account import chain, connect, health
from smsform.account.chain import Keys, KeySource
from smsform.account.listing import entries
from smsform.model import Check, Desired, Existing, Identity, Kind, Reading
from smsform.provider import Accepted, Connection, Credentials

from . import wire
from .client import Client
from .convert import existing, fields

PATHS = {Kind.SIGNATURE: wire.SENDERS, Kind.TEMPLATE: wire.TEMPLATES}
DEMO = Credentials(wire.DEMO_ID, wire.DEMO_SECRET, source="emulator")


def open_account(connection: Connection) -> Heliograph:
    """Open an account; makes no call."""
    config = connect.checked(connection.config, {})
    channel = connect.channel(connection, wire.HOST)
    keys = connect.keys(connection, DEMO, lambda: _find(connection))
    client = Client(config.name, keys, channel, connection.clock)
    return Heliograph(client, connect.identity(config, config.region, channel))


def _find(connection: Connection) -> Keys:
    """The key pair of the environment, the only place there is."""
    config = connection.config
    prefix = config.credentials_env or "HELIOGRAPH"
    names = (f"{prefix}_KEY_ID", f"{prefix}_KEY_SECRET", f"{prefix}_TOKEN")
    look = partial(chain.pair, connection.environ, *names, "environment")
    places = [KeySource("environment", look)]
    return chain.search(
        config.name, " and ".join(names[:2]), places, (), connection.clock
    )


class Heliograph:
    """An opened account."""

    def __init__(self, client: Client, identity: Identity) -> None:
        self._client, self._identity = client, identity

    def identity(self) -> Identity:
        """Where we are."""
        return self._identity

    def read(self, known: Mapping[Kind, Sequence[str]]) -> Reading:
        """All entries, and the *known* ones that no list shows."""
        found: list[Existing] = []
        for kind, path in PATHS.items():
            listed = self._existing(kind, self._client.list(path))
            shown = {entry.id for entry in listed}
            missing = [id for id in known.get(kind, ()) if id not in shown]
            found += (*listed, *self.fetch(kind, missing))
        return Reading(tuple(found))

    def fetch(self, kind: Kind, ids: Sequence[str]) -> tuple[Existing, ...]:
        """The entries with these ids; what does not exist is left out."""
        asked = (self._client.get(PATHS[kind], id) for id in dict.fromkeys(ids))
        return tuple(self._existing(kind, [item for item in asked if item]))

    def ready(self, desired: Desired) -> None:
        """Wait until the pace lets a creation go at once."""
        self._client.ready(PATHS[desired.address.kind])

    def create(self, desired: Desired, name: str) -> Accepted:
        """Submit a new entry."""
        return self._client.create(PATHS[desired.address.kind], fields(desired, name))

    def update(self, id: str, desired: Desired, name: str) -> Accepted:
        """Replace a pending or rejected entry."""
        path = PATHS[desired.address.kind]
        return self._client.replace(path, id, fields(desired, name))

    def delete(self, kind: Kind, id: str) -> None:
        """Delete an entry."""
        self._client.delete(PATHS[kind], id)

    def diagnose(self) -> Sequence[Check]:
        """What the calls have shown."""
        seen = self._client.seen
        return (
            health.of_key(self._client.key()),
            health.of_clock(seen.skew(), wire.WINDOW),
            *seen.refusals.values(),
        )

    def _existing(
        self, kind: Kind, items: Sequence[Mapping[str, object]]
    ) -> list[Existing]:
        convert = partial(existing, kind)
        return entries(self._client.provider, PATHS[kind], convert, items)
