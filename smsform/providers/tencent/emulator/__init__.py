"""The emulator of Tencent Cloud SMS: its template and signature actions, as strict.

    gateway.py     the service: route, authenticate, keep the pace, run, reply
    envelope.py    where a request says what it wants, and how it is signed
    keys.py        who may call: permanent and temporary keys
    parameters.py  what each action takes; unknown, missing and mistyped fields
    account.py     what the account allows and how its entries are shown
    templates.py   Add-, Modify-, Delete- and DescribeSmsTemplate…
    signs.py       the same for signatures
    sending/       messages: what is refused, what arrives, what is counted
    seeds.py       entries stored without the rules of submission
    settings.py    settings, rates and quotas, dated
    texts.py       the words of the error codes

Facts are from the official SDK and documents, read 2026-11-21. What is inferred rather
than known is marked ``[I]`` where it is coded; what is not known at all is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.clock import Clock
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent.emulator.gateway import Gateway


def emulator(store: Store, clock: Clock, config: ProviderConfig) -> Gateway:
    """The service for one provider of ``smsform.yaml``; ConfigError for a bad setting.

    One provider is one account: give each its own ``name``.
    """
    given = {**_told(config.account), **config.emulator}
    return Gateway(
        config.name,
        store,
        clock,
        given,
        site=config.site,
        region=config.region,
    )


def _told(account: Mapping[str, object]) -> Mapping[str, object]:
    """The account settings of the project, for the emulated account."""
    if "max_param_length" not in account:
        return {}
    return {"value_length": account["max_param_length"]}
