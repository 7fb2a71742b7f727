"""Every documented refusal of a send that input can cause, caused through the SDK.

One row a refusal: the code, what causes it, where it is documented, when that was read
(2026-11-29). EC is errorcodes.py of tencentcloud-sdk-python-sms 3.1.153, GO the list of
SendSms in the Go SDK of 2026-08-21, FAQ document 382/13303 of 2025-11-03.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from tencentcloud.common.exception import TencentCloudSDKException

from smsform.emulation import outbox
from smsform.emulation.server import Server
from smsform.emulation.settings import scope
from smsform.emulation.store import Store
from smsform.explanation import Stage
from smsform.providers.tencent import SPEC, wire
from smsform.providers.tencent.codes import CODES
from smsform.testing.emulators import NOON, HeldClock
from tencent.official import PROVIDER, Sdk, build
from tencent.test_emulated_tencent_refusals import CASES
from tencent.test_emulated_tencent_sending import PLACE, SEEDS, SEND

MORE = (
    {"TemplateId": 1_112, "TemplateName": "n", "SmsType": 2,
     "TemplateContent": "您的包裹已到{1}。"},
    {"TemplateId": 1_113, "TemplateName": "m", "SmsType": 1,
     "TemplateContent": "新品上架，拒收请回复R"},
    {"TemplateId": 1_114, "TemplateName": "r", "SmsType": 3, "review": "in_review",
     "TemplateContent": "{1}为您的登录验证码。"},
    {"TemplateId": 1_115, "TemplateName": "l", "SmsType": 2,
     "TemplateContent": "很长的" * 164 + "{1}。"},
)  # fmt: skip
NOTICE = {"TemplateId": "1112"}
PROMOTION: dict[str, Any] = {"TemplateId": "1113", "TemplateParamSet": []}
ABROAD = {
    "PhoneNumberSet": ["+85298765432"],
    "TemplateId": "1111",
    "SignName": "ExampleShop",
    "TemplateParamSet": ["4711"],
}
NIGHT = 11 * 3600.0
EC, GO, FAQ = "EC", "EC and GO", "FAQ"


@dataclass(frozen=True)
class Row:
    """A refusal: its code, what is sent, the account's settings, its source."""

    code: str
    changed: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    source: str = GO
    before: int = 0  # the same call, accepted so many times
    pause: float = 0.0  # seconds between
    action: str = wire.SEND


def notice(value: str) -> dict[str, Any]:
    """A notification with that value."""
    return {**NOTICE, "TemplateParamSet": [value]}


MULTI: dict[str, Any] = {"MultiSmsInfoSet": []}
HOME = {"MultiSmsInfoSet": [{"PhoneNumber": "+8613800138000", "TemplateId": "1111"}]}
FREE = {"per_30_seconds": "never", "per_day": "never"}
F, P, L = "FailedOperation.", "InvalidParameterValue.", "LimitExceeded."
U, O = "UnauthorizedOperation.", "UnsupportedOperation."  # noqa: E741
ROWS = (
    Row(F + "SignatureIncorrectOrUnapproved", {"SignName": "别家商城"}),
    Row(F + "SignatureIncorrectOrUnapproved", {"SignName": ""}),
    Row(F + "TemplateUnapprovedOrNotExist", {"TemplateId": "999"}),
    Row(F + "TemplateUnapprovedOrNotExist", {"TemplateId": "1114"}),
    Row(F + "TemplateUnapprovedOrNotExist", {"TemplateId": "SMS_1"}),
    Row(
        F + "TemplateIncorrectOrUnapproved",
        {"TemplateId": "999"},
        {"template_code": F + "TemplateIncorrectOrUnapproved"},
    ),
    Row(F + "TemplateParamSetNotMatchApprovedTemplate", {"TemplateParamSet": ["1"]}),
    Row(
        F + "TemplateParamSetNotMatchApprovedTemplate",
        {"TemplateParamSet": ["1", "2", "3"]},
    ),
    Row(P + "TemplateParameterFormatError", {"TemplateParamSet": ["12a4", "5"]}),
    Row(P + "TemplateParameterFormatError", {"TemplateParamSet": ["1234567", "5"]}),
    Row(P + "TemplateParameterLengthLimit", notice("东门外一号驿站")),
    Row(P + "ProhibitedUseUrlInTemplateParameter", notice("a.cn")),
    Row(
        P + "ContentLengthLimit",
        {"TemplateId": "1115", "TemplateParamSet": ["七个字的取件点"]},
        {"value_length": 0},
    ),
    Row(F + "ContainSensitiveWord", notice("赌博")),
    Row(F + "MarketingSendTimeConstraint", PROMOTION, pause=NIGHT),
    Row(
        U + "IndividualUserMarketingSmsPermissionDeny", PROMOTION, {"individual": True}
    ),
    Row(F + "InsufficientBalanceInSmsPackage", {}, {"package": 0}),
    Row(P + "IncorrectPhoneNumber", {"PhoneNumberSet": ["138 0013 8000"]}),
    Row(P + "IncorrectPhoneNumber", {"PhoneNumberSet": ["+86abc"]}),
    Row("MissingParameter.EmptyPhoneNumberSet", {"PhoneNumberSet": []}),
    Row(
        L + "PhoneNumberCountLimit",
        {"PhoneNumberSet": [f"+86138{n:08}" for n in range(201)]},
    ),
    Row(
        O + "ContainDomesticAndInternationalPhoneNumber",
        {"PhoneNumberSet": ["+8613800138000", "+85298765432"]},
    ),
    Row(
        O + "ChineseMainlandTemplateToGlobalPhone", {"PhoneNumberSet": ["+85298765432"]}
    ),
    Row(
        O + "GlobalTemplateToChineseMainlandPhone",
        {**ABROAD, "PhoneNumberSet": ["+8613800138000"]},
    ),
    Row(O + "UnsupportedRegion", ABROAD, {"unserved": ["HK"]}),
    Row(F + "PhoneNumberInBlacklist", {"PhoneNumberSet": ["+8613800138666"]}),
    Row(P + "SdkAppIdNotExist", {"SmsSdkAppId": "12"}),
    Row(U + "SmsSdkAppIdVerifyFail", {}, {"applications": {"1400006666": "others"}}),
    Row(U + "SdkAppIdIsDisabled", {}, {"applications": {"1400006666": "disabled"}}),
    Row(U + "ServiceSuspendDueToArrears", {}, {"arrears": True}),
    Row(U + "RequestIpNotInWhitelist", {}, {"ip_whitelist": ["::1"]}),
    Row(U + "RequestPermissionDeny", {}, {"permission": False}),
    Row("InvalidParameter", {"TemplateParamSet": [4711, 5]}),
    Row("InvalidParameter", {"SessionContext": "x" * 512}, source="tccli 3.1.189.1"),
    Row(L + "PhoneNumberThirtySecondLimit", source=FAQ, before=1),
    Row(L + "PhoneNumberDailyLimit", source=FAQ, before=2, pause=31),
    Row(L + "PhoneNumberOneHourLimit", {}, {"per_hour": 1}, before=1, pause=31),
    Row(
        L + "PhoneNumberSameContentDailyLimit",
        {},
        {"same_content_per_day": 1},
        before=1,
        pause=31,
    ),
    Row(L + "DeliveryFrequencyLimit", {}, {"per_minute": 1}, before=1, pause=31),
    Row(L + "AppDailyLimit", {}, {**FREE, "application_per_day": 1}, before=1),
    Row(
        L + "AppMainlandChinaDailyLimit", {}, {**FREE, "mainland_per_day": 1}, before=1
    ),
    Row(L + "AppGlobalDailyLimit", ABROAD, {**FREE, "abroad_per_day": 1}, before=1),
    Row(L + "DailyLimit", ABROAD, {**FREE, "parts_abroad_per_day": 1}, before=1),
    Row(
        L + "GlobalSmsSendingRateLimit",
        ABROAD,
        {**FREE, "abroad_per_second": 1},
        EC,
        before=1,
    ),
    Row(L + "AppCountryOrRegionInBlacklist", ABROAD, {"countries": ["SG"]}),
    Row(
        L + "AppCountryOrRegionDailyLimit",
        ABROAD,
        {**FREE, "country_per_day": {"HK": 1}},
        before=1,
    ),
    Row(P + "MultiSmsInfoSetEmpty", MULTI, action=wire.SEND_ABROAD),
    Row(O + "ContainDomesticPhoneNumber", HOME, action=wire.SEND_ABROAD),
)

# Listed for SendSms or explained as answers to a send, but no input of one brings them
# about, and why. A fault (`refuse`) plays each of them.
INSIDE = "between the gateway and what is behind it"
E = "InternalError."
NOT_BY_INPUT = {
    F + "PhoneNumberParseFail": "DescribePhoneNumberInfo alone has it",
    E + "RequestTimeException": "ten minutes; the gateway stops at five",
    E + "OtherError": INSIDE,
    E + "ParseBackendResponseFail": INSIDE,
    E + "SendAndRecvFail": INSIDE,
    E + "SigFieldMissing": INSIDE,
    E + "SigVerificationFail": INSIDE,
    E + "Timeout": INSIDE,
    E + "UnknownError": INSIDE,
}
# Of a bad request whatever the action: caused with the refusals of every action.
OF_ANY_ACTION = {E + "JsonParseFail", E + "RestApiInterfaceNotExist"}


def test_every_code_of_sending_is_caused_or_cannot_be() -> None:
    """What `explain` calls an answer to a send, and the service's own trouble."""
    caused = {row.code for row in ROWS}
    sending = {e.code for e in SPEC.explanations() if e.stage is Stage.SEND}
    internal = {code for code in CODES if code.startswith(E)}
    assert sending | internal <= caused | set(NOT_BY_INPUT) | OF_ANY_ACTION
    assert not caused & set(NOT_BY_INPUT)
    assert {case.code for case in CASES} >= OF_ANY_ACTION


@pytest.fixture
def clock() -> HeldClock:
    """Noon in Beijing."""
    return HeldClock(NOON)


@pytest.fixture
def sdk(clock: HeldClock, store: Store) -> Iterator[Sdk]:
    """The official SDK, at an emulator where it is noon."""
    app = build(store, clock)
    with Server(app) as server:
        yield Sdk(server.port)


def code(sdk: Sdk, row: Row) -> str:
    """What the call is told: by the SDK's exception, or for the one number."""
    base = SEND if row.action == wire.SEND else {"SmsSdkAppId": SEND["SmsSdkAppId"]}
    try:
        reply = sdk.call(row.action, {**base, **row.changed})
    except TencentCloudSDKException as error:
        return str(error.code)
    [item] = reply[wire.PAYLOAD[row.action]]
    return "" if item["Code"] == wire.SENT else str(item["Code"])


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
        for _ in range(row.before):
            assert code(sdk, row) == "", row
            clock.sleep(row.pause)
        if not row.before:
            clock.sleep(row.pause)
        told.append(code(sdk, row))
        assert len(outbox.accepted(store)) == row.before
        clock.sleep((NOON - clock.now()) % 86_400)
    with capsys.disabled():
        print()
        for row, found in zip(ROWS, told, strict=True):
            cause = str({**row.changed, **row.settings})[:60]
            print(f"  {found:62} {row.source:16} {cause}")
        print(f"  {len(ROWS)} refused sends, {len(set(told))} codes, read 2026-11-29")
    assert told == [row.code for row in ROWS]
