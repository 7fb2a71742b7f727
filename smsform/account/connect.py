"""Turning an entry of ``providers`` into a connection to its account; makes no call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from smsform.account.chain import Keys
from smsform.errors import ConfigError
from smsform.http import Channel, base_url
from smsform.model import Identity
from smsform.provider import CallRecord, Connection, Credentials, ProviderConfig
from smsform.redaction import Secrets
from smsform.words import say

METHODS = ("POST", "GET")
READERS = 10  # calls that one reading has under way at a time, over a network


def checked(
    config: ProviderConfig, choices: Mapping[str, Sequence[str]]
) -> ProviderConfig:
    """*config* with the method in capitals; ConfigError for a choice there is not."""
    config = replace(config, http_method=config.http_method.upper())
    for option, known in {**choices, "http_method": METHODS}.items():
        value = getattr(config, option)
        if value and value not in known:
            raise ConfigError(
                f"providers.{config.name}.{option}",
                say("provider.choice", value=value),
                say("provider.choice_todo", choices=", ".join(known)),
            )
    return config


def channel(connection: Connection, host: str) -> Channel:
    """The channel for calls to *host*, or to the endpoint that the configuration
    names."""
    config = connection.config

    def on_call(action: str, outcome: str, request_id: str, seconds: float) -> None:
        if connection.on_call:
            record = CallRecord(config.name, action, outcome, request_id, seconds)
            connection.on_call(record)

    return Channel(
        config.name,
        base_url(config.name, (config.emulated and host) or config.endpoint or host),
        connection.clock,
        environ=connection.environ,
        timeout=config.timeout,
        adapter=connection.adapter,
        transport=connection.transport,
        on_call=on_call,
        on_reply=connection.on_reply,
        wanted=connection.wanted,
        secrets=connection.secrets,
    )


def channel_to(connection: Connection, base: str, secrets: Secrets) -> Channel:
    """A channel to another host, ``scheme://host[:port]``, that the service told us of.

    *secrets* belong to that host alone: they are removed from its replies.
    """
    there = replace(
        connection,
        config=replace(connection.config, endpoint=base),
        secrets=secrets,
    )
    return channel(there, "")


def identity(config: ProviderConfig, region: str, channel: Channel) -> Identity:
    """The identity of an account as far as smsform.yaml tells it.

    No call tells which account a key belongs to.
    """
    return Identity(
        type=config.type,
        site=config.site,
        region=region,
        endpoint="emulator" if config.emulated else channel.host,
    )


def keys(connection: Connection, demo: Credentials, find: Callable[[], Keys]) -> Keys:
    """A function that returns the key pair: the one given, *demo*, or what *find*
    finds.

    The emulator takes *demo*. Every other key that is used is hidden in the replies
    from then on; *demo* is public.
    """
    given = connection.credentials
    if given is None and connection.config.emulated:  # real keys are not even read
        return lambda: demo
    found = find() if given is None else partial(_same, given)

    def keys() -> Credentials:
        used = found()
        connection.secrets.learn(used.id, used.secret, used.token)
        return used

    return keys


def _same(given: Credentials) -> Credentials:
    return given


def readers(connection: Connection) -> int:
    """How many calls of one reading may be under way at a time.

    One in process: there is no latency to hide, and the order of calls stays the same.
    """
    return 1 if connection.adapter or connection.transport else READERS
