"""Who may call the emulator: the demo key and others kept in the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import asdict

from smsform.emulation.store import Store
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.texts import refusal
from smsform.redaction import Confidential

ACCOUNT = "1000000000000001"


class AccessKey(Confidential, frozen=True):
    """An access key of an account; with ``token`` a temporary one, until ``expires``.

    ``denied`` are actions its RAM policy refuses.
    """

    id: str
    secret: str
    account: str = ACCOUNT
    token: str = ""
    expires: float = float("inf")
    active: bool = True
    denied: tuple[str, ...] = ()


DEMO = AccessKey(wire.DEMO_ACCESS_KEY_ID, wire.DEMO_ACCESS_KEY_SECRET)


def _scope(provider: str) -> str:
    return f"key:{provider}"


def add_key(store: Store, provider: str, key: AccessKey) -> None:
    """Accept *key* at that provider's emulator."""
    store.note(_scope(provider), key.id, asdict(key))


def find_key(store: Store, provider: str, id: str) -> AccessKey:
    """The key called *id*; Refusal when it does not exist, or is switched off."""
    stored: Any = store.recall(_scope(provider), id)
    if isinstance(stored, Mapping):
        key = AccessKey(**{**stored, "denied": tuple(stored["denied"])})
    elif id == DEMO.id:
        key = DEMO
    else:
        raise refusal("InvalidAccessKeyId.NotFound")
    if not key.active:
        raise refusal("InvalidAccessKeyId.Inactive")
    return key


def check_token(key: AccessKey, token: str, now: float) -> None:
    """Refuse a token that is not the key's; which code each case gets is [I].

    A token is wanted exactly when the key is temporary.
    """
    if key.token and not token:
        raise refusal("MissingSecurityToken")
    if token and not token.isascii():
        raise refusal("InvalidSecurityToken.Malformed")
    if token != key.token:
        raise refusal("InvalidSecurityToken.MismatchWithAccessKey")
    if now >= key.expires:
        raise refusal("InvalidSecurityToken.Expired")
