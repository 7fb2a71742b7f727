"""A request's envelope: where it says action, version, time, and how it is signed.

ACS3-HMAC-SHA256 keeps these in headers and signs them with the body's hash; the older
RPC signature keeps them among the parameters, which it signs decoded. Either way the
parameters are those of the query and of a form body together.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from msgspec import Struct

from smsform.emulation.messages import HttpRequest
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.texts import invalid, missing, refusal

_AUTHORIZATION = pattern(
    r"(?P<method>[\w-]+) +Credential=(?P<key>[^,\s]+),\s*"
    r"SignedHeaders=(?P<headers>[\w;-]+),\s*Signature=(?P<signature>[0-9a-f]+)"
)
_COMMON = frozenset({
    "Action", "Version", "Format", "Timestamp", "SignatureNonce", "SignatureMethod",
    "SignatureVersion", "SignatureType", "AccessKeyId", "SecurityToken", "Signature",
    "RegionId",
})  # fmt: skip
_UTC_DATE = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_REGION = pattern(r"[a-z]{2}-[a-z]+(?:-[a-z0-9]+)*")


class Envelope(Struct, frozen=True):
    """The parts of a request around an action's parameters; None for a missing one.

    ``query`` are the query's decoded parameters, ``signed`` the form's beside them,
    which the RPC signature covers; ``params`` are these without the common ones.
    """

    acs3: bool
    action: str | None
    version: str | None
    timestamp: str | None
    nonce: str | None
    token: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    signed: Mapping[str, str]


class Authorization(NamedTuple):
    """The caller's key id and signature; ``proof`` is what a secret would sign.

    ``text`` is what was signed, as the refusal of a wrong signature shows it.
    """

    key_id: str
    signature: str
    proof: Callable[[str], str]
    text: str


def open_envelope(request: HttpRequest) -> Envelope:
    """Read the envelope; refuses an unsupported method, path or encoding."""
    if request.method not in ("GET", "POST"):
        raise refusal("UnsupportedHTTPMethod")
    if request.path != "/":
        raise refusal("InvalidApi.NotFound")
    query = _pairs(request.query)
    given = {**query, **_pairs(_form(request))}
    region = given.get("RegionId")
    if region is not None and not _REGION.fullmatch(region):
        raise invalid("RegionId")
    params = {name: value for name, value in given.items() if name not in _COMMON}
    acs3, head = "authorization" in request.headers, request.headers
    return Envelope(
        acs3=acs3,
        action=head.get("x-acs-action") if acs3 else given.get("Action"),
        version=head.get("x-acs-version") if acs3 else given.get("Version"),
        timestamp=head.get("x-acs-date") if acs3 else given.get("Timestamp"),
        nonce=(
            head.get("x-acs-signature-nonce") if acs3 else given.get("SignatureNonce")
        ),
        token=(
            head.get("x-acs-security-token", "")
            if acs3
            else given.get("SecurityToken", "")
        ),
        params=params,
        query=query,
        signed=given,
    )


def claim(request: HttpRequest, envelope: Envelope) -> Authorization:
    """Who signed, how, and over what; refuses a request that is not properly signed."""
    if not envelope.nonce:
        raise missing("SignatureNonce")
    return (_claim_acs3 if envelope.acs3 else _claim_rpc)(request, envelope)


def _claim_acs3(request: HttpRequest, envelope: Envelope) -> Authorization:
    headers = request.headers
    match = _AUTHORIZATION.fullmatch(headers["authorization"].strip())
    if not match:
        raise refusal("IncompleteSignature", what="Authorization")
    if match["method"] != wire.ACS3:  # [I]: the SM3 and RSA kinds are not emulated
        raise invalid("SignatureMethod")
    signed = match["headers"].split(";")
    wanted = {name for name in headers if name.startswith("x-acs-")} | {"host"}
    # aiohttp, under the Python SDK's async half, adds one to an empty body, unsigned:
    # alibabacloud-tea 0.4, seen 2026-11-29.
    if "content-type" in headers and request.body:
        wanted.add("content-type")
    if not wanted <= set(signed) <= set(headers) or signed != sorted(signed):
        raise refusal("IncompleteSignature", what="SignedHeaders")
    digest = hashlib.sha256(request.body).hexdigest()
    told = headers.get("x-acs-content-sha256")
    if told is None:
        raise refusal("IncompleteSignature", what="x-acs-content-sha256")

    def proof(secret: str) -> str:
        if told != digest:
            return ""  # no secret is right when the body differs from the signed hash
        return wire.signature(
            secret,
            method=request.method,
            query=envelope.query,
            payload_sha256=digest,
            headers=[(name, headers[name]) for name in signed],
        )

    text = f"{wire.ACS3} {digest}"
    return Authorization(match["key"], match["signature"], proof, text)


def _claim_rpc(request: HttpRequest, envelope: Envelope) -> Authorization:
    params = envelope.signed
    for name in ("AccessKeyId", "Signature"):
        if not params.get(name):
            raise missing(name)
    if params.get("SignatureMethod") != wire.HMAC_SHA1:
        raise invalid("SignatureMethod")
    if params.get("SignatureVersion") != wire.SIGNATURE_VERSION:
        raise invalid("SignatureVersion")

    def proof(secret: str) -> str:
        return wire.signature_v1(secret, method=request.method, params=params)

    text = wire.string_to_sign(request.method, params)
    return Authorization(params["AccessKeyId"], params["Signature"], proof, text)


def verify(claim: Authorization, secret: str) -> None:
    """Refuse a signature that *secret* did not make."""
    if not hmac.compare_digest(claim.proof(secret).encode(), claim.signature.encode()):
        raise refusal("SignatureDoesNotMatch", text=claim.text)


def check_time(envelope: Envelope, times: Iterable[float]) -> None:
    """Refuse a signature made more than fifteen minutes from every one of *times*."""
    if not envelope.timestamp:
        raise missing("Timestamp")
    if not _UTC_DATE.fullmatch(envelope.timestamp):
        raise refusal("InvalidTimeStamp.Format")
    try:
        stamp = datetime.fromisoformat(envelope.timestamp).timestamp()
    except ValueError as error:
        raise refusal("InvalidTimeStamp.Format") from error
    if all(abs(now - stamp) > wire.WINDOW for now in times):
        raise refusal("InvalidTimeStamp.Expired")


def wants_xml(request: HttpRequest) -> bool:
    """Whether the reply is XML: RPC's default; with ACS3 only when asked for [I]."""
    if "authorization" in request.headers:
        return request.headers.get("accept", "").lower() == "application/xml"
    given = dict(parse_qsl(request.query)) | dict(parse_qsl(_form(request)))
    return given.get("Format", "XML").upper() != "JSON"


def action_of(request: HttpRequest) -> str:
    """The action a request names, as far as it can be read."""
    if "authorization" in request.headers:
        return request.headers.get("x-acs-action", "")
    given = dict(parse_qsl(request.query)) | dict(parse_qsl(_form(request)))
    return re.sub(r"\W", "", given.get("Action", ""))


def _form(request: HttpRequest) -> str:
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != wire.CONTENT_FORM:
        return ""
    return request.body.decode("latin-1")


def _pairs(text: str) -> dict[str, str]:
    try:
        return dict(
            parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict")
        )
    except ValueError as error:
        raise refusal("SignatureDoesNotMatch") from error
