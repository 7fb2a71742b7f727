"""A request's envelope: where it says action, version, region, and how it is signed.

TC3 keeps these in headers and signs the raw body; the older version 1 keeps them
among the parameters of a form or query and signs the decoded values.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from msgspec import Struct

from smsform.emulation.messages import HttpRequest, Lenience
from smsform.loopback import host_name, names_this_machine
from smsform.pattern import pattern
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.parameters import from_form
from smsform.providers.tencent.emulator.texts import refusal

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

# Bytes: signature pages of the documents; the size under TC3 is [I].
LARGEST_QUERY = 32 * 1024
LARGEST_V1_BODY = 1024 * 1024
LARGEST_BODY = 10 * 1024 * 1024

_AUTHORIZATION = pattern(
    r"TC3-HMAC-SHA256 +Credential=([^/,\s]+)/(\d{4}-\d\d-\d\d)/([^/,\s]+)"
    r"/tc3_request,\s*"
    r"SignedHeaders=([\w;-]+),\s*Signature=([0-9a-f]{64})"
)
_PORT = pattern(r":\d+$")
_COMMON = frozenset({
    "Action", "Version", "Region", "Timestamp", "Nonce", "SecretId", "Signature",
    "SignatureMethod", "Token", "Language", "RequestClient",
})  # fmt: skip


class Envelope(Struct, frozen=True):
    """The parts of a request around an action's parameters; None for a missing one.

    ``form`` are the decoded pairs of a form or query, without the common ones under
    version 1; None for a JSON body.
    """

    tc3: bool
    action: str | None
    version: str | None
    region: str | None
    timestamp: str | None
    token: str
    common: Mapping[str, str]
    form: Mapping[str, str] | None


class Authorization(NamedTuple):
    """The caller's key id and signature; ``proof`` is what a secret signs for a host.

    ``hosts`` are those it may have been signed for: the one that was sent, then, on
    loopback, what an SDK makes of it. ``lenience`` is what was accepted so far though
    the service would refuse it.
    """

    secret_id: str
    signature: str
    proof: Callable[[str, str], str]
    hosts: Sequence[str]
    lenience: tuple[Lenience, ...] = ()


def open_envelope(request: HttpRequest) -> Envelope:
    """Read the envelope; refuses another product, method, path, size or body type."""
    product = re.fullmatch(wire.API_HOST, host_name(request.headers.get("host", "")))
    if product and product[1] != wire.SERVICE:
        raise refusal("NoSuchProduct", product=product[1])
    if request.method not in ("GET", "POST"):
        raise refusal("UnsupportedProtocol")
    if request.path != "/":  # [I]
        raise refusal("InternalError.RestApiInterfaceNotExist")
    if len(request.query) > LARGEST_QUERY or len(request.body) > LARGEST_BODY:
        raise refusal("RequestSizeLimitExceeded")
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise refusal("InvalidRequest")  # [I]: no action of this product takes it
    return _tc3(request) if "authorization" in request.headers else _v1(request)


def _tc3(request: HttpRequest) -> Envelope:
    headers = request.headers
    form = None
    if request.method == "GET":
        form = _pairs(request.query)
    elif _media_type(request) != JSON:
        raise refusal("InvalidParameter", name="Content-Type")
    return Envelope(
        tc3=True,
        action=headers.get("x-tc-action"),
        version=headers.get("x-tc-version"),
        region=headers.get("x-tc-region"),
        timestamp=headers.get("x-tc-timestamp"),
        token=headers.get("x-tc-token", ""),
        common=headers,
        form=form,
    )


def _v1(request: HttpRequest) -> Envelope:
    if request.method == "POST" and _media_type(request) != FORM:
        raise refusal("MissingParameter", name="Authorization")  # JSON wants TC3
    if len(request.body) > LARGEST_V1_BODY:  # sdk-python issue 42
        raise refusal("AuthFailure.SignatureFailure")
    pairs = _pairs(_form_text(request))
    return Envelope(
        tc3=False,
        action=pairs.get("Action"),
        version=pairs.get("Version"),
        region=pairs.get("Region"),
        timestamp=pairs.get("Timestamp"),
        token=pairs.get("Token", ""),
        common=pairs,
        form={name: value for name, value in pairs.items() if name not in _COMMON},
    )


def claim(request: HttpRequest, envelope: Envelope) -> Authorization:
    """Who signed, how, and over what; refuses a request that is not properly signed."""
    timestamp = _timestamp(envelope)
    return (_claim_tc3 if envelope.tc3 else _claim_v1)(request, envelope, timestamp)


def _claim_tc3(
    request: HttpRequest, envelope: Envelope, timestamp: int
) -> Authorization:
    match = _AUTHORIZATION.fullmatch(request.headers["authorization"].strip())
    signed = match[4].split(";") if match else []
    complete = {"content-type", "host"} <= set(signed) <= set(request.headers)
    if not match or not complete or signed != sorted(signed):
        raise refusal("AuthFailure.InvalidAuthorization")
    host, service = request.headers["host"], match[3]
    here = names_this_machine(host)
    named = service == wire.SERVICE
    # Four SDKs take the service from the endpoint's first label (3.2 of Java, 3.0 of
    # PHP and .NET, 4.1 of Node, read 2026-11-29); the last leaves the port unsigned.
    passable = named or (here and service in _first_labels(host))
    if match[2] != wire.utc_date(timestamp) or not passable:
        raise refusal("AuthFailure.SignatureFailure")  # [I]: the scope is signed, too
    unsigned = request.headers.get("x-tc-content-sha256") == wire.UNSIGNED

    def proof(secret: str, host: str) -> str:
        headers = {**request.headers, "host": host}
        return wire.signature(
            secret,
            service=service,
            method=request.method,
            query=request.query if request.method == "GET" else "",
            payload=wire.UNSIGNED.encode() if unsigned else request.body,
            headers=[(name, headers[name]) for name in signed],
            timestamp=timestamp,
        )

    return Authorization(
        match[1],
        match[5],
        proof,
        (host, _PORT.sub("", host)) if here else (host,),
        () if named else (Lenience.SERVICE,),
    )


def _first_labels(host: str) -> set[str]:
    return {text.partition(".")[0] for text in (host, _PORT.sub("", host))}


def _claim_v1(
    request: HttpRequest, envelope: Envelope, timestamp: int
) -> Authorization:
    pairs = envelope.common
    for name in ("SecretId", "Nonce", "Signature"):
        if name not in pairs:
            raise refusal("MissingParameter", name=name)
    algorithm = pairs.get("SignatureMethod", wire.V1_SHA1)
    if algorithm not in (wire.V1_SHA1, wire.V1_SHA256):
        raise refusal("InvalidParameter", name="SignatureMethod")
    if not re.fullmatch(r"\d{1,20}", pairs["Nonce"]):
        raise refusal("InvalidParameter", name="Nonce")

    def proof(secret: str, host: str) -> str:
        return wire.signature_v1(
            secret,
            method=request.method,
            host=host,
            params=pairs,
            algorithm=algorithm,
        )

    hosts = (request.headers.get("host", ""),)
    return Authorization(pairs["SecretId"], pairs["Signature"], proof, hosts)


def verify(claim: Authorization, secret: str) -> tuple[Lenience, ...]:
    """Refuse a signature not made by *secret*; returns what was accepted by
    lenience."""
    signature = claim.signature.encode()
    for host in claim.hosts:
        if hmac.compare_digest(claim.proof(secret, host).encode(), signature):
            portless = host != claim.hosts[0]
            return (*claim.lenience, *((Lenience.PORT,) if portless else ()))
    raise refusal("AuthFailure.SignatureFailure")


def action_of(request: HttpRequest) -> str:
    """The action a request names, as far as it can be read."""
    if "authorization" in request.headers:
        return request.headers.get("x-tc-action", "")
    text = _form_text(request)[:LARGEST_V1_BODY]
    return dict(parse_qsl(text)).get("Action", "")


def language(request: HttpRequest) -> str:
    """``zh`` or ``en``, from the header or the parameter; the SDK sends zh-CN [I]."""
    said = request.headers.get("x-tc-language", "")
    if not said and "Language=" in (text := _form_text(request)):
        said = _pairs(text).get("Language", "")
    return "en" if said.lower().startswith("en") else "zh"


def _timestamp(envelope: Envelope) -> int:
    name = "X-TC-Timestamp" if envelope.tc3 else "Timestamp"
    if envelope.timestamp is None:
        raise refusal("MissingParameter", name=name)
    if not re.fullmatch(r"\d{1,11}", envelope.timestamp):
        raise refusal("InvalidParameter", name=name)
    return int(envelope.timestamp)


def check_time(envelope: Envelope, times: Iterable[float]) -> None:
    """Refuse a signature made more than five minutes from every one of *times*."""
    made = _timestamp(envelope)
    if all(abs(now - made) > wire.WINDOW for now in times):
        raise refusal("AuthFailure.SignatureExpire")


def _media_type(request: HttpRequest) -> str:
    content_type = request.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def _form_text(request: HttpRequest) -> str:
    if request.method == "GET":
        return request.query
    return request.body.decode("latin-1") if _media_type(request) == FORM else ""


def _pairs(text: str) -> dict[str, str]:
    try:
        return from_form(text)
    except ValueError as error:
        raise refusal("AuthFailure.SignatureFailure") from error
