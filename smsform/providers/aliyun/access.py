"""What a client is made from: checked settings, keys, the channel."""

from __future__ import annotations

from typing import NamedTuple

from smsform.account import connect
from smsform.account.chain import Keys
from smsform.http import Channel
from smsform.provider import Connection, Credentials, ProviderConfig
from smsform.providers.aliyun import credentials, wire

CHOICES = {"sign_method": wire.SIGN_METHODS}
DEMO = Credentials(
    wire.DEMO_ACCESS_KEY_ID, wire.DEMO_ACCESS_KEY_SECRET, source="emulator"
)


class Access(NamedTuple):
    """Everything a client needs but the clock; calls go to *region*."""

    config: ProviderConfig
    keys: Keys
    channel: Channel
    region: str


def access(connection: Connection) -> Access:
    """Find the keys and the host; makes no call unless the keys come from a role."""
    config = connect.checked(connection.config, CHOICES)
    region = config.region or wire.REGION
    channel = connect.channel(connection, wire.REGION_HOSTS.get(region, wire.HOST))
    keys = connect.keys(
        connection,
        DEMO,
        lambda: credentials.find(
            config, connection.environ, connection.home, connection.clock
        ),
    )
    return Access(config, keys, channel, region)
