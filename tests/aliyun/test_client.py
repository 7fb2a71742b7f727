"""The ten actions: what is sent, and what each kind of reply means."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

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
from smsform.provider import Accepted, CallRecord, Credentials, ProviderConfig
from smsform.providers.aliyun import codes, wire
from smsform.providers.aliyun.client import CREATES, READS, Client

SAMPLES = Path(__file__).parent / "data" / "api_samples"
KEYS = Credentials("LTAIplanted", "planted-secret-key", "planted-sts-token")
BODY = "planted-body"  # by name below, because a traceback shows source lines
SECRETS = (KEYS.secret, KEYS.token, "Signature=", BODY)
CODE, NAME = "SMS_1001", "示例商城"
COMMON = {"Code": "OK", "Message": "OK", "RequestId": "req-1"}

Use = Callable[[Client], object]
WRITES: dict[str, Use] = {
    wire.CREATE_TEMPLATE: lambda c: c.create_template({"TemplateName": BODY}),
    wire.UPDATE_TEMPLATE: lambda c: c.update_template(CODE, {"Remark": BODY}),
    wire.DELETE_TEMPLATE: lambda c: c.delete_template(CODE),
    wire.CREATE_SIGN: lambda c: c.create_sign({"Remark": BODY}),
    wire.UPDATE_SIGN: lambda c: c.update_sign(NAME, {"Remark": BODY}),
    wire.DELETE_SIGN: lambda c: c.delete_sign(NAME),
}
DETAILS: dict[str, Use] = {
    wire.GET_TEMPLATE: lambda c: c.get_template(CODE),
    wire.GET_SIGN: lambda c: c.get_sign(NAME),
}
LISTS: dict[str, Use] = {
    wire.LIST_TEMPLATES: lambda c: c.list_templates(1),
    wire.LIST_SIGNS: lambda c: c.list_signs(1),
}
ALL = {**WRITES, **DETAILS, **LISTS}
PAYLOAD = {
    action: {"TemplateCode": CODE} if "Template" in action else {"SignName": NAME}
    for action in ALL
}
PAYLOAD |= {action: {wire.ITEMS[action]: [], "TotalCount": 0} for action in LISTS}


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
    settings = ProviderConfig("shop", "aliyun", **config)
    return Client(settings, lambda: KEYS, channel, clock), script, records


def success(**payload: object) -> requests.Response:
    """The body of a success."""
    return reply({**COMMON, **payload})


def failure(
    code: str, message: str = "no", status: int = 200, **headers: str
) -> requests.Response:
    """A refusal of either layer; the gateway's says where it comes from."""
    document = {"Code": code, "Message": message, "RequestId": "req-1"}
    if status != 200:
        document |= {"HostId": wire.HOST, "Recommend": "https://example.com/"}
    response = reply(document, status)
    response.headers.update(headers)
    return response


def raised(error: type[ProviderError], use: Use, *outcomes: Any, **config: Any) -> Any:
    """The error that *use* ends with; it shows no secret, nor do the records."""
    client, _, records = a_client(*outcomes, **config)
    with pytest.raises(ProviderError) as caught:
        use(client)
    assert type(caught.value) is error
    shown = everything_about(caught.value) + repr(records)
    assert not [secret for secret in SECRETS if secret in shown]
    return caught.value


def sent(request: requests.PreparedRequest) -> dict[str, str]:
    """The parameters of a request."""
    query = urlsplit(request.url or "").query
    return dict(parse_qsl(query, keep_blank_values=True))


# -- what is sent


@pytest.mark.parametrize("action", ALL)
def test_an_action_is_sent_with_its_name_version_date_and_token(action: str) -> None:
    """Everything the API wants beside the fields, in the documented headers."""
    client, script, records = a_client(success(**PAYLOAD[action]))
    ALL[action](client)
    (request,) = script.requests
    headers = request.headers
    assert headers["x-acs-action"] == action
    assert headers["x-acs-version"] == "2017-05-25"
    assert headers["x-acs-date"] == "2023-11-14T22:13:20Z"
    assert headers["x-acs-security-token"] == KEYS.token
    assert headers["host"] == wire.HOST
    assert request.method == "POST"
    assert records[0] == CallRecord("shop", action, "ok", "req-1", 0.0)


def test_ids_and_fields_are_parameters_of_the_query() -> None:
    """As the official SDK sends them, numbers and truth values as text."""
    client, script, _ = a_client(success(**PAYLOAD[wire.UPDATE_TEMPLATE]))
    client.update_template(CODE, {"TemplateType": 0, "TemplateName": "登录 & 注册"})
    client.update_sign(NAME, {"ThirdParty": True, "SignName": "another"})
    template, sign = (sent(request) for request in script.requests)
    assert template == {
        "TemplateCode": CODE,
        "TemplateType": "0",
        "TemplateName": "登录 & 注册",
    }
    assert sign == {"SignName": NAME, "ThirdParty": "true"}


def test_a_page_is_asked_for_by_its_number_and_in_full() -> None:
    """Fifty entries are the most; the first page is 1."""
    client, script, _ = a_client(success(**PAYLOAD[wire.LIST_SIGNS]))
    client.list_signs(3)
    assert sent(script.requests[0]) == {"PageIndex": "3", "PageSize": "50"}


def test_get_is_used_where_the_service_takes_it() -> None:
    """Lists are posted all the same."""
    client, script, _ = a_client(
        success(**PAYLOAD[wire.GET_TEMPLATE]),
        success(**PAYLOAD[wire.LIST_TEMPLATES]),
        http_method="GET",
    )
    client.get_template(CODE)
    client.list_templates(1)
    assert [request.method for request in script.requests] == ["GET", "POST"]


def test_the_older_method_puts_all_of_it_into_the_query() -> None:
    """Key id, method, token and signature are parameters there."""
    client, script, _ = a_client(
        success(**PAYLOAD[wire.CREATE_TEMPLATE]), sign_method=wire.HMAC_SHA1
    )
    assert client.create_template({"TemplateName": "登录 & 注册"}).id == CODE
    params = sent(script.requests[0])
    assert params["Action"] == wire.CREATE_TEMPLATE
    assert params["SecurityToken"] == KEYS.token
    assert params["Timestamp"] == "2023-11-14T22:13:20Z"
    signature = params.pop("Signature")
    assert signature == wire.signature_v1(KEYS.secret, method="POST", params=params)
    assert "Authorization" not in script.requests[0].headers


@pytest.mark.parametrize("method", wire.SIGN_METHODS)
def test_each_attempt_is_signed_anew(method: str) -> None:
    """A number is used once, and a signature is good for fifteen minutes."""
    client, script, _ = a_client(
        failure("Throttling.User", status=400, **{"x-acs-retry-after": "5000"}),
        success(**PAYLOAD[wire.DELETE_SIGN]),
        sign_method=method,
    )
    client.delete_sign(NAME)
    used = [
        (
            request.headers.get("x-acs-date") or sent(request)["Timestamp"],
            request.headers.get("x-acs-signature-nonce")
            or sent(request)["SignatureNonce"],
        )
        for request in script.requests
    ]
    assert len(used) == 2
    assert used[0][0] < used[1][0]
    assert used[0][1] != used[1][1]


# -- what a reply means


def test_a_creation_returns_what_it_is_called_by_from_now_on() -> None:
    """A template has a code, a signature its name."""
    client, _, _ = a_client(
        success(TemplateCode=CODE, OrderId="20"), success(SignName=NAME, OrderId="21")
    )
    assert client.create_template({}) == Accepted(CODE, "20")
    assert client.create_sign({}) == Accepted(NAME, "21")


@pytest.mark.parametrize("action", WRITES)
@pytest.mark.parametrize(
    "answer",
    [
        reply(b""),
        reply(b"<html>"),
        reply(b"[]"),
        reply(b"[" * 100_000),
        reply({}),
        reply({"Message": "OK"}),
        reply({"Code": None}),
        reply({"Code": ["OK"]}),
        reply(b"\xff\xfe"),
        reply({"Response": {}}, 403),
        reply(b"forbidden", 403),
        reply(b"", 302),
        reply(COMMON, 502),
        reply(COMMON, 400),
        failure("InternalError", status=500),
        failure("ServiceUnavailable", status=503),
        failure("InternalError", status=400),
        failure("isp.SYSTEM_ERROR"),
        failure("isp.GATEWAY_ERROR"),
        failure("isp.SOMETHING_NEW"),
        failure("SOMETHING_NEW"),
        failure("SomethingNew", status=400),
        failure("InvalidSomethingNew"),
        failure("SignatureNonceUsed", status=400),
        failure("TemplateNotFound", status=503),
        failure("Throttling.User", status=503),
    ],
)
def test_a_write_without_a_clear_answer_is_unclear(
    action: str, answer: requests.Response
) -> None:
    """Whatever is not a listed refusal or a success leaves the outcome open."""
    client, script, _ = a_client(answer)
    with pytest.raises(Unclear):
        WRITES[action](client)
    assert len(script.requests) == 1


@pytest.mark.parametrize("action", WRITES)
@pytest.mark.parametrize(
    "fault",
    [
        requests.ReadTimeout("planted"),
        requests.ConnectionError("planted"),
        requests.exceptions.ChunkedEncodingError("planted"),
    ],
)
def test_a_write_whose_answer_is_lost_is_not_sent_again(
    action: str, fault: Exception
) -> None:
    """A second one might be a second entry; and no address with a key is shown."""
    client, script, _ = a_client(fault, success(**PAYLOAD[action]))
    with pytest.raises(Unclear):
        WRITES[action](client)
    assert len(script.requests) == 1
    for method in wire.SIGN_METHODS:
        raised(Unclear, WRITES[action], fault, sign_method=method)


@pytest.mark.parametrize("action", ALL)
@pytest.mark.parametrize("status", [201, 302, 404, 500])
def test_a_success_under_another_status_is_not_believed(
    action: str, status: int
) -> None:
    """Something between here and the service may have made it up."""
    client, _, _ = a_client(reply({**COMMON, **PAYLOAD[action]}, status))
    with pytest.raises((Unexpected, Unreachable) if action in READS else Unclear):
        ALL[action](client)


@pytest.mark.parametrize("action", sorted(CREATES))
@pytest.mark.parametrize("id", [None, "", " ", 0, 12, True, [], {}])
def test_an_entry_without_a_usable_id_is_unclear(action: str, id: object) -> None:
    """It may exist; the list will tell."""
    raised(Unclear, WRITES[action], success(TemplateCode=id, SignName=id))


@pytest.mark.parametrize("action", LISTS)
@pytest.mark.parametrize("items", [[], None])
def test_no_entries_are_an_empty_list_or_none(action: str, items: object) -> None:
    """None at all is believed only where the service counts none."""
    key = wire.ITEMS[action]
    client, _, _ = a_client(success(**{key: items, "TotalCount": 0}))
    assert LISTS[action](client) == ((), 0)
    raised(Unexpected, LISTS[action], success(**{key: None, "TotalCount": 3}))
    raised(Unexpected, LISTS[action], success())


@pytest.mark.parametrize("action", LISTS)
@pytest.mark.parametrize(
    "payload", [{}, "x", 1, ["x"], [{}], [{"TemplateName": "no code"}], {"Dto": []}]
)
def test_a_list_of_another_shape_is_unexpected(action: str, payload: object) -> None:
    """A fact about the service moved; nobody should guess."""
    answer = success(**{wire.ITEMS[action]: payload, "TotalCount": 1})
    raised(Unexpected, LISTS[action], answer)


@pytest.mark.parametrize("total", [None, "7", -1, True, 1.5])
def test_a_count_that_is_none_is_not_counted_with(total: object) -> None:
    """The list is then read until a page is not full."""
    client, _, _ = a_client(success(SmsTemplateList=[], TotalCount=total))
    assert client.list_templates(1).total is None


@pytest.mark.parametrize(
    ("action", "code", "status"),
    [
        (wire.GET_TEMPLATE, "TemplateNotFound", 404),
        (wire.GET_TEMPLATE, "isv.SMS_TEMPLATE_ILLEGAL", 200),
        (wire.GET_SIGN, "SignatureNotFound", 404),
        (wire.GET_SIGN, "isv.SMS_SIGNATURE_ILLEGAL", 200),
    ],
)
def test_an_entry_that_is_not_there_is_none(
    action: str, code: str, status: int
) -> None:
    """In both layers, so that others read on."""
    client, _, _ = a_client(failure(code, status=status))
    assert DETAILS[action](client) is None


@pytest.mark.parametrize("action", DETAILS)
def test_an_answer_about_another_entry_is_unexpected(action: str) -> None:
    """Nothing may be decided by it."""
    answer = success(TemplateCode="SMS_2", SignName="另一个")
    raised(Unexpected, DETAILS[action], answer)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (wire.DELETE_TEMPLATE, "isv.SMS_TEMPLATE_ILLEGAL"),
        (wire.UPDATE_TEMPLATE, "TemplateNotFound"),
        (wire.DELETE_SIGN, "isv.SMS_SIGNATURE_ILLEGAL"),
        (wire.UPDATE_SIGN, "SignatureNotFound"),
    ],
)
def test_a_write_to_what_is_gone_is_refused_as_gone(action: str, code: str) -> None:
    """So that a deletion of it counts as done."""
    assert raised(Refused, WRITES[action], failure(code)).scope is Scope.GONE


@pytest.mark.parametrize("action", sorted(CREATES))
def test_a_creation_is_never_refused_as_gone(action: str) -> None:
    """What it misses is something else it names: the related signature."""
    error = raised(Refused, WRITES[action], failure("isv.SMS_SIGNATURE_ILLEGAL"))
    assert error.scope is Scope.ENTRY


@pytest.mark.parametrize("answer", [reply(b"<html>"), reply(b"", 302), reply(b"", 404)])
def test_a_reading_that_is_not_the_service_is_unexpected(
    answer: requests.Response,
) -> None:
    """As behind a captive portal."""
    raised(Unexpected, LISTS[wire.LIST_SIGNS], answer)


@pytest.mark.parametrize(
    "answer",
    [
        failure("isp.SYSTEM_ERROR"),
        failure("InternalError", status=500),
        failure("ServiceUnavailable", status=503),
        reply(b"<html>", 502),
        failure("SignatureNonceUsed", status=400),
    ],
)
def test_a_reading_the_service_broke_on_is_repeated(answer: requests.Response) -> None:
    """A broken read is like a network fault."""
    client, _, _ = a_client(answer, success(**PAYLOAD[wire.LIST_SIGNS]))
    assert client.list_signs(1).items == ()
    raised(Unreachable, LISTS[wire.LIST_SIGNS], answer)


@pytest.mark.parametrize("action", ALL)
@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("InvalidAccessKeyId.NotFound", 404),
        ("InvalidAccessKeyId.NotFound", 400),
        ("ForbiddenAction", 400),
        ("isp.RAM_PERMISSION_DENY", 200),
    ],
)
def test_a_listed_refusal_says_what_to_do(action: str, code: str, status: int) -> None:
    """Code, text, request id, scope and our advice; from either layer."""
    error = raised(Refused, ALL[action], failure(code, "没有访问权限", status))
    assert (error.code, error.scope) == (code, Scope.ACCOUNT)
    assert error.request_id == "req-1"
    assert code in error.message()
    assert "req-1" in error.message()
    assert error.hint() == codes.CODES[code].advice


@pytest.mark.parametrize("action", WRITES)
@pytest.mark.parametrize("code", ["MissingSomething", "InvalidSomething"])
def test_the_gateway_refuses_before_anything_is_done(action: str, code: str) -> None:
    """Its families are refusals with a 4xx, whatever the parameter is called."""
    assert raised(Refused, WRITES[action], failure(code, status=400)).code == code


def test_an_unknown_code_refuses_a_reading() -> None:
    """A read did nothing, so the service's word is enough."""
    error = raised(Refused, LISTS[wire.LIST_SIGNS], failure("isv.NEW", "why"))
    assert (error.code, error.text) == ("isv.NEW", "why")


@pytest.mark.parametrize("code", ["Throttling", "Throttling.User", "Throttling.Api"])
@pytest.mark.parametrize("action", sorted(ALL.keys() - CREATES))
def test_throttling_is_waited_out(action: str, code: str) -> None:
    """For writes too that may be made twice."""
    client, script, records = a_client(
        failure(code, status=400), success(**PAYLOAD[action])
    )
    ALL[action](client)
    assert len(script.requests) == 2
    assert [record.outcome for record in records] == [code, "ok"]


@pytest.mark.parametrize(
    ("wish", "least"),
    [
        ("7500", 7.5),
        ("", 0.5),
        ("0", 0.5),
        ("-4", 0.5),
        ("soon", 0.5),
        ("²", 0.5),
        ("9" * 400, 0.5),
        ("9" * 5000, 0.5),
    ],
    ids=range(8),
)
def test_the_time_the_service_asks_for_is_waited(wish: str, least: float) -> None:
    """In milliseconds; without it or with nonsense the pauses double."""
    answer = failure("Throttling.User", status=400, **{"X-Acs-Retry-After": wish})
    client, _, _ = a_client(answer, success(**PAYLOAD[wire.DELETE_SIGN]))
    client.delete_sign(NAME)
    clock = client._clock
    assert isinstance(clock, JumpingClock)
    assert least <= max(clock.pauses) <= max(least, 1.1)


def test_a_service_that_asks_for_a_day_is_asked_again_in_a_minute() -> None:
    """Nobody's run should hang on one header."""
    answer = failure("Throttling", status=400, **{"x-acs-retry-after": "86400000"})
    client, _, _ = a_client(answer, success(**PAYLOAD[wire.DELETE_SIGN]))
    client.delete_sign(NAME)
    assert isinstance(client._clock, JumpingClock)
    assert max(client._clock.pauses) == 60.0


@pytest.mark.parametrize("action", sorted(CREATES))
def test_a_throttled_creation_is_not_made_again_here(action: str) -> None:
    """Whether it was made after all, only a look at the list tells."""
    told = {"x-acs-retry-after": "7500"}
    client, script, _ = a_client(failure("Throttling.User", status=400, **told))
    with pytest.raises(Refused) as caught:
        ALL[action](client)
    assert (caught.value.scope, caught.value.wait) == (Scope.THROTTLE, 7.5)
    assert len(script.requests) == 1


def test_a_message_from_outside_is_cut() -> None:
    """A reply may be of any length."""
    answer = failure("InvalidParameter", "x" * 100_000, 400)
    error = raised(Refused, LISTS[wire.LIST_SIGNS], answer)
    assert len(error.message()) < 1000


@pytest.mark.parametrize("action", ALL)
def test_the_documented_example_is_understood(action: str) -> None:
    """The replies of the published metadata."""
    file = SAMPLES / f"2017-05-25_{action}.json"
    found = 0
    for example in json.loads(file.read_text("utf-8"))["responses"]:
        if example["type"] != "json":
            continue
        found += 1
        response = example["response"]
        client, _, _ = a_client(reply(response))
        if action in DETAILS:
            name = "get_template" if action == wire.GET_TEMPLATE else "get_sign"
            id = response["TemplateCode" if "Template" in action else "SignName"]
            assert getattr(client, name)(id) == response
        elif action in LISTS:
            items = tuple(response[wire.ITEMS[action]])
            assert ALL[action](client) == (items, response["TotalCount"])
        elif action in CREATES:
            accepted = ALL[action](client)
            assert {accepted.id, accepted.order} <= set(response.values())
        else:
            ALL[action](client)
    assert found
