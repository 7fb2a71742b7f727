"""The eight actions: what is sent, and what each kind of reply means."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from scripted import JumpingClock, Script, everything_about, reply
from smsform.errors import (
    ProviderError,
    Refused,
    Scope,
    Unclear,
    Unexpected,
    Unreachable,
)
from smsform.http import Channel
from smsform.provider import CallRecord, Credentials, ProviderConfig
from smsform.providers.tencent import codes, wire
from smsform.providers.tencent.client import Client

SAMPLES = Path(__file__).parent / "data" / "api_samples"
KEYS = Credentials("AKIDplanted", "planted-secret-key", "planted-sts-token")
BODY = "planted-body"  # by name below, because a traceback shows source lines
SECRETS = (KEYS.secret, KEYS.token, "Signature=", BODY)

Use = Callable[[Client], object]
WRITES: dict[str, Use] = {
    wire.ADD_TEMPLATE: lambda c: c.add_template({"TemplateName": BODY}),
    wire.MODIFY_TEMPLATE: lambda c: c.modify_template("7", {"Remark": BODY}),
    wire.DELETE_TEMPLATE: lambda c: c.delete_template("7"),
    wire.ADD_SIGN: lambda c: c.add_sign({"SignName": BODY}),
    wire.MODIFY_SIGN: lambda c: c.modify_sign("7", {"Remark": BODY}),
    wire.DELETE_SIGN: lambda c: c.delete_sign("7"),
}
READS: dict[str, Use] = {
    wire.DESCRIBE_TEMPLATES: lambda c: c.describe_templates(0, ids=("7",)),
    wire.DESCRIBE_SIGNS: lambda c: c.describe_signs(0, ids=("7",)),
}
ALL = {**WRITES, **READS}
CREATES = {wire.ADD_TEMPLATE, wire.ADD_SIGN}


def a_client(*outcomes: Any, **config: Any) -> tuple[Client, Script, list[CallRecord]]:
    """A client over a script; the script; what ``-v`` would show."""
    script, clock, records = Script(*outcomes), JumpingClock(), []

    def on_call(*fields: Any) -> None:
        records.append(CallRecord("shop", *fields))

    channel = Channel(
        "shop",
        f"https://{wire.HOST}",
        clock,
        environ={},
        adapter=script,
        on_call=on_call,
    )
    settings = ProviderConfig("shop", "tencent", **config)
    return Client(settings, lambda: KEYS, channel, clock), script, records


def success(**payload: object) -> requests.Response:
    """The envelope of a success."""
    return reply({"Response": {**payload, "RequestId": "req-1"}})


def failure(code: str, message: str = "no", status: int = 200) -> requests.Response:
    """The envelope of an error."""
    error = {"Code": code, "Message": message}
    return reply({"Response": {"Error": error, "RequestId": "req-1"}}, status)


def raised(error: type[ProviderError], use: Use, *outcomes: Any, **config: Any) -> Any:
    """The error that *use* ends with; it shows no secret, nor do the records."""
    client, _, records = a_client(*outcomes, **config)
    with pytest.raises(ProviderError) as caught:
        use(client)
    assert type(caught.value) is error
    shown = everything_about(caught.value) + repr(records)
    assert not [secret for secret in SECRETS if secret in shown]
    return caught.value


# -- what is sent


@pytest.mark.parametrize("action", ALL)
def test_an_action_is_sent_with_its_name_version_region_and_token(action: str) -> None:
    """Everything the API wants beside the fields, in the documented headers."""
    payload = {wire.PAYLOAD[action]: {"TemplateId": "1", "SignId": 1}}
    if action in READS:
        payload = {wire.PAYLOAD[action]: []}  # type: ignore[dict-item]
    client, script, records = a_client(success(**payload), region="ap-beijing")
    ALL[action](client)
    headers = script.requests[0].headers
    assert headers["X-TC-Action"] == action
    assert headers["X-TC-Version"] == "2021-01-11"
    assert headers["X-TC-Region"] == "ap-beijing"
    assert headers["X-TC-Timestamp"] == "1700000000"
    assert headers["X-TC-Language"] == "en-US"
    assert headers["X-TC-Token"] == KEYS.token
    assert headers["Host"] == wire.HOST
    assert headers["Content-Type"] == "application/json"
    assert records[0] == CallRecord("shop", action, "ok", "req-1", 0.0)


def test_ids_are_numbers_on_the_way_out() -> None:
    """Add returns text, everything else takes numbers (models.py, 2026-11-21)."""
    client, script, _ = a_client(
        success(ModifyTemplateStatus={}, DeleteSignStatus={}),
        success(DescribeTemplateStatusSet=[]),
    )
    client.modify_template("1110", {"Remark": "r"})
    client.describe_templates(1, ids=("1110", "1111"))
    bodies = [json.loads(request.body or b"") for request in script.requests]
    assert bodies[0] == {"TemplateId": 1110, "Remark": "r"}
    assert bodies[1]["TemplateIdSet"] == [1110, 1111]
    assert bodies[1]["International"] == 1


def test_a_list_is_asked_for_with_an_explicit_limit() -> None:
    """The default of the template list is 0, which shows nothing."""
    client, script, _ = a_client(success(DescribeTemplateStatusSet=None))
    assert client.describe_templates(0, offset=200) == ()
    body = json.loads(script.requests[0].body or b"")
    assert body == {"International": 0, "Limit": 100, "Offset": 200}


def test_get_carries_everything_in_the_query() -> None:
    """Lists are flattened as the SDK flattens them."""
    client, script, _ = a_client(
        success(DescribeSignListStatusSet=[]), http_method="GET"
    )
    client.describe_signs(0, ids=("3", "4"))
    request = script.requests[0]
    query = parse_qs(urlsplit(request.url or "").query)
    assert (request.method, request.body) == ("GET", None)
    assert (query["SignIdSet.0"], query["SignIdSet.1"]) == (["3"], ["4"])


@pytest.mark.parametrize("algorithm", [wire.V1_SHA1, wire.V1_SHA256])
def test_the_older_methods_put_all_of_it_into_the_form(algorithm: str) -> None:
    """Key id, method, token and signature are parameters there."""
    client, script, _ = a_client(
        success(AddTemplateStatus={"TemplateId": "9"}), sign_method=algorithm
    )
    assert client.add_template({"TemplateName": "登录 & 注册"}) == "9"
    form = {
        key: value[0]
        for key, value in parse_qs((script.requests[0].body or b"").decode()).items()
    }
    assert form["SignatureMethod"] == algorithm
    assert form["Token"] == KEYS.token
    assert form["TemplateName"] == "登录 & 注册"
    assert form["Signature"] == wire.signature_v1(
        KEYS.secret, method="POST", host=wire.HOST, params=form, algorithm=algorithm
    )


def test_each_attempt_is_signed_anew() -> None:
    """A signature is good for five minutes; waiting may take longer."""
    client, script, _ = a_client(
        failure("RequestLimitExceeded"), success(DeleteTemplateStatus={})
    )
    client.delete_template("7")
    first, second = (r.headers["X-TC-Timestamp"] for r in script.requests)
    assert int(second) > int(first)


@pytest.mark.parametrize(
    ("site", "region"),
    [("domestic", "ap-guangzhou"), ("international", "ap-singapore")],
)
def test_a_region_is_always_sent(site: str, region: str) -> None:
    """It is mandatory in this version of the API."""
    client, script, _ = a_client(success(DescribeSignListStatusSet=[]), site=site)
    client.describe_signs(1)
    assert script.requests[0].headers["X-TC-Region"] == region


# -- what a reply means


@pytest.mark.parametrize("id", ["1110", 1110])
def test_an_id_is_text_here_however_it_came(id: object) -> None:
    """Templates answer with text, signatures with a number."""
    client, _, _ = a_client(
        success(AddTemplateStatus={"TemplateId": id}),
        success(AddSignStatus={"SignId": id}),
    )
    assert client.add_template({}) == "1110"
    assert client.add_sign({}) == "1110"


@pytest.mark.parametrize("action", WRITES)
@pytest.mark.parametrize(
    "answer",
    [
        success(),
        success(AddTemplateStatus=None),
        success(Other={}),
        reply(b""),
        reply(b"<html>"),
        reply(b"[]"),
        reply(b"[" * 100_000),
        reply({"Response": []}),
        reply({}),
        reply({"Response": None}),
        reply(b"\xff\xfe"),
        reply({"Response": {}}, 403),
        reply(b"forbidden", 403),
        reply(b"", 302),
        reply({"Response": {}}, 502),
        failure("InternalError.Timeout"),
        failure("InternalError.SomethingNew"),
        failure("FailedOperation.SomethingNew"),
        failure("ServiceUnavailable"),
        failure(""),
        reply({"Response": {"Error": "x"}}),
        failure("FailedOperation.TemplateIdNotExist", status=503),
    ],
)
def test_a_write_without_a_clear_answer_is_unclear(
    action: str, answer: requests.Response
) -> None:
    """Whatever is not a listed refusal or the payload leaves the outcome open."""
    client, script, _ = a_client(answer)
    with pytest.raises(Unclear):
        WRITES[action](client)
    assert len(script.requests) == 1


@pytest.mark.parametrize("action", ALL)
@pytest.mark.parametrize("status", [201, 302, 404, 500])
def test_a_payload_under_another_status_is_not_believed(
    action: str, status: int
) -> None:
    """Something between here and the service may have made it up."""
    payload: object = [] if action in READS else {"TemplateId": "1", "SignId": 1}
    answer = reply({"Response": {wire.PAYLOAD[action]: payload}}, status)
    client, _, _ = a_client(answer)
    with pytest.raises((Unexpected, Unreachable) if action in READS else Unclear):
        ALL[action](client)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (wire.MODIFY_TEMPLATE, "FailedOperation.MissingTemplateToModify"),
        (wire.DELETE_TEMPLATE, "FailedOperation.MissingTemplateToModify"),
        (wire.MODIFY_SIGN, "FailedOperation.MissingSignatureToModify"),
        (wire.DELETE_SIGN, "FailedOperation.SignIdNotExist"),
    ],
)
def test_a_write_to_what_is_gone_is_refused_as_gone(action: str, code: str) -> None:
    """The codes that mean an empty list to a Describe mean this to a write."""
    assert raised(Refused, WRITES[action], failure(code)).scope is Scope.GONE


@pytest.mark.parametrize("id", [None, "", "abc", 0, -1, True, 1.5, [], "²"])
def test_an_entry_without_a_usable_id_is_unclear(id: object) -> None:
    """It may exist; the list will tell."""
    raised(
        Unclear,
        WRITES[wire.ADD_TEMPLATE],
        success(AddTemplateStatus={"TemplateId": id}),
    )


@pytest.mark.parametrize("action", READS)
@pytest.mark.parametrize("payload", [None, []])
def test_no_entries_come_in_several_forms(action: str, payload: object) -> None:
    """Null and empty are the same; absent is the next test."""
    client, _, _ = a_client(success(**{wire.PAYLOAD[action]: payload}))
    assert READS[action](client) == ()


@pytest.mark.parametrize("action", READS)
@pytest.mark.parametrize(
    "answer", [success(), *[failure(code) for code in sorted(codes.NOTHING_THERE)]]
)
def test_nothing_there_may_also_be_an_absence_or_an_error(
    action: str, answer: requests.Response
) -> None:
    """Nobody documents which the service uses."""
    client, _, _ = a_client(answer)
    assert READS[action](client) == ()


@pytest.mark.parametrize("action", READS)
@pytest.mark.parametrize(
    "payload", [{}, "x", 1, ["x"], [{}], [{"TemplateName": "no id"}]]
)
def test_a_list_of_another_shape_is_unexpected(action: str, payload: object) -> None:
    """A fact about the service moved; nobody should guess."""
    raised(Unexpected, READS[action], success(**{wire.PAYLOAD[action]: payload}))


@pytest.mark.parametrize("answer", [reply(b"<html>"), reply(b"", 302), reply(b"", 404)])
def test_a_reading_that_is_not_the_service_is_unexpected(
    answer: requests.Response,
) -> None:
    """As behind a captive portal."""
    raised(Unexpected, READS[wire.DESCRIBE_SIGNS], answer)


@pytest.mark.parametrize("code", ["InternalError.Timeout", "ServiceUnavailable"])
def test_a_reading_the_service_broke_on_is_repeated(code: str) -> None:
    """A broken read is like a network fault."""
    client, _, _ = a_client(failure(code), success(DescribeSignListStatusSet=[]))
    assert client.describe_signs(0) == ()
    error = raised(Unreachable, READS[wire.DESCRIBE_SIGNS], failure(code))
    assert code in error.message()


@pytest.mark.parametrize("action", ALL)
@pytest.mark.parametrize("status", [200, 400, 403])
def test_a_listed_refusal_says_what_to_do(action: str, status: int) -> None:
    """Code, text, request id, scope and our advice; also in a 4xx envelope."""
    answer = failure("AuthFailure.SecretIdNotFound", "The SecretId …", status)
    error = raised(Refused, ALL[action], answer)
    assert (error.code, error.scope) == ("AuthFailure.SecretIdNotFound", Scope.ACCOUNT)
    assert error.request_id == "req-1"
    assert "AuthFailure.SecretIdNotFound" in error.message()
    assert "req-1" in error.message()
    assert error.hint() == codes.CODES["AuthFailure.SecretIdNotFound"].advice


def test_an_unknown_code_refuses_a_reading() -> None:
    """A read did nothing, so the service's word is enough."""
    error = raised(Refused, READS[wire.DESCRIBE_SIGNS], failure("Some.New", "why"))
    assert (error.code, error.text) == ("Some.New", "why")


@pytest.mark.parametrize(
    "code", ["RequestLimitExceeded", "RequestLimitExceeded.UinLimitExceeded"]
)
@pytest.mark.parametrize("action", sorted(ALL.keys() - CREATES))
def test_throttling_is_waited_out(action: str, code: str) -> None:
    """For writes too that may be made twice."""
    payload = {wire.PAYLOAD[action]: {"TemplateId": "1", "SignId": 1}}
    if action in READS:
        payload = {wire.PAYLOAD[action]: []}  # type: ignore[dict-item]
    client, script, records = a_client(failure(code), success(**payload))
    ALL[action](client)
    assert len(script.requests) == 2
    assert [record.outcome for record in records] == [code, "ok"]


@pytest.mark.parametrize("action", sorted(CREATES))
def test_a_throttled_creation_is_not_made_again_here(action: str) -> None:
    """Whether it was made after all, only a look at the list tells."""
    client, script, _ = a_client(failure("RequestLimitExceeded"))
    with pytest.raises(Refused) as caught:
        ALL[action](client)
    assert caught.value.scope is Scope.THROTTLE
    assert len(script.requests) == 1


def test_a_message_from_outside_is_cut() -> None:
    """A reply may be of any length."""
    error = raised(
        Refused,
        READS[wire.DESCRIBE_SIGNS],
        failure("InvalidParameter", "x" * 100_000),
    )
    assert len(error.message()) < 1000


@pytest.mark.parametrize("action", ALL)
def test_the_documented_example_is_understood(action: str) -> None:
    """Request and reply of the official command line's examples."""
    file = SAMPLES / f"2021-01-11_{action}.json"
    for example in json.loads(file.read_text("utf-8"))["examples"]:
        client, _, _ = a_client(reply(example["response"]))
        result = ALL[action](client)
        payload = example["response"]["Response"][wire.PAYLOAD[action]]
        if action in READS:
            assert result == tuple(payload)
        elif action in (wire.ADD_TEMPLATE, wire.ADD_SIGN):
            assert result == "1110"
