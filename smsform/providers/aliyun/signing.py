"""Requests signed the two ways the API knows, over the very bytes that are sent.

As alibabacloud_tea_openapi 0.4.6 (client.py: do_request, do_rpcrequest) and
aliyun-python-sdk-core 2.16.1 do it, read 2026-11-21; the tests compare with them. Both
put the fields into the query, for POST too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from smsform.http import Request
from smsform.provider import Credentials
from smsform.providers.aliyun import wire

JSON = "application/json"
NOTHING = hashlib.sha256(b"").hexdigest()  # every body is empty


class CallStyle(NamedTuple):
    """How calls are made: ``scheme://host[:port]``, GET or POST, the algorithm."""

    base: str
    method: str = "POST"
    algorithm: str = wire.ACS3

    def request(
        self, method: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> Request:
        """The request with *params* encoded as they were signed."""
        query = wire.canonical_query(params)
        address = f"{self.base}/?{query}" if query else f"{self.base}/"
        return Request(method, address, headers)


class Call(NamedTuple):
    """One call: its action, when it is made (``wire.UTC_DATE``), a number used once."""

    action: str
    date: str
    nonce: str


def signed(
    line: CallStyle, call: Call, fields: Mapping[str, str], keys: Credentials
) -> Request:
    """A request for *fields*; lists take POST only, whatever the line says."""
    method = "POST" if call.action in wire.POST_ONLY else line.method
    sign = _signed_headers if line.algorithm == wire.ACS3 else _signed_parameters
    return sign(line, method, call, fields, keys)


def _signed_headers(
    line: CallStyle,
    method: str,
    call: Call,
    fields: Mapping[str, str],
    keys: Credentials,
) -> Request:
    """ACS3: the fields are the query, everything else is in headers, all signed."""
    headers = {
        "host": urlsplit(line.base).netloc,
        "accept": JSON,
        "x-acs-action": call.action,
        "x-acs-content-sha256": NOTHING,
        "x-acs-date": call.date,
        "x-acs-signature-nonce": call.nonce,
        "x-acs-version": wire.VERSION,
    }
    if keys.token:
        headers["x-acs-accesskey-id"] = keys.id
        headers["x-acs-security-token"] = keys.token
    names = sorted(headers)
    signature = wire.signature(
        keys.secret,
        method=method,
        query=fields,
        payload_sha256=NOTHING,
        headers=[(name, headers[name]) for name in names],
    )
    headers["Authorization"] = (
        f"{wire.ACS3} Credential={keys.id},SignedHeaders={';'.join(names)},"
        f"Signature={signature}"
    )
    return line.request(method, fields, headers)


def _signed_parameters(
    line: CallStyle,
    method: str,
    call: Call,
    fields: Mapping[str, str],
    keys: Credentials,
) -> Request:
    """HMAC-SHA1: everything is a parameter."""
    params = {
        **fields,
        "AccessKeyId": keys.id,
        "Action": call.action,
        "Format": "JSON",
        "SignatureMethod": wire.HMAC_SHA1,
        "SignatureNonce": call.nonce,
        "SignatureVersion": wire.SIGNATURE_VERSION,
        "Timestamp": call.date,
        "Version": wire.VERSION,
    }
    if keys.token:
        params["SecurityToken"] = keys.token
    params["Signature"] = wire.signature_v1(keys.secret, method=method, params=params)
    headers = {"host": urlsplit(line.base).netloc, "accept": JSON}
    return line.request(method, params, headers)
