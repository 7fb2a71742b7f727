"""Every documented refusal of a send that input can cause, caused through the SDK.

One row a refusal: the code, what causes it, where it is documented, all read
2026-11-29. A is help document 101346 (undated copy), SK sms-error-codes.md of
2026-08-21, F document 2881383, SDK the docstrings of 4.6.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sdks import PROVIDER, Sdk, build
from test_emulated_aliyun_sending import SEEDS, SEND

from smsform.emulation import outbox
from smsform.emulation.server import Server
from smsform.emulation.settings import scope
from smsform.emulation.store import Place, Store
from smsform.explanation import Stage
from smsform.providers.aliyun import SPEC, wire
from smsform.providers.aliyun.codes import CODES
from smsform.providers.aliyun.emulator.keys import ACCOUNT
from smsform.testing.emulators import NOON, HeldClock

PLACE = Place(PROVIDER, ACCOUNT, wire.REGION)
A, SK, FREQUENCY, SDK = "A", "SK", "F", "SDK"
NUMBER = "+8613800138000"


def _template(code: int, type: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "TemplateCode": f"SMS_{code}",
        "TemplateName": "n",
        "TemplateType": type,
        "TemplateContent": text,
        **more,
    }


MORE: tuple[Mapping[str, Any], ...] = (
    {"SignName": "码专用", "SignType": wire.SIGN_VERIFICATION},
    {"SignName": "未过审", "review": "in_review"},
    {"SignName": "已撤回", "review": "cancelled"},
    {"SignName": "未报备", "review": "approved_inactive"},
    {"SignName": "阿里云短信测试"},
    _template(1, wire.NOTIFICATION, "您的包裹已到${place}。"),
    _template(2, wire.MARKETING, "新品上架，拒收请回复R"),
    _template(3, wire.NOTIFICATION, "验证${a}", review="in_review"),
    _template(
        4,
        wire.NOTIFICATION,
        "您的退款${amount}元已到账。",
        TemplateRule='{"amount":"money"}',
    ),
    _template(5, wire.VERIFICATION, "您的测试码${code}。", TemplateTag=wire.TEST),
)


@dataclass(frozen=True)
class Row:
    """A refusal: its code, what is sent, the account's settings, its source."""

    code: str
    changed: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    source: str = A
    before: tuple[Mapping[str, Any], ...] = ()  # what was accepted before
    pause: float = 0.0
    action: str = wire.SEND


def notice(value: Any, code: int = 1, name: str = "place") -> dict[str, Any]:
    """A notification with that value."""
    return {"TemplateCode": f"SMS_{code}", "TemplateParam": json.dumps({name: value})}


PROMOTION = {"TemplateCode": "SMS_2", "TemplateParam": "{}"}
ABROAD = {
    "TemplateCode": "SMS_481000101",
    "SignName": "ExampleShop",
    "PhoneNumbers": "85298765432",
}
TEST = {
    "TemplateCode": "SMS_5",
    "SignName": "阿里云短信测试",
    "TemplateParam": '{"code":"1234"}',
}
EXTEND = {"SmsUpExtendCode": "12"}
OTHER = {"PhoneNumbers": "13800138009"}
BATCH = {
    "PhoneNumberJson": '["13800138000"]',
    "SignNameJson": '["示例商城","b"]',
    "TemplateCode": SEND["TemplateCode"],
}
ROWS = (
    Row("isv.SMS_SIGNATURE_ILLEGAL", {"SignName": "别家商城"}),
    Row("isv.SMS_SIGNATURE_ILLEGAL", {"SignName": "未过审"}),
    Row(
        "isv.SMS_SIGN_NAME_ILLEGAL",
        {"SignName": "别家商城"},
        {"signature_code": "isv.SMS_SIGN_NAME_ILLEGAL"},
        SK,
    ),
    Row("isv.SIGN_STATE_ILLEGAL", {"SignName": "已撤回"}),
    Row("PORT_NOT_REGISTERED", {"SignName": "未报备"}),
    Row("SIGNATURE_BLACKLIST", {}, {"blocked_signatures": ["示例商城"]}),
    Row("isv.SMS_SIGN_ILLEGAL", {}, {"forbidden_signatures": ["示例商城"]}),
    Row("isv.SMS_SIGNATURE_SCENE_ILLEGAL", {**notice("东门"), "SignName": "码专用"}),
    Row("isv.SMS_TEMPLATE_ILLEGAL", {"TemplateCode": "SMS_9"}, source=SK),
    Row("isv.SMS_TEMPLATE_ILLEGAL", {"TemplateCode": "1110"}, source=SK),
    Row("isv.SMS_TEMPLATE_ILLEGAL", {"TemplateCode": "SMS_3"}, source=SK),
    Row("isv.SMS_TEMPLATE_ILLEGAL", {"TemplateParam": "{}"}, source=SK),
    Row("isv.SMS_TEMPLATE_ILLEGAL", {"TemplateParam": "{"}, source=SK),
    Row("isv.INVALID_JSON_PARAM", {"TemplateParam": "{"}, {"mismatch": "exact"}),
    Row("isv.INVALID_JSON_PARAM", {"TemplateParam": '{"code":1234}'}),
    Row(
        "isv.TEMPLATE_MISSING_PARAMETERS",
        {"TemplateParam": "{}"},
        {"mismatch": "exact"},
    ),
    Row("isv.PARAM_LENGTH_LIMIT", {"TemplateParam": '{"code":"1234567"}'}),
    Row("isv.PARAM_LENGTH_LIMIT", notice("门" * 36)),
    Row("isv.PARAM_LENGTH_LIMIT", notice("")),
    Row("isv.PARAM_NOT_SUPPORT_URL", notice("https://a.cn/x")),
    Row("isv.TEMPLATE_PARAMS_ILLEGAL", notice("十二元", 4, "amount")),
    Row("isv.TEMPLATE_PARAMS_ILLEGAL", {"TemplateParam": '{"code":"12a4"}'}),
    Row("isv.UNSUPPORTED_CONTENT", notice("东门★")),
    Row("isv.UNSUPPORTED_CONTENT", notice("东门😀")),
    Row("isv.SMS_CONTENT_ILLEGAL", notice("彩票站")),
    Row("isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE", notice("红包雨")),
    Row("isv.MOBILE_NUMBER_ILLEGAL", {"PhoneNumbers": "1380"}),
    Row("isv.MOBILE_NUMBER_ILLEGAL", {"PhoneNumbers": "85298765432"}),
    Row(
        "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
        {**ABROAD, "PhoneNumbers": "13800138000"},
        source=SK,
    ),
    Row(
        "isv.MOBILE_COUNT_OVER_LIMIT",
        {"PhoneNumbers": ",".join(f"138{n:08}" for n in range(1001))},
    ),
    Row("isv.BLACK_KEY_CONTROL_LIMIT", PROMOTION, {"complained": [NUMBER]}, SK),
    Row("isv.CUSTOMER_REFUSED", {"PhoneNumbers": "13800138666"}),
    Row("isv.AMOUNT_NOT_ENOUGH", {}, {"funds": 0}),
    Row("isv.BUSINESS_LIMIT_CONTROL", source=FREQUENCY, before=({},)),
    Row("isv.BUSINESS_LIMIT_CONTROL", source=FREQUENCY, before=({},) * 5, pause=61),
    Row("isv.BUSINESS_LIMIT_CONTROL", source=FREQUENCY, before=({},) * 10, pause=1300),
    Row(
        "isv.BUSINESS_LIMIT_CONTROL",
        {},
        {"codes_per_day_in_all": 1},
        FREQUENCY,
        ({"SignName": "ExampleShop"},),
    ),
    Row(
        "isv.BUSINESS_LIMIT_CONTROL",
        notice("东门"),
        {"messages_per_day": 1},
        FREQUENCY,
        (notice("西门"),),
    ),
    Row("isv.DAY_LIMIT_CONTROL", {}, {"account_per_day": 1}, before=(OTHER,)),
    Row("isv.MONTH_LIMIT_CONTROL", {}, {"account_per_month": 1}, before=(OTHER,)),
    Row("isv.EXTEND_CODE_ERROR", {"SmsUpExtendCode": "ab"}),
    Row("isv.CODE_ERROR", {"SmsUpExtendCode": "12345678"}),
    Row(
        "isv.ONE_CODE_MULTIPLE_SIGN",
        EXTEND,
        before=({**OTHER, **EXTEND, "SignName": "ExampleShop"},),
    ),
    Row(
        "isv.CODE_EXCEED_LIMIT",
        EXTEND,
        {"extend_codes": 1},
        before=({**OTHER, "SmsUpExtendCode": "7"},),
    ),
    Row("isv.SMS_TEST_SIGN_TEMPLATE_LIMIT", {"SignName": "阿里云短信测试"}),
    Row("isv.SMS_TEST_SIGN_TEMPLATE_LIMIT", {**TEST, "SignName": "示例商城"}),
    Row("isv.SMS_TEST_NUMBER_LIMIT", TEST),
    Row(
        "isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL",
        {**TEST, "TemplateParam": '{"code":"ab"}'},
    ),
    Row("isv.OUT_OF_SERVICE", {}, {"standing": "arrears"}),
    Row("isv.PRODUCT_UN_SUBSCRIPT", {}, {"standing": "unsubscribed"}),
    Row("isv.ACCOUNT_ABNORMAL", {}, {"standing": "abnormal"}),
    Row("isv.DENY_IP_RANGE", {}, {"ip_whitelist": ["::1"]}, SK),
    Row("InvalidOutId", {"OutId": "x" * 256}, source=SDK),
    Row("MissingPhoneNumbers", {"PhoneNumbers": ""}, source=SDK),
    Row("MissingTemplateCode", {"TemplateCode": ""}, source=SDK),
    Row("isv.INVALID_PARAMETERS", BATCH, action=wire.SEND_BATCH),
    Row(
        "isv.INVALID_JSON_PARAM",
        {**BATCH, "PhoneNumberJson": "13800138000"},
        action=wire.SEND_BATCH,
    ),
    Row(
        "isv.MOBILE_COUNT_OVER_LIMIT",
        {**BATCH, "PhoneNumberJson": json.dumps(["13800138000"] * 101)},
        action=wire.SEND_BATCH,
    ),
)

# Explained as answers to a send, but no input of one brings them about, and why. A
# fault (`refuse`) plays each of them.
SHORT_LINKS = "an answer of the actions for short links, which are none of sending's"
GLOBE = "of SendMessageToGlobe, another interface (version 2018-05-01)"
NOT_BY_INPUT = {
    "BLACK_KEY_CONTROL_LIMIT": GLOBE,
    "NOT_SUPPORTED_COUNTRY": GLOBE,
    "QPS_LIMIT_CONTROL": GLOBE,
    "SMS_CONTENT_CODE_ILLEGAL": GLOBE,
    "SMS_SECURITY_INTERCEPTED": GLOBE,
    "PARAMS_ILLEGAL": "said of signature, text and number, which have their own codes",
    "isv.NO_AVAILABLE_SHORT_URL": SHORT_LINKS,
    "isv.PHONENUMBERS_OVER_LIMIT": SHORT_LINKS,
    "isv.SHORTURL_DOMAIN_EMPTY": SHORT_LINKS,
    "isv.SHORTURL_NAME_ILLEGAL": SHORT_LINKS,
    "isv.SHORTURL_OVER_LIMIT": SHORT_LINKS,
    "isv.SHORTURL_STILL_AVAILABLE": SHORT_LINKS,
    "isv.SHORTURL_TIME_ILLEGAL": SHORT_LINKS,
    "isv.SOURCEURL_OVER_LIMIT": SHORT_LINKS,
}


def test_every_code_of_sending_is_caused_or_cannot_be() -> None:
    """What `explain` calls an answer to a send, and what is said of short links."""
    caused = {row.code for row in ROWS}
    sending = {e.code for e in SPEC.explanations() if e.stage is Stage.SEND}
    links = {code for code in CODES if "URL_" in code and "PARAM" not in code}
    assert sending | links <= caused | set(NOT_BY_INPUT)
    assert not caused & set(NOT_BY_INPUT)
    assert set(NOT_BY_INPUT) <= {e.code for e in SPEC.explanations()}


@pytest.fixture
def clock() -> HeldClock:
    """Noon in Beijing."""
    return HeldClock(NOON)


@pytest.fixture
def sdk(clock: HeldClock, store: Store) -> Iterator[Sdk]:
    """The official SDK, at an emulator where it is noon."""
    with Server(build(store, clock)) as server:
        yield Sdk(server.port)


def code(sdk: Sdk, row: Row, changed: Mapping[str, Any]) -> str:
    """What the call is told: in the body, or by the SDK's exception."""
    base = SEND if row.action == wire.SEND else {}
    return sdk.refusal(row.action, {**base, **changed}).code


@pytest.mark.judge
def test_every_refusal_that_input_can_cause_is_caused(
    sdk: Sdk, store: Store, clock: HeldClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of what is refused lies in the outbox."""
    told = []
    for row in ROWS:
        store.reset()
        build(store, clock).seed((*SEEDS, *MORE))
        outbox.opt_out(store, PLACE, "+8613800138666", "示例商城", "verification", 1.0)
        for name, value in row.settings.items():
            store.note(scope(PROVIDER), name, value)
        for changed in row.before:
            assert code(sdk, row, changed) == "", row
            clock.sleep(row.pause)
        told.append(code(sdk, row, row.changed))
        assert len(outbox.accepted(store)) == len(row.before)
        clock.sleep((NOON - clock.now()) % 86_400)
    with capsys.disabled():
        print()
        for row, found in zip(ROWS, told, strict=True):
            cause = str({**row.changed, **row.settings})[:70]
            print(f"  {found:38} {row.source:4} {cause}")
        print(f"  {len(ROWS)} refused sends, {len(set(told))} codes, read 2026-11-29")
    assert told == [row.code for row in ROWS]
