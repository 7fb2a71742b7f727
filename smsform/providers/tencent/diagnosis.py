"""Checks of an account from its replies, for ``doctor``."""

from __future__ import annotations

from collections.abc import Iterator

from smsform.account import health
from smsform.model import Check, Health
from smsform.providers.tencent import codes, wire
from smsform.providers.tencent.client import Client
from smsform.words import say


def checks(client: Client) -> Iterator[Check]:
    """The key, the clock, and every refusal that the table of codes explains."""
    yield health.of_key(client.key())
    yield health.of_clock(client.seen.skew(), wire.WINDOW)
    for code, refusal in sorted(client.seen.refusals.items()):
        if code in codes.MARKET_CLOSED:
            found = say("doctor.market_closed", code=code)
            yield Check("market", Health.OK, found)
        else:
            yield refusal
