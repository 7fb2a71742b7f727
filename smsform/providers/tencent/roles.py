"""Temporary keys of a role: of the cluster (TKE, by OIDC) or of the machine (CVM).

The cluster's comes first: its four variables were set for this very process, while the
machine's role belongs to everything that runs there. Both as credential.py of
tencentcloud-sdk-python-common 3.1.195 does it, read 2026-11-21.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from smsform.account.chain import token_in
from smsform.account.roles import Role, Temporary, object_from, temporary, text_from
from smsform.http import Request
from smsform.words import say

DURATION = 7200  # seconds a key of the cluster's role is asked for
KEY = ("TmpSecretId", "TmpSecretKey", "Token")

METADATA = "http://metadata.tencentyun.com"
STS = "https://sts.tencentcloudapi.com"
# Other addresses for a proxy or a test; an empty one switches that role off.
METADATA_VARIABLE = "TENCENTCLOUD_METADATA_ENDPOINT"
STS_VARIABLE = "TENCENTCLOUD_STS_ENDPOINT"
ADDRESS_VARIABLES = (METADATA_VARIABLE, STS_VARIABLE)

CLUSTER = (
    "TKE_REGION",
    "TKE_PROVIDER_ID",
    "TKE_WEB_IDENTITY_TOKEN_FILE",
    "TKE_ROLE_ARN",
)


def sources(environ: Mapping[str, str]) -> Iterator[Role]:
    """The roles that may exist, in the order they are asked."""
    sts = environ.get(STS_VARIABLE, STS)
    if sts and all(environ.get(name) for name in CLUSTER):
        cluster = say("credentials.cluster_role", names=", ".join(CLUSTER))
        yield Role(cluster, lambda: _of_cluster(sts, environ, cluster))
    if metadata := environ.get(METADATA_VARIABLE, METADATA):
        machine = say("credentials.machine_role")
        yield Role(machine, lambda: _of_machine(metadata, environ, machine))


def _of_machine(
    address: str, environ: Mapping[str, str], source: str
) -> Temporary | None:
    """The key of the machine's role: the metadata service names the role, then gives
    it."""
    folder = f"{address.rstrip('/')}/latest/meta-data/cam/security-credentials/"
    role = text_from(Request("GET", folder, {}), environ)
    if not role or "\n" in role:
        return None
    document = object_from(Request("GET", folder + quote(role, safe=""), {}), environ)
    if document.get("Code") != "Success":
        return None
    return temporary(document, KEY, document.get("ExpiredTime"), source)


def _of_cluster(
    address: str, environ: Mapping[str, str], source: str
) -> Temporary | None:
    """A key that STS gives for the token in the cluster's file; the call is not
    signed."""
    region, provider, file, role = (environ[name] for name in CLUSTER)
    if (token := token_in(file)) is None:
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
    response = object_from(request, environ).get("Response")
    if not isinstance(response, dict):
        return None
    found, expires = response.get("Credentials"), response.get("ExpiredTime")
    return temporary(found, KEY, expires, source)
