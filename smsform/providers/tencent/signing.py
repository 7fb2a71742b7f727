"""Requests signed the three ways the API knows, over the very bytes that are sent.

As abstract_client.py of tencentcloud-sdk-python-common 3.1.195 does it, read
2026-11-21; the tests compare with it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from smsform.http import Request
from smsform.provider import Credentials
from smsform.providers.tencent import wire

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class CallStyle(NamedTuple):
    """How calls are made: ``scheme://host[:port]``, GET or POST, the algorithm."""

    base: str
    method: str = "POST"
    algorithm: str = wire.TC3

    @property
    def host(self) -> str:
        """The Host header, which gets signed: with the port, if there is one."""
        return urlsplit(self.base).netloc

    def address(self, query: str) -> str:
        """What to call, with *query* as it was signed."""
        return f"{self.base}/?{query}" if query else f"{self.base}/"


def signed(
    line: CallStyle,
    common: Mapping[str, str],
    fields: Mapping[str, object],
    keys: Credentials,
) -> Request:
    """A request for *fields*; *common* has Action, Version, Timestamp, Region, …"""
    sign = _signed_headers if line.algorithm == wire.TC3 else _signed_parameters
    return sign(line, common, fields, keys)


def _signed_headers(
    line: CallStyle,
    common: Mapping[str, str],
    fields: Mapping[str, object],
    keys: Credentials,
) -> Request:
    """TC3: the fields are JSON in the body, or a query for GET."""
    if line.method == "GET":
        query, body, content_type = urlencode(wire.flatten(fields)), b"", FORM
    else:
        query, body, content_type = "", json.dumps(fields).encode(), JSON
    timestamp = int(common["Timestamp"])
    signature = wire.signature(
        keys.secret,
        method=line.method,
        query=query,
        payload=body,
        headers=(("content-type", content_type), ("host", line.host)),
        timestamp=timestamp,
    )
    scope = f"{keys.id}/{wire.utc_date(timestamp)}/{wire.SERVICE}/tc3_request"
    headers = {
        "Content-Type": content_type,
        "Host": line.host,
        **{f"X-TC-{name}": value for name, value in common.items()},
        "Authorization": f"{wire.TC3} Credential={scope}, "
        f"SignedHeaders=content-type;host, Signature={signature}",
    }
    if keys.token:
        headers["X-TC-Token"] = keys.token
    return Request(line.method, line.address(query), headers, body)


def _signed_parameters(
    line: CallStyle,
    common: Mapping[str, str],
    fields: Mapping[str, object],
    keys: Credentials,
) -> Request:
    """Version 1: everything is a parameter, url-encoded in the body or the query."""
    params = {
        **wire.flatten(fields),
        **common,
        "Nonce": str(random.randint(1, 2**31)),
        "SecretId": keys.id,
        "SignatureMethod": line.algorithm,
    }
    if keys.token:
        params["Token"] = keys.token
    params["Signature"] = wire.signature_v1(
        keys.secret,
        method=line.method,
        host=line.host,
        params=params,
        algorithm=line.algorithm,
    )
    headers = {"Content-Type": FORM, "Host": line.host}
    encoded = urlencode(params)
    if line.method == "GET":
        return Request(line.method, line.address(encoded), headers)
    return Request(line.method, line.address(""), headers, encoded.encode())
