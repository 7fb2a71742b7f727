"""Temporary keys of a role: of the cluster (RRSA, by OIDC), of the machine (ECS), one
that another key assumes, or from a URL.

As alibabacloud_credentials 1.0.12 does it (provider/oidc.py, ecs_ram_role.py,
ram_role_arn.py, uri.py), read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import uuid4

from smsform.account.chain import Values, token_in
from smsform.account.roles import Role, Temporary, object_from, temporary, text_from
from smsform.http import Request
from smsform.provider import Credentials
from smsform.providers.aliyun import wire
from smsform.words import say

DURATION = 3600  # seconds a key is asked for
TOKEN_LIFE = 21600  # seconds the token for the machine's metadata is asked for
KEY = ("AccessKeyId", "AccessKeySecret", "SecurityToken")
SESSION = "smsform"

METADATA = "http://100.100.100.200"
STS = "https://sts.aliyuncs.com"
# Other addresses for a proxy or a test; an empty one switches that role off.
METADATA_VARIABLE = "ALIBABA_CLOUD_ECS_METADATA_ENDPOINT"
STS_VARIABLE = "ALIBABA_CLOUD_STS_ENDPOINT"
ADDRESS_VARIABLES = (METADATA_VARIABLE, STS_VARIABLE)

CLUSTER = (
    "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
    "ALIBABA_CLOUD_ROLE_ARN",
    "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
)
SESSION_VARIABLE = "ALIBABA_CLOUD_ROLE_SESSION_NAME"
URI = "ALIBABA_CLOUD_CREDENTIALS_URI"
ROLE = "ALIBABA_CLOUD_ECS_METADATA"  # the name of the machine's role
NO_MACHINE = "ALIBABA_CLOUD_ECS_METADATA_DISABLED"
NO_OLD_METADATA = "ALIBABA_CLOUD_IMDSV1_DISABLED"


def of_cluster(environ: Values) -> Role | None:
    """The cluster's role, whose three variables were set for this very process."""
    if not all(environ.get(name) for name in CLUSTER):
        return None
    file, role, provider = (environ[name] for name in CLUSTER)
    source = say("credentials.cluster_role", names=", ".join(CLUSTER))
    session = environ.get(SESSION_VARIABLE, "")
    return by_token(environ, file, role, provider, session, source)


def last(environ: Values) -> Iterator[Role]:
    """The roles to ask when no key was found, in this order."""
    if uri := environ.get(URI):
        source = say("credentials.address", variable=URI)
        request = Request("GET", uri, {})
        yield Role(source, lambda: _key_in(object_from(request, environ), source))
    if environ.get(NO_MACHINE, "").lower() != "true":
        yield of_machine(environ, "", say("credentials.machine_role"))


def of_machine(environ: Values, role: str, source: str) -> Role:
    """The machine's role called *role*, or the one it has."""
    address = environ.get(METADATA_VARIABLE, METADATA).rstrip("/")
    role = role or environ.get(ROLE, "")
    return Role(source, lambda: _of_machine(address, role, environ, source))


def by_token(
    environ: Values, file: str, role: str, provider: str, session: str, source: str
) -> Role:
    """A role whose key STS gives for the token in *file*; the call is not signed."""

    def ask() -> Temporary | None:
        if (token := token_in(file)) is None:
            return None
        fields = {
            **_common("AssumeRoleWithOIDC", role, session),
            "OIDCProviderArn": provider,
            "OIDCToken": token,
        }
        return _from_sts(environ, fields, source)

    return Role(source, ask)


def by_key(
    environ: Values,
    keys: Credentials,
    role: str,
    session: str,
    more: Values,
    source: str,
) -> Role:
    """A role that another key may assume; *more* are further request fields."""

    def ask() -> Temporary | None:
        fields = {
            **more,
            **_common("AssumeRole", role, session),
            "AccessKeyId": keys.id,
            "SignatureMethod": wire.HMAC_SHA1,
            "SignatureNonce": uuid4().hex,
            "SignatureVersion": wire.SIGNATURE_VERSION,
        }
        signature = wire.signature_v1(keys.secret, method="POST", params=fields)
        return _from_sts(environ, {**fields, "Signature": signature}, source)

    return Role(source, ask)


def _common(action: str, role: str, session: str) -> dict[str, str]:
    return {
        "Action": action,
        "DurationSeconds": str(DURATION),
        "Format": "JSON",
        "RoleArn": role,
        "RoleSessionName": session or SESSION,
        "Timestamp": datetime.now(UTC).strftime(wire.UTC_DATE),
        "Version": "2015-04-01",
    }


def _from_sts(environ: Values, fields: Values, source: str) -> Temporary | None:
    region = environ.get("ALIBABA_CLOUD_STS_REGION", "")
    inside = environ.get("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "").lower() == "true"
    prefix = "sts-vpc" if inside else "sts"
    usual = f"https://{prefix}.{region}.aliyuncs.com" if region else STS
    address = environ.get(STS_VARIABLE, usual).rstrip("/")
    if not address:
        return None
    body = wire.canonical_query(fields).encode()
    headers = {"Content-Type": wire.CONTENT_FORM}
    reply = object_from(Request("POST", f"{address}/", headers, body), environ)
    return _key_in(reply.get("Credentials"), source)


def _of_machine(
    address: str, role: str, environ: Values, source: str
) -> Temporary | None:
    """The key of the machine's role: the metadata service names the role, then gives
    it."""
    if not address:
        return None
    headers = {"X-aliyun-ecs-metadata-token-ttl-seconds": str(TOKEN_LIFE)}
    entry = text_from(Request("PUT", f"{address}/latest/api/token", headers), environ)
    if not entry and environ.get(NO_OLD_METADATA, "").lower() == "true":
        return None
    headers = {"X-aliyun-ecs-metadata-token": entry} if entry else {}
    folder = f"{address}/latest/meta-data/ram/security-credentials/"
    role = role or text_from(Request("GET", folder, headers), environ)
    if not role or "\n" in role:
        return None
    request = Request("GET", folder + quote(role, safe=""), headers)
    document = object_from(request, environ)
    return _key_in(document, source) if document.get("Code") == "Success" else None


def _key_in(document: object, source: str) -> Temporary | None:
    if not isinstance(document, Mapping):
        return None
    try:
        end = datetime.strptime(str(document.get("Expiration")), wire.UTC_DATE)
    except ValueError:
        return None
    expires = end.replace(tzinfo=UTC).timestamp()
    return temporary(document, KEY, expires, source)
