"""Who may call the emulator: the demo key and others kept in the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import asdict

from smsform.emulation.messages import HttpRequest
from smsform.emulation.store import Store
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.texts import refusal
from smsform.redaction import Confidential

ACCOUNT = "100000000001"


class AccessKey(Confidential, frozen=True):
    """A key pair of an account; with ``token`` a temporary one, until ``expires``.

    ``main`` is False for a sub-account's, ``denied`` are actions its policy refuses,
    ``mfa`` one that needs a second factor. The ``…_ips`` are its policy's lists of
    addresses; an empty list says nothing.
    """

    id: str
    secret: str
    account: str = ACCOUNT
    token: str = ""
    expires: float = float("inf")
    main: bool = True
    mfa: bool = False
    denied: tuple[str, ...] = ()
    allowed_ips: tuple[str, ...] = ()
    refused_ips: tuple[str, ...] = ()


DEMO = AccessKey(wire.DEMO_SECRET_ID, wire.DEMO_SECRET_KEY)


def _scope(provider: str) -> str:
    return f"key:{provider}"


def add_key(store: Store, provider: str, key: AccessKey) -> None:
    """Accept *key* at that provider's emulator."""
    store.note(_scope(provider), key.id, asdict(key))


def find_key(store: Store, provider: str, id: str) -> AccessKey:
    """The key called *id*; Refusal when it does not exist, or is no key of the API."""
    if id == DEMO.id:
        return DEMO
    stored: Any = store.recall(_scope(provider), id)
    if isinstance(stored, Mapping):
        lists = {name: tuple(v) for name, v in stored.items() if isinstance(v, list)}
        return AccessKey(**{**stored, **lists})
    if not id.startswith(("AKID", "IKID")):  # [I] 2026-11-21: told by its form
        raise refusal("AuthFailure.InvalidSecretId")
    raise refusal("AuthFailure.SecretIdNotFound")


def check_key(
    key: AccessKey, token: str, action: str, request: HttpRequest, now: float
) -> None:
    """Refuse what the key may not do; its signature is verified already.

    A token is wanted exactly when the key is temporary [I for the permanent key].
    """
    if token != key.token or now >= key.expires:
        raise refusal("AuthFailure.TokenFailure")
    if key.mfa:
        raise refusal("AuthFailure.MFAFailure")
    if request.peer in key.refused_ips:
        raise refusal("IpInBlacklist")
    if key.allowed_ips and request.peer not in key.allowed_ips:
        raise refusal("IpNotInWhitelist")
    if action in key.denied:
        raise refusal("AuthFailure.UnauthorizedOperation", action=action)
