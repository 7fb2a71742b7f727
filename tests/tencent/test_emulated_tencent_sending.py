"""Messages at the emulator, sent by the official SDK: accepted, refused, rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from smsform.emulation import outbox
from smsform.emulation.reviewer import judge
from smsform.emulation.store import Place, Store
from smsform.model import Review
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.keys import ACCOUNT
from tencent.official import PROVIDER, Emulate, Sdk

PLACE = Place(PROVIDER, ACCOUNT, "ap-guangzhou")
CODE = 1_110
SEEDS: tuple[Mapping[str, Any], ...] = (
    {"SignName": "示例商城"},
    {"SignName": "ExampleShop", "International": 1},
    {
        "TemplateId": CODE,
        "TemplateName": "登录验证码",
        "SmsType": 3,
        "TemplateContent": "{1}为您的登录验证码，{2}分钟内有效。",
    },
    {
        "TemplateId": 1_111,
        "TemplateName": "Login code",
        "SmsType": 3,
        "International": 1,
        "TemplateContent": "Your login code is {1}.",
    },
)
SEND: Mapping[str, Any] = {
    "PhoneNumberSet": ["+8613800138000"],
    "SmsSdkAppId": "1400006666",
    "TemplateId": str(CODE),
    "SignName": "示例商城",
    "TemplateParamSet": ["004711", "5"],
    "SessionContext": "order 7",
}
METHODS = (
    {"sign_method": wire.TC3},
    {"sign_method": wire.TC3, "http_method": "GET"},
    {"sign_method": wire.V1_SHA256},
    {"sign_method": wire.V1_SHA1},
    {"sign_method": wire.V1_SHA1, "http_method": "GET"},
)


@pytest.fixture
def serve(emulate: Emulate, store: Store) -> Callable[..., Sdk]:
    """An emulator with a signature and a template for each market."""
    from smsform.clock import SystemClock
    from tencent.official import build

    build(store, SystemClock()).seed(SEEDS)
    return emulate


def sent(sdk: Sdk, **changed: Any) -> list[dict[str, Any]]:
    """What became of each number, through the SDK's typed classes."""
    reply = sdk.typed(wire.SEND, {**SEND, **changed})
    items: list[dict[str, Any]] = reply["SendStatusSet"]
    return items


@pytest.mark.judge
@pytest.mark.parametrize("how", METHODS, ids=str)
def test_every_way_of_signing_sends(
    serve: Callable[..., Sdk], store: Store, how: Mapping[str, str]
) -> None:
    """The text lies in the outbox as the recipient reads it, zeros in front kept."""
    sdk = Sdk(serve().port, **how)
    [item] = sent(sdk)
    assert {**item, "SerialNo": ""} == {
        "SerialNo": "",
        "PhoneNumber": "+8613800138000",
        "Fee": 1,
        "SessionContext": "order 7",
        "Code": "Ok",
        "Message": "send success",
        "IsoCode": "CN",
    }
    [message] = outbox.accepted(store)
    assert message.text == "【示例商城】004711为您的登录验证码，5分钟内有效。"
    assert (message.serial, message.context) == (item["SerialNo"], "order 7")
    assert (message.type, message.segments) == ("verification", 1)


def test_each_number_has_its_answer(serve: Callable[..., Sdk], store: Store) -> None:
    """A bad number does not keep a good one back; equal ones get the text once."""
    numbers = [
        "13800138001",
        "008613800138002",
        "8613800138003",
        "+8613800138001",
        "12345",
        "+86 13800138004",
    ]
    items = sent(serve(), PhoneNumberSet=numbers)
    bad = "InvalidParameterValue.IncorrectPhoneNumber"
    assert [item["Code"] for item in items] == ["Ok"] * 4 + [bad] * 2
    assert items[0] == items[3]
    assert [item["SerialNo"] for item in items[4:]] == ["", ""]
    assert [message.number for message in outbox.accepted(store)] == [
        "+8613800138003",
        "+8613800138002",
        "+8613800138001",
    ]


def test_abroad_has_brackets_of_its_own(
    serve: Callable[..., Sdk], store: Store
) -> None:
    """The other market: another signature, or none at all."""
    abroad = {
        "PhoneNumberSet": ["+85298765432"],
        "TemplateId": "1111",
        "TemplateParamSet": ["4711"],
    }
    sdk = serve(per_30_seconds="never")
    [item] = sent(sdk, SignName="ExampleShop", **abroad)
    assert (item["Code"], item["IsoCode"]) == ("Ok", "HK")
    [item] = sent(sdk, SignName="", **abroad)
    assert item["Code"] == "Ok"
    assert [message.text for message in outbox.accepted(store)] == [
        "Your login code is 4711.",
        "[ExampleShop]Your login code is 4711.",
    ]


def test_what_counts_is_the_approval_of_that_moment(
    serve: Callable[..., Sdk], store: Store
) -> None:
    """A template that fell is refused at once, and passes again once it is approved."""
    sdk, unapproved = serve(), "FailedOperation.TemplateUnapprovedOrNotExist"
    judge(store, CODE, Review.REJECTED, 0.0, "no")
    assert [item["Code"] for item in sent(sdk)] == [unapproved]
    judge(store, CODE, Review.APPROVED, 0.0)
    assert [item["Code"] for item in sent(sdk)] == ["Ok"]


def test_a_number_that_opted_out_gets_nothing(
    serve: Callable[..., Sdk], store: Store
) -> None:
    """For that signature and that type of message only."""
    sdk, number = serve(), "+8613800138000"
    outbox.opt_out(store, PLACE, number, "示例商城", "marketing", 0.0)
    assert [item["Code"] for item in sent(sdk)] == ["Ok"]
    outbox.opt_out(store, PLACE, number, "示例商城", "verification", 0.0)
    blocked = "FailedOperation.PhoneNumberInBlacklist"
    assert [item["Code"] for item in sent(sdk)] == [blocked]


def test_the_outbox_keeps_so_many_and_the_counts_of_all(store: Store) -> None:
    """Beyond the limit the oldest go; what they were is in the tally."""
    message = outbox.OutboxMessage(
        PROVIDER, ACCOUNT, "1400006666", "s", "+8613800138000", "CN", 0, "marketing",
        "示例商城", "1", "n", "text", "t**t", 2, sent=10.0, due=11.0, receipt="DELIVRD",
        delivered=1,
    )  # fmt: skip
    with store.transaction():
        for number in range(outbox.MOST + 2_500):
            outbox.keep(store, message._replace(sent=100.0 + number))
    [(kept,)] = store.rows("SELECT count(*) FROM message")
    folded = store.rows(
        "SELECT sum(messages), sum(segments), sum(delivered) FROM tally"
    )
    assert outbox.MOST - 1_000 <= int(str(kept)) <= outbox.MOST
    assert int(str(folded[0][0])) + int(str(kept)) == outbox.MOST + 2_500
    assert int(str(folded[0][1])) == 2 * int(str(folded[0][0]))
    assert outbox.clear(store) == kept
    assert outbox.accepted(store) == []
