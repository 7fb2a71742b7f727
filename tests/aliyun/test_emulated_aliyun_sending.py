"""Messages at the emulator, sent by the official SDK: accepted, refused, rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sdks import NEW_METHODS, Emulate, Sdk, build

from smsform.clock import SystemClock
from smsform.emulation import outbox
from smsform.emulation.reviewer import judge
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.providers.aliyun import wire

CODE = 481_000_100
SEEDS: tuple[Mapping[str, Any], ...] = (
    {"SignName": "示例商城"},
    {"SignName": "ExampleShop"},
    {
        "TemplateCode": f"SMS_{CODE}",
        "TemplateName": "登录验证码",
        "TemplateType": wire.VERIFICATION,
        "TemplateRule": '{"code":"numberCaptcha"}',
        "TemplateContent": "${code}为您的登录验证码。",
    },
    {
        "TemplateCode": "SMS_481000101",
        "TemplateName": "Login code",
        "IntlType": 2,
        "TemplateType": wire.INTERNATIONAL,
        "TemplateContent": "Your code is ${code}.",
    },
)
SEND: Mapping[str, Any] = {
    "PhoneNumbers": "13800138000",
    "SignName": "示例商城",
    "TemplateCode": f"SMS_{CODE}",
    "TemplateParam": '{"code":"004711"}',
    "OutId": "o7",
}


@pytest.fixture
def serve(emulate: Emulate, store: Store) -> Callable[..., Sdk]:
    """An emulator with two signatures and a template for each market."""
    build(store, SystemClock()).seed(SEEDS)
    return emulate


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
@pytest.mark.parametrize("http_method", ["POST", "GET"])
def test_every_way_of_signing_sends(
    serve: Callable[..., Sdk], store: Store, algorithm: str | None, http_method: str
) -> None:
    """The text lies in the outbox as the recipient reads it, zeros in front kept."""
    sdk = replace(serve(), algorithm=algorithm, http_method=http_method)
    reply = sdk.call(wire.SEND, SEND)
    assert (reply["Code"], reply["Message"]) == ("OK", "OK")
    [message] = outbox.accepted(store)
    assert message.text == "【示例商城】004711为您的登录验证码。"
    assert (message.serial, message.context) == (reply["BizId"], "o7")
    assert (message.number, message.place) == ("+8613800138000", "CN")
    assert (message.type, message.segments) == ("verification", 1)


def test_the_typed_call_sends(serve: Callable[..., Sdk], store: Store) -> None:
    """Through the SDK's own request class."""
    assert serve().typed(wire.SEND, SEND)["Code"] == "OK"
    assert len(outbox.accepted(store)) == 1


def test_a_call_is_accepted_or_refused_as_one(
    serve: Callable[..., Sdk], store: Store
) -> None:
    """The reply has no list per number: one that may get nothing stops them all."""
    sdk = serve()
    assert sdk.call(wire.SEND, SEND)["Code"] == "OK"
    both = {**SEND, "PhoneNumbers": "13800138001,13800138000,+8613800138001"}
    refused = sdk.call(wire.SEND, both)
    assert refused["Code"] == "isv.BUSINESS_LIMIT_CONTROL"
    assert refused["Message"] == "触发分钟级流控Permits:1"
    assert "BizId" not in refused
    assert len(outbox.accepted(store)) == 1
    good = {**SEND, "PhoneNumbers": "13800138001,+8613800138002,8613800138001"}
    assert sdk.call(wire.SEND, good)["Code"] == "OK"
    serials = {message.serial for message in outbox.accepted(store)}
    assert (len(outbox.accepted(store)), len(serials)) == (3, 2)


def test_abroad_has_brackets_of_its_own(
    serve: Callable[..., Sdk], store: Store
) -> None:
    """The country's code stands in front, with or without a plus sign."""
    abroad = {
        **SEND,
        "PhoneNumbers": "85298765432,+886912345678",
        "SignName": "ExampleShop",
        "TemplateCode": "SMS_481000101",
    }
    assert serve().call(wire.SEND, abroad)["Code"] == "OK"
    found = outbox.accepted(store)
    assert {message.place for message in found} == {"HK", "TW"}
    assert {message.text for message in found} == {"[ExampleShop]Your code is 004711."}


def test_what_counts_is_the_approval_of_that_moment(
    serve: Callable[..., Sdk], store: Store
) -> None:
    """A template that fell is refused at once, and passes again once it is approved."""
    sdk = serve()
    judge(store, CODE, Review.REJECTED, 0.0, "no")
    assert sdk.call(wire.SEND, SEND)["Code"] == "isv.SMS_TEMPLATE_ILLEGAL"
    judge(store, CODE, Review.APPROVED, 0.0)
    assert sdk.call(wire.SEND, SEND)["Code"] == "OK"


@pytest.mark.parametrize(
    ("mismatch", "given", "code"),
    [
        ("broad", "{", "isv.SMS_TEMPLATE_ILLEGAL"),
        ("exact", "{", "isv.INVALID_JSON_PARAM"),
        ("exact", "[]", "isv.INVALID_JSON_PARAM"),
        ("broad", "{}", "isv.SMS_TEMPLATE_ILLEGAL"),
        ("exact", "{}", "isv.TEMPLATE_MISSING_PARAMETERS"),
        ("broad", '{"code":"1234","more":"1"}', "isv.SMS_TEMPLATE_ILLEGAL"),
        ("exact", '{"code":"1234","more":"1"}', "OK"),
        ("broad", '{"code":1234}', "isv.INVALID_JSON_PARAM"),
    ],
)
def test_values_fit_the_template(
    serve: Callable[..., Sdk], mismatch: str, given: str, code: str
) -> None:
    """Under the code of 2026, or under the older ones."""
    sdk = serve(mismatch=mismatch)
    assert sdk.call(wire.SEND, {**SEND, "TemplateParam": given})["Code"] == code
