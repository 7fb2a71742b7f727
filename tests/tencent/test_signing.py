"""Requests are signed as the official SDK signs them, over the bytes that are sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from tencentcloud.common import abstract_client
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.sign import Sign
from tencentcloud.sms.v20210111.sms_client import SmsClient

from smsform.http import Request
from smsform.provider import Credentials
from smsform.providers.tencent import signing, wire
from smsform.providers.tencent.signing import CallStyle, signed

VECTORS = json.loads(
    (Path(__file__).parent / "data" / "signing_vectors.json").read_text("utf-8")
)["vectors"]
HOST = "sms.tencentcloudapi.com"
LANGUAGE, REGION, NONCE = "en-US", "ap-guangzhou", 4711
METHODS = [(s, h) for s in wire.SIGN_METHODS for h in ("POST", "GET")]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda row: row["name"])
def test_published_signatures_come_out_or_are_known_not_to(
    vector: dict[str, Any],
) -> None:
    """Verified rows match; the two published mistakes must not."""
    inputs, expected = vector["inputs"], vector["expected"]["signature"]
    if vector["scheme"] == wire.TC3:
        values = {
            "content-type": inputs["content_type"],
            "host": inputs["host"],
            "x-tc-action": inputs["action"],
        }
        ours = wire.signature(
            inputs["secret_key"],
            method=inputs["method"],
            query=inputs["canonical_querystring"],
            payload=inputs["payload"].encode(),
            headers=[(n, values[n]) for n in inputs["signed_headers"].split(";")],
            timestamp=inputs["timestamp"],
            service=inputs["service"],
            path=inputs["canonical_uri"],
        )
    else:
        ours = wire.signature_v1(
            inputs["secret_key"],
            method=inputs["method"],
            host=inputs["host"],
            path=inputs["path"],
            params=inputs["params"],
            algorithm=vector["scheme"].rpartition(" ")[2],
        )
    assert (ours == expected) is vector["verified"]
    assert ours == vector["computed"]


def by_the_sdk(
    action: str,
    fields: dict[str, object],
    keys: Credentials,
    timestamp: int,
    line: CallStyle,
) -> SimpleNamespace:
    """What the official client would send: headers and body (or query)."""
    profile = ClientProfile(
        signMethod=line.algorithm,
        language=LANGUAGE,
        httpProfile=HttpProfile(endpoint=line.host, reqMethod=line.method),
    )
    credential = Credential(keys.id, keys.secret, keys.token or None)
    client = SmsClient(credential, REGION, profile)
    client.request_client = "agent"
    request = SimpleNamespace(method=line.method, uri="/", header={}, data="")
    day = datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
    with (
        patch.object(abstract_client.time, "time", lambda: timestamp),
        patch.object(abstract_client.random, "randint", lambda *_: NONCE),
        patch.object(abstract_client, "datetime") as clock,
    ):
        clock.utcfromtimestamp.return_value = day
        client._build_req_inter(action, fields, request)
    return request


def by_us(
    action: str,
    fields: dict[str, object],
    keys: Credentials,
    timestamp: int,
    line: CallStyle,
) -> Request:
    """What we would send."""
    common = {
        "Action": action,
        "Version": wire.VERSION,
        "Timestamp": str(timestamp),
        "Region": REGION,
        "Language": LANGUAGE,
        "RequestClient": "agent",
    }
    with patch.object(signing.random, "randint", lambda *_: NONCE):
        return signed(line, common, fields, keys)


KEY = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=50
)
VALUE = st.one_of(
    st.text(max_size=40), st.integers(), st.lists(st.integers(0, 9999), max_size=4)
)
FIELDS = st.dictionaries(
    st.sampled_from(["TemplateName", "TemplateContent", "Remark", "TemplateIdSet"]),
    VALUE,
)
ENCODABLE = st.deferred(
    lambda: FIELDS.filter(
        lambda fields: not any("\ud800" <= c <= "\udfff" for c in str(fields))
    )
)


@pytest.mark.parametrize(("algorithm", "method"), METHODS)
@given(
    fields=ENCODABLE,
    keys=st.builds(Credentials, KEY, KEY, st.one_of(st.just(""), KEY)),
    timestamp=st.integers(1_000_000_000, 4_000_000_000),
    host=st.sampled_from([HOST, "127.0.0.1:40055", "sms.ap-shanghai-fsi.example.com"]),
)
def test_a_request_is_what_the_official_sdk_would_send(
    algorithm: str,
    method: str,
    fields: dict[str, object],
    keys: Credentials,
    timestamp: int,
    host: str,
) -> None:
    """Same input, same signature: any text, any key, every method."""
    line = CallStyle(f"https://{host}", method, algorithm)
    theirs = by_the_sdk(wire.DESCRIBE_TEMPLATES, fields, keys, timestamp, line)
    ours = by_us(wire.DESCRIBE_TEMPLATES, fields, keys, timestamp, line)
    query, body = urlsplit(ours.url).query, ours.body.decode()
    sent = query if method == "GET" else body
    if algorithm == wire.TC3:
        assert ours.headers == theirs.header
        assert sent == theirs.data
    else:
        pairs = dict(parse_qsl(theirs.data, keep_blank_values=True))
        assert dict(parse_qsl(sent, keep_blank_values=True)) == pairs


@given(fields=ENCODABLE, method=st.sampled_from(["GET", "POST"]))
def test_the_address_on_the_wire_is_the_one_that_was_signed(
    fields: dict[str, object], method: str
) -> None:
    """The HTTP library must not re-encode a signed query."""
    keys = Credentials("id", "secret")
    ours = by_us("X", fields, keys, 1_700_000_000, CallStyle(f"https://{HOST}", method))
    prepared = requests.PreparedRequest()
    prepared.prepare(method, ours.url, dict(ours.headers), data=ours.body)
    assert prepared.url == ours.url
    assert (prepared.body or b"") == ours.body
    date, query = wire.utc_date(1_700_000_000), urlsplit(ours.url).query
    assert prepared.path_url == "/" + (f"?{query}" if query else "")
    assert f"/{date}/sms/tc3_request" in prepared.headers["Authorization"]


def test_the_sdk_and_we_share_one_known_signature() -> None:
    """Computed with tencentcloud.common.sign on 2026-11-21; neither may move."""
    body = json.dumps({"International": 0, "Limit": 100, "Offset": 0})
    ours = wire.signature(
        "SKEXAMPLE",
        method="POST",
        query="",
        payload=body.encode(),
        headers=[("Content-Type", "application/json"), ("Host", HOST)],
        timestamp=1_700_000_000,
    )
    assert ours == "5f08b2c3686e669846ab7fbc712c06d4c68966afade041963e45fde3c5c7807d"
    hashed = "8e39ac392cbdde9ecf2c325aaf5b212b49e7fb5d4a77c1becd387fc27b6d730b"
    text = f"{wire.TC3}\n1700000000\n2023-11-14/sms/tc3_request\n{hashed}"
    assert ours == Sign.sign_tc3("SKEXAMPLE", "2023-11-14", "sms", text)
