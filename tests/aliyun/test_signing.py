"""Requests are signed as the official SDKs sign them, over the bytes that are sent."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from alibabacloud_tea_openapi.utils import Utils
from aliyunsdkcore.auth.composer import rpc_signature_composer
from hypothesis import given
from hypothesis import strategies as st

from smsform.provider import Credentials
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.signing import NOTHING, Call, CallStyle, signed

VECTORS = json.loads(
    (Path(__file__).parent / "data" / "signing_vectors.json").read_text("utf-8")
)["vectors"]
HOST = wire.HOST
CALL = Call(wire.CREATE_TEMPLATE, "2024-01-02T03:04:05Z", "0123456789abcdef")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda row: row["name"])
def test_published_signatures_come_out_or_are_known_not_to(
    vector: dict[str, Any],
) -> None:
    """Verified rows match; the published mistake must not."""
    inputs, expected = vector["inputs"], vector["expected"]["signature"]
    secret, method = inputs["access_key_secret"], inputs["method"]
    if vector["scheme"] == wire.ACS3:
        ours = wire.signature(
            secret,
            method=method,
            query=inputs["query"],
            payload_sha256=NOTHING,
            headers=sorted(inputs["headers"].items()),
            path=inputs["canonical_uri"],
        )
    else:
        ours = wire.signature_v1(secret, method=method, params=inputs["params"])
    assert (ours == expected) is vector["verified"]
    assert ours == vector["computed"]


KEY = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=50
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FIELDS = st.dictionaries(
    st.sampled_from([*wire.TEMPLATE_FIELDS, *wire.SIGN_FIELDS, "MoreData.1", "a-_~"]),
    TEXT,
    max_size=6,
)
KEYS = st.builds(Credentials, KEY, KEY, st.one_of(st.just(""), KEY))
METHODS = st.sampled_from(["GET", "POST"])


@given(
    fields=FIELDS,
    keys=KEYS,
    method=METHODS,
    host=st.sampled_from([HOST, "127.0.0.1:40055", *wire.REGION_HOSTS.values()]),
)
def test_headers_are_signed_as_by_the_official_sdk(
    fields: dict[str, str], keys: Credentials, method: str, host: str
) -> None:
    """The same headers and query, the same Authorization: any text, any key."""
    ours = signed(CallStyle(f"https://{host}", method), CALL, fields, keys)
    headers = dict(ours.headers)
    authorization = headers.pop("Authorization")
    request = SimpleNamespace(
        method=method, pathname="/", query=fields, headers=headers
    )
    assert authorization == Utils.get_authorization(
        request, wire.ACS3, headers["x-acs-content-sha256"], keys.id, keys.secret
    )
    assert headers["host"] == host
    assert headers.get("x-acs-security-token", "") == keys.token


@given(fields=FIELDS, keys=KEYS, method=METHODS)
def test_parameters_are_signed_as_by_both_official_sdks(
    fields: dict[str, str], keys: Credentials, method: str
) -> None:
    """The current SDK's and the older one's HMAC-SHA1 agree with ours."""
    line = CallStyle(f"https://{HOST}", method, wire.HMAC_SHA1)
    ours = signed(line, CALL, fields, keys)
    query = urlsplit(ours.url).query
    params = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
    signature = params.pop("Signature")
    assert {**params, **fields} == params
    assert params.get("SecurityToken", "") == keys.token
    assert signature == Utils.get_rpcsignature(params, method, keys.secret)
    composer = vars(rpc_signature_composer)
    text = composer["__compose_string_to_sign"](method, params)
    assert signature == composer["__get_signature"](text, keys.secret)


@given(
    fields=FIELDS,
    method=METHODS,
    algorithm=st.sampled_from(wire.SIGN_METHODS),
)
def test_the_address_on_the_wire_is_the_one_that_was_signed(
    fields: dict[str, str], method: str, algorithm: str
) -> None:
    """The HTTP library must not re-encode a signed query."""
    keys = Credentials("id", "secret")
    ours = signed(CallStyle(f"https://{HOST}", method, algorithm), CALL, fields, keys)
    prepared = requests.PreparedRequest()
    prepared.prepare(method, ours.url, dict(ours.headers), data=ours.body)
    assert prepared.url == ours.url
    assert prepared.body in (None, b"")
    assert prepared.headers["host"] == HOST
    query = urlsplit(ours.url).query
    sent = dict(parse_qsl(query, keep_blank_values=True))
    assert {**sent, **fields} == sent


@pytest.mark.parametrize("action", sorted(wire.POST_ONLY))
def test_lists_are_posted_whatever_the_line_says(action: str) -> None:
    """They do not take GET."""
    line = CallStyle(f"https://{HOST}", "GET")
    keys = Credentials("id", "secret")
    assert signed(line, CALL._replace(action=action), {}, keys).method == "POST"
    assert signed(line, CALL, {}, keys).method == "GET"
