"""Temporary keys of a role: of the cluster (TKE, by OIDC) or of the machine (CVM).

The cluster's comes first: its four variables were set for this very process, while the
machine's role is anybody's who runs there. Both as credential.py of
tencentcloud-sdk-python-common 3.1.195 does it, read 2026-11-21.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple, TypeGuard, TypeVar
from urllib.parse import quote

from smsform.clock import Clock
from smsform.http import Reply, Request, fetch
from smsform.provider import Credentials
from smsform.words import say

T = TypeVar("T")

SECONDS = 1.0  # for finding out whether there is a role
EARLY = 300  # seconds before its end that a key is renewed; as the SDK
DURATION = 7200  # seconds a key of the cluster's role is asked for

METADATA = "http://metadata.tencentyun.com"
STS = "https://sts.tencentcloudapi.com"
# Other addresses for a proxy or a test; an empty one means that there is no such role.
METADATA_VARIABLE = "TENCENTCLOUD_METADATA_ENDPOINT"
STS_VARIABLE = "TENCENTCLOUD_STS_ENDPOINT"

CLUSTER = (
    "TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN",
)  # fmt: skip


class Temporary(NamedTuple):
    """A key pair with its token, and when it expires in unix seconds."""

    keys: Credentials
    expires: float


Fetch = Callable[[], Temporary | None]


def sources(environ: Mapping[str, str]) -> Iterator[tuple[str, Fetch]]:
    """The roles that may be there: what to call the place, how to ask."""
    sts = environ.get(STS_VARIABLE, STS)
    if sts and all(environ.get(name) for name in CLUSTER):
        cluster = say("credentials.cluster_role", names=", ".join(CLUSTER))
        yield cluster, lambda: _of_cluster(sts, environ, cluster)
    if metadata := environ.get(METADATA_VARIABLE, METADATA):
        machine = say("credentials.machine_role")
        yield machine, lambda: _of_machine(metadata, environ, machine)


def first(found: Iterable[tuple[str, Fetch]]) -> tuple[Temporary, Fetch] | None:
    """The first role that gives a key, and how to ask again; one second in all."""

    def ask() -> tuple[Temporary, Fetch] | None:
        for _, fetch_key in found:
            if temporary := fetch_key():
                return temporary, fetch_key
        return None

    return _within(SECONDS, ask)


def _within(seconds: float, ask: Callable[[], T | None]) -> T | None:
    # In a thread, because nothing else bounds the time a name takes to resolve.
    answer: SimpleQueue[T | None] = SimpleQueue()
    Thread(target=lambda: answer.put(ask()), daemon=True).start()
    try:
        return answer.get(timeout=seconds)
    except Empty:
        return None


def renewing(
    key: Temporary, fetch_key: Fetch, clock: Clock
) -> Callable[[], Credentials]:
    """What returns the key to use now, renewed 300 s before the old one expires.

    If that fails the old key is used on: the service says so when it is too old.
    """
    current, lock = key, Lock()

    def keys() -> Credentials:
        nonlocal current
        with lock:
            if clock.now() >= current.expires - EARLY:
                current = _within(SECONDS, fetch_key) or current
            return current.keys

    return keys


def _of_machine(
    address: str, environ: Mapping[str, str], source: str
) -> Temporary | None:
    """The metadata service names the role, then shows its key."""
    folder = f"{address.rstrip('/')}/latest/meta-data/cam/security-credentials/"
    reply = fetch(Request("GET", folder, {}), environ, SECONDS)
    role = reply.body.decode(errors="replace").strip() if _fine(reply) else ""
    if not role or "\n" in role:
        return None
    reply = fetch(Request("GET", folder + quote(role, safe=""), {}), environ, SECONDS)
    document = _json(reply)
    if document.get("Code") != "Success":
        return None
    return _temporary(document, document.get("ExpiredTime"), source)


def _of_cluster(
    address: str, environ: Mapping[str, str], source: str
) -> Temporary | None:
    """STS gives a key for the token that the cluster put into a file; unsigned."""
    region, provider, file, role = (environ[name] for name in CLUSTER)
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    fields = {
        "ProviderId": provider,
        "WebIdentityToken": token,
        "RoleArn": role,
        "RoleSessionName": "smsform",
        "DurationSeconds": DURATION,
    }
    headers = {
        "Content-Type": "application/json",
        "X-TC-Action": "AssumeRoleWithWebIdentity",
        "X-TC-Version": "2018-08-13",
        "X-TC-Region": region,
        "Authorization": "SKIP",
    }
    body = json.dumps(fields).encode()
    request = Request("POST", f"{address.rstrip('/')}/", headers, body)
    response = _json(fetch(request, environ, SECONDS)).get("Response")
    if not isinstance(response, dict):
        return None
    return _temporary(response.get("Credentials"), response.get("ExpiredTime"), source)


def _temporary(keys: object, expires: object, source: str) -> Temporary | None:
    if not isinstance(keys, dict) or not isinstance(expires, int | float):
        return None
    names = ("TmpSecretId", "TmpSecretKey", "Token")
    id, secret, token = (keys.get(name) for name in names)
    if not (isinstance(id, str) and isinstance(secret, str) and isinstance(token, str)):
        return None
    return Temporary(Credentials(id, secret, token, source), expires)


def _fine(reply: Reply | None) -> TypeGuard[Reply]:
    return reply is not None and reply.status == 200


def _json(reply: Reply | None) -> Mapping[str, object]:
    try:
        document = json.loads(reply.body) if _fine(reply) else None
    except (ValueError, RecursionError):
        document = None
    return document if isinstance(document, dict) else {}
