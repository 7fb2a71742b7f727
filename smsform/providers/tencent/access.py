"""What a client is made from: checked settings, keys, the channel."""

from __future__ import annotations

from typing import NamedTuple

from smsform.account import connect
from smsform.account.chain import Keys
from smsform.http import Channel
from smsform.provider import Connection, Credentials, ProviderConfig
from smsform.providers.tencent import credentials, wire
from smsform.providers.tencent.sites import HOSTS

CHOICES = {"sign_method": wire.SIGN_METHODS, "site": tuple(HOSTS)}
DEMO = Credentials(wire.DEMO_SECRET_ID, wire.DEMO_SECRET_KEY, source="emulator")


class Access(NamedTuple):
    """Everything a client needs but the clock."""

    config: ProviderConfig
    keys: Keys
    channel: Channel


def access(connection: Connection) -> Access:
    """Find the keys and the host; makes no call unless the keys come from a role."""
    config = connect.checked(connection.config, CHOICES)
    channel = connect.channel(connection, HOSTS[config.site])
    keys = connect.keys(
        connection,
        DEMO,
        lambda: credentials.find(
            config, connection.environ, connection.home, connection.clock
        ),
    )
    return Access(config, keys, channel)
