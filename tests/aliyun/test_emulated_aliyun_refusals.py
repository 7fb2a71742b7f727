"""Every documented code that input can cause, caused through an official SDK.

The codes are those of the actions' metadata (2024-07, and the names newer metadata
adds), of the gateway's common errors and of the error table of the documents, as far as
they are for templates and signatures (read 2026-11-21).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import requests
from alibabacloud_tea_openapi.exceptions import (
    ClientException,
    ServerException,
    ThrottlingException,
)
from darabonba.exceptions import UnretryableException
from sdks import (
    NEW_METHODS,
    NOTICE,
    OLD_SIGN,
    OLD_TEMPLATE,
    PROVIDER,
    SIGN,
    TEMPLATE,
    Emulate,
    OldSdk,
    Refused,
    Sdk,
    approve,
)

from smsform.emulation import faults
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.settings import scope
from smsform.emulation.store import Store
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.keys import AccessKey, add_key

OURS = "the template made before"
NAME = {"SignName": SIGN["SignName"]}
UPDATED: Mapping[str, Any] = {**TEMPLATE, "TemplateCode": OURS}
NO_KEY = {"key": "LTAIkept", "secret": "secret"}
PENDING, REJECTED, APPROVED, FRESH = "pending", "rejected", "approved", "nothing"


@dataclass(frozen=True)
class Case:
    """A call that the service refuses with ``code``.

    ``after`` is the state of a signature and a template made before; a template's
    signature is approved first. ``settings`` are the account's, ``sdk`` how the SDK is
    set up, ``key`` a key there is; ``old`` asks the older SDK. ``status`` is told by
    the exception, 200 where there is none.
    """

    code: str
    action: str = wire.LIST_TEMPLATES
    params: Mapping[str, Any] = field(default_factory=dict)
    status: int = 400
    settings: Mapping[str, Any] = field(default_factory=dict)
    sdk: Mapping[str, Any] = field(default_factory=dict)
    key: AccessKey | None = field(default=None, repr=False)
    after: str = APPROVED
    repeat: int = 1
    ahead: bool = False
    old: bool = False

    @property
    def cause(self) -> str:
        """What is out of the ordinary, for the printed table."""
        base = {**TEMPLATE, **SIGN} if "Sign" in self.action else {**SIGN, **TEMPLATE}
        odd = {k: v for k, v in self.params.items() if base.get(k) != v}
        sdk = {k: v for k, v in self.sdk.items() if k != "secret"}
        if "secret" in self.sdk and not self.key:
            sdk["secret"] = "another"
        parts = {**odd, **self.settings, **sdk}
        return str(parts)[:66] if parts else f"after: {self.after}"


def template(code: str, /, *, status: int = 400, **changed: Any) -> Case:
    """CreateSmsTemplate with one thing wrong; None leaves a field out."""
    return Case(code, wire.CREATE_TEMPLATE, _changed(TEMPLATE, changed), status)


def notice(code: str, /, **changed: Any) -> Case:
    """The same for a notification."""
    return Case(code, wire.CREATE_TEMPLATE, _changed(NOTICE, changed))


def sign(code: str, /, *, status: int = 400, **changed: Any) -> Case:
    """CreateSmsSign with one thing wrong."""
    params = _changed({**SIGN, "SignName": "示例小店"}, changed)
    return Case(code, wire.CREATE_SIGN, params, status)


def old(code: str, action: str, /, *, status: int = 200, **changed: Any) -> Case:
    """A retired action with one thing wrong, through the older SDK."""
    base = OLD_SIGN if "Sign" in action else OLD_TEMPLATE
    switch = {"old_actions": True}
    return Case(code, action, _changed(base, changed), status, switch, old=True)


def account(code: str, /, status: int = 200, **settings: Any) -> Case:
    """A list asked for by an account that is not in order."""
    return Case(code, status=status, settings=settings)


def kept(**traits: Any) -> AccessKey:
    """A key of the store."""
    return AccessKey("LTAIkept", "secret", **traits)


def _changed(base: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in {**base, **changed}.items() if v is not None}


RULE, TEXT = "TemplateRule", "TemplateContent"
FORMAT = "InvalidTemplateContent.Format"
TRAFFIC = '[{"trafficDrivingType": "DOMAIN", "trafficDrivingContent": "a.cn"}]'
PROMOTION = {
    "TemplateType": 2,
    TEXT: "会员您好，新款上架，拒收请回复R",
    RULE: None,
}
THIRD = {"ThirdParty": True, "AuthorizationLetterId": 7}
APP = {"SignSource": wire.APP, "AppIcpRecordId": 7}

CASES = [
    # CreateSmsTemplate and UpdateSmsTemplate.
    template("MissingTemplateName", TemplateName=None),
    template("MissingTemplateName", TemplateName="", status=404),
    template("MissingTemplateContent", TemplateContent=None),
    template("MissingTemplateType", TemplateType=None),
    template("MissingRelatedSignName", RelatedSignName=None),
    template("MissingIntlType", TemplateType=3),
    template("InvalidTemplateName", TemplateName="长" * 31),
    template("InvalidTemplateContent", TemplateContent="长" * 501),
    template("InvalidTemplateType", TemplateType=7),
    template("InvalidTemplateType", TemplateType="captcha"),
    template("InvalidIntlType", TemplateType=3, IntlType=3),
    template("InvalidRemark", Remark="长" * 501),
    template("InvalidTrafficDriving", TrafficDriving="http://a.cn"),
    template("InvalidTrafficDriving", TrafficDriving=TRAFFIC),
    template(FORMAT, TemplateContent=" "),
    template(FORMAT, TemplateContent="${code}"),
    template(FORMAT, TemplateContent="验证码${code"),
    template(FORMAT, TemplateContent="【店】验证码${code}"),
    template(FORMAT, TemplateContent="[店] 验证码${code}"),
    notice(FORMAT, TemplateContent="您的${code}${place}到了"),
    notice(FORMAT, TemplateContent="您的${code}和${code}到了"),
    template("TemplateVarLimitExceeded", TemplateContent="验证码${code}，${min}分钟"),
    template("InvalidTemplateRule.Format", TemplateRule="code=numberCaptcha"),
    template("InvalidTemplateRule.Format", TemplateRule='["code"]'),
    template("InvalidTemplateRule", TemplateRule=None),
    template("InvalidTemplateRule", TemplateRule='{"code":"digits"}'),
    template("InvalidTemplateRule", TemplateRule='{"other":"numberCaptcha"}'),
    template("InvalidTemplateRule", TemplateRule='{"code":"address"}'),
    notice("InvalidTemplateRule", TemplateRule='{"code":"others"}'),
    template("InvalidMoreData", MoreData="a.png"),
    replace(
        template("InvalidMoreData", **PROMOTION), settings={"promotion_proof": True}
    ),
    template("SmsSignatureNotFound", status=404, RelatedSignName="没有这个"),
    replace(template("AssocSignUnapproved"), after="sign pending"),
    replace(template("ForbiddenAction", **PROMOTION), settings={"individual": True}),
    replace(
        template("isv.TEMPLATE_COUNT_OVER_LIMIT", status=200), settings={"day_limit": 1}
    ),
    replace(
        template("isv.SMS_OVER_LIMIT", status=200),
        settings={"day_limit": 1, "day_limit_code": "isv.SMS_OVER_LIMIT"},
    ),
    replace(
        template("isv.INVALID_PARAMETERS", status=200), settings={"unique_names": True}
    ),
    Case("MissingTemplateCode", wire.UPDATE_TEMPLATE, TEMPLATE),
    Case(
        "TemplateNotFound",
        wire.UPDATE_TEMPLATE,
        {**TEMPLATE, "TemplateCode": "SMS_1"},
        404,
    ),
    *(
        Case(
            "isv.ERROR_TEMPLATE_NOT_MODIFY",
            wire.UPDATE_TEMPLATE,
            UPDATED,
            200,
            after=state,
        )
        for state in (PENDING, APPROVED)
    ),
    Case(
        "TemplateVarLimitExceeded",
        wire.UPDATE_TEMPLATE,
        {**UPDATED, TEXT: "验证码${code}，${min}分钟"},
        after=REJECTED,
    ),
    # Reading and deleting templates.
    Case("TemplateNotFound", wire.GET_TEMPLATE, {"TemplateCode": "SMS_1"}, 404),
    Case("TemplateNotFound", wire.GET_TEMPLATE, {"TemplateCode": "1"}, 404),
    Case("MissingTemplateCode", wire.GET_TEMPLATE),
    Case(
        "isv.SMS_TEMPLATE_ILLEGAL", wire.DELETE_TEMPLATE, {"TemplateCode": "SMS_1"}, 200
    ),
    Case(
        "isv.ERROR_TEMPLATE_NOT_DELETE",
        wire.DELETE_TEMPLATE,
        {"TemplateCode": OURS},
        200,
        after=PENDING,
    ),
    Case("InvalidPageSize", params={"PageSize": 0}),
    Case("InvalidPageSize", params={"PageSize": 51}),
    Case("InvalidPageSize", wire.LIST_SIGNS, {"PageSize": "ten"}),
    Case("InvalidPageIndex", params={"PageIndex": 0}),
    Case("InvalidPageIndex", wire.LIST_SIGNS, {"PageIndex": "first"}),
    # CreateSmsSign and UpdateSmsSign.
    sign("MissingSignName", SignName=""),
    sign("MissingSignSource", SignSource=None),
    sign("MissingQualificationId", QualificationId=None),
    sign("InvalidSignSource", SignSource=1),
    sign("InvalidSignType", SignType=2),
    sign("InvalidThirdParty", ThirdParty="perhaps"),
    sign("InvalidQualificationId", QualificationId="mine"),
    sign("InvalidMoreData", MoreData="[1]"),
    *(
        sign("InvalidSignName", SignName=name)
        for name in ("示例 商城", "示例(商城)", "12345", "店", "长" * 13, "测试商城")
    ),
    sign("isv.SMS_SIGN_EMOJI_ILLEGAL", status=200, SignName="示例商城🎉"),
    sign("SignName.Exists", **NAME),
    replace(
        sign("QualificationNotFound", status=404),
        settings={"qualifications": {"1": "approved"}},
    ),
    replace(
        sign("InvalidQualification"), settings={"qualifications": {"4001": "pending"}}
    ),
    replace(
        sign("ParameterMismatch.ThirdParty"),
        settings={"qualifications": {"4001": "third_party"}},
    ),
    replace(
        sign("ParameterMismatch.ThirdParty", **THIRD),
        settings={"qualifications": {"4001": "approved"}},
    ),
    sign("SmsSignNotAuthorized", ThirdParty=True),
    replace(
        sign("SmsAuthorizationLetterNotExist", status=404, **THIRD),
        settings={"letters": {"1": "示例小店"}},
    ),
    replace(
        sign("SmsAuthorizationLetterNotMatch", **THIRD),
        settings={"letters": {"7": "另一小店"}},
    ),
    sign("MissApplySceneContent", **APP),
    sign("InvalidApplySceneContent", **APP, ApplySceneContent="a.cn"),
    sign("MissingAppIcpRecordId", SignSource=wire.APP, ApplySceneContent="http://a.cn"),
    replace(
        sign(
            "AppIcpRecordNotExist", status=404, **APP, ApplySceneContent="https://a.cn"
        ),
        settings={"app_records": {}},
    ),
    sign("MissingTrademarkId", SignSource=wire.TRADEMARK),
    replace(
        sign("TrademarkNotExist", status=404, SignSource=wire.TRADEMARK, TrademarkId=7),
        settings={"trademarks": {}},
    ),
    replace(
        sign("isv.SIGN_COUNT_OVER_LIMIT", status=200), settings={"individual": True}
    ),
    Case("SignatureNotFound", wire.UPDATE_SIGN, {**SIGN, "SignName": "没有"}, 404),
    Case(
        "isv.ERROR_SIGN_NOT_MODIFY", wire.UPDATE_SIGN, SIGN, 200, after="sign pending"
    ),
    Case("SignatureNotFound", wire.GET_SIGN, {"SignName": "没有"}, 404),
    Case("isv.SMS_SIGNATURE_ILLEGAL", wire.DELETE_SIGN, {"SignName": "没有"}, 200),
    Case(
        "isv.ERROR_SIGN_NOT_DELETE", wire.DELETE_SIGN, NAME, 200, after="sign pending"
    ),
    # The retired actions.
    Case(wire.OFFLINE, wire.OLD_ADD_TEMPLATE, OLD_TEMPLATE, 200, old=True),
    old(
        "TemplateParameterCountIllegal",
        wire.OLD_ADD_TEMPLATE,
        status=400,
        TemplateContent="验证码${code}，${min}分钟",
    ),
    old("isv.INVALID_PARAMETERS", wire.OLD_ADD_TEMPLATE, Remark="长" * 101),
    old("MissingRemark", wire.OLD_ADD_TEMPLATE, status=400, Remark=""),
    old("isv.SMS_TEMPLATE_ILLEGAL", wire.OLD_MODIFY_TEMPLATE, TemplateCode="SMS_1"),
    old("isv.ERROR_TEMPLATE_NOT_MODIFY", wire.OLD_MODIFY_TEMPLATE, TemplateCode=OURS),
    old("isv.SIGN_NAME_ILLEGAL", wire.OLD_ADD_SIGN, SignName="示例 商城"),
    old("isv.SIGN_SOURCE_ILLEGAL", wire.OLD_ADD_SIGN, SignSource=6),
    old(
        "isv.ERROR_EMPTY_FILE",
        wire.OLD_ADD_SIGN,
        SignFileList=[{"FileContents": "", "FileSuffix": "png"}],
    ),
    old(
        "isv.SIGN_FILE_LIMIT",
        wire.OLD_ADD_SIGN,
        SignFileList=OLD_SIGN["SignFileList"] * 11,
    ),
    old("MissingSignFileList", wire.OLD_ADD_SIGN, status=400, SignFileList=[]),
    old("isv.ERROR_SIGN_NOT_MODIFY", wire.OLD_MODIFY_SIGN),
    # The account as a whole.
    account("ForbiddenAction", 400, standing="forbidden"),
    account("ServiceNotOpened", 400, standing="not_opened"),
    account("isv.PRODUCT_UN_SUBSCRIPT", standing="unsubscribed"),
    account("isv.OUT_OF_SERVICE", standing="arrears"),
    account("isv.ACCOUNT_NOT_EXISTS", standing="unknown"),
    account("isv.ACCOUNT_ABNORMAL", standing="abnormal"),
    account("isv.SECURITY_FROZEN_ACCOUNT", standing="frozen"),
    account("isv.DENY_IP_RANGE", ip_whitelist=["::1"]),
    Case(
        "isp.RAM_PERMISSION_DENY",
        status=200,
        sdk=NO_KEY,
        key=kept(denied=(wire.LIST_TEMPLATES,)),
    ),
    # The gateway: who signs, how, and when; both ways.
    *(
        replace(case, sdk={**case.sdk, "algorithm": algorithm})
        for algorithm in NEW_METHODS
        for case in (
            Case("SignatureDoesNotMatch", sdk={"secret": "wrong"}),
            Case("InvalidAccessKeyId.NotFound", status=404, sdk={"key": "LTAInobody"}),
            Case("InvalidAccessKeyId.Inactive", key=kept(active=False), sdk=NO_KEY),
            Case("InvalidTimeStamp.Expired", ahead=True),
            Case("MissingSecurityToken", key=kept(token="t"), sdk=NO_KEY),
            Case(
                "InvalidSecurityToken.MismatchWithAccessKey",
                key=kept(token="t"),
                sdk={**NO_KEY, "token": "u"},
            ),
            Case(
                "InvalidSecurityToken.Expired",
                key=kept(token="t", expires=1.0),
                sdk={**NO_KEY, "token": "t"},
            ),
            Case("InvalidVersion", sdk={"version": "2018-05-01"}),
            Case("InvalidAction.NotFound", "QueryNothing", status=404),
        )
    ),
    Case("InvalidSecurityToken.Malformed", sdk={"token": "令牌", "algorithm": "v2"}),
    Case("InvalidTimeStamp.Format", sdk={"headers": {"x-acs-date": "today"}}),
    Case(
        "InvalidTimeStamp.Format",
        sdk={"queries": {"Timestamp": "2026-11-21 10:00"}, "algorithm": "v2"},
    ),
    Case(
        "SignatureNonceUsed",
        repeat=2,
        sdk={"headers": {"x-acs-signature-nonce": "once"}},
    ),
    Case(
        "SignatureNonceUsed",
        repeat=2,
        sdk={"queries": {"SignatureNonce": "once"}, "algorithm": "v2"},
    ),
    Case("MissingSignatureNonce", sdk={"headers": {"x-acs-signature-nonce": ""}}),
    Case("MissingTimestamp", sdk={"queries": {"Timestamp": ""}, "algorithm": "v2"}),
    Case("MissingVersion", sdk={"version": ""}),
    Case("MissingAction", ""),
    Case("InvalidRegionId", sdk={"queries": {"RegionId": "Hangzhou"}}),
    Case("InvalidAccessKeySecret", old=True, sdk={"secret": "wrong"}),
    # The gateway: what is asked, and how often.
    Case("InvalidApi.NotFound", status=404, sdk={"path": "/sms"}),
    Case("UnsupportedHTTPMethod", sdk={"http_method": "GET"}),
    Case("UnsupportedHTTPMethod", sdk={"http_method": "PUT"}),
    Case("UnsupportedOperation", "CreateSmsTrademark"),
    *(
        Case(
            code,
            wire.LIST_SIGNS,
            repeat=11,
            status=status,
            settings={"pace": True, "throttle_code": code, "retry_after": False},
        )
        for code, status in (
            ("Throttling.User", 400),
            ("Throttling", 400),
            ("Throttling.Api", 400),
            ("isv.BUSINESS_LIMIT_CONTROL", 200),
        )
    ),
    replace(notice("Throttling.User"), settings={"pace": True}),
]

# Documented for these actions or for every product, but nothing a caller sends, no key
# and no account brings them about. A fault (`refuse`) plays each of them.
NOT_BY_INPUT = {
    "InternalError": "the service's own trouble",
    "ServiceUnavailable": "the service's own trouble",
    "isp.SYSTEM_ERROR": "the service's own trouble",
    "isp.GATEWAY_ERROR": "the service's own trouble",
    "isv.SIGN_OVER_LIMIT": "how many signatures an account may hold is not told",
    "isv.TEMPLATE_OVER_LIMIT": "how many templates an account may hold is not told",
    "isv.PRODUCT_UNSUBSCRIBE": "another spelling of isv.PRODUCT_UN_SUBSCRIPT",
    "isv.SIGN_STATE_ILLEGAL": "of sending",
    "isv.SMS_SIGN_ILLEGAL": "of sending",
    "isv.SMS_CONTENT_ILLEGAL": "of sending",
    "isv.UNSUPPORTED_CONTENT": "of sending",
    "SIGNATURE_BLACKLIST": "of sending",
}

DOCUMENTED_BY = {
    "the new actions' own, from their metadata": (
        "ForbiddenAction AssocSignUnapproved SmsSignatureNotFound "
        "InvalidTemplateRule.Format InvalidTemplateRule InvalidTemplateContent.Format "
        "TemplateVarLimitExceeded InvalidMoreData MissingTemplateName "
        "ServiceNotOpened TemplateNotFound TemplateParameterCountIllegal "
        "ParameterMismatch.ThirdParty SignName.Exists InvalidQualification "
        "InvalidSignName InvalidApplySceneContent MissApplySceneContent "
        "MissingSignName QualificationNotFound SignatureNotFound "
        "SmsAuthorizationLetterNotMatch SmsAuthorizationLetterNotExist "
        "SmsSignNotAuthorized TrademarkNotExist AppIcpRecordNotExist"
    ),
    "the gateway's": (
        "InvalidApi.NotFound InvalidAction.NotFound InvalidVersion "
        "InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive "
        "SignatureDoesNotMatch InvalidTimeStamp.Format InvalidTimeStamp.Expired "
        "SignatureNonceUsed Throttling.User Throttling Throttling.Api "
        "MissingSecurityToken InvalidSecurityToken.Malformed "
        "InvalidSecurityToken.Expired InvalidSecurityToken.MismatchWithAccessKey "
        "ServiceUnavailable InternalError"
    ),
    "the backend's, but those of sending to a phone": (
        "isp.RAM_PERMISSION_DENY isp.SYSTEM_ERROR isp.GATEWAY_ERROR "
        "isv.OUT_OF_SERVICE isv.PRODUCT_UN_SUBSCRIPT isv.PRODUCT_UNSUBSCRIBE "
        "isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.SMS_TEMPLATE_ILLEGAL "
        "isv.SMS_SIGNATURE_ILLEGAL isv.INVALID_PARAMETERS isv.BUSINESS_LIMIT_CONTROL "
        "isv.SIGN_STATE_ILLEGAL isv.DENY_IP_RANGE isv.SMS_CONTENT_ILLEGAL "
        "isv.SMS_SIGN_ILLEGAL isv.SIGN_COUNT_OVER_LIMIT isv.TEMPLATE_COUNT_OVER_LIMIT "
        "isv.SIGN_NAME_ILLEGAL isv.SIGN_FILE_LIMIT isv.SIGN_OVER_LIMIT "
        "isv.TEMPLATE_OVER_LIMIT isv.SIGN_SOURCE_ILLEGAL isv.ERROR_EMPTY_FILE "
        "isv.ERROR_SIGN_NOT_DELETE isv.ERROR_SIGN_NOT_MODIFY "
        "isv.ERROR_TEMPLATE_NOT_DELETE isv.ERROR_TEMPLATE_NOT_MODIFY "
        "isv.SMS_OVER_LIMIT isv.SECURITY_FROZEN_ACCOUNT isv.UNSUPPORTED_CONTENT "
        "isv.INTERFACE_OFFLINE isv.SMS_SIGN_EMOJI_ILLEGAL SIGNATURE_BLACKLIST"
    ),
}
DOCUMENTED = {code for codes in DOCUMENTED_BY.values() for code in codes.split()}
# Told by the documents as two patterns, Missing{Parameter} and Invalid{Parameter}.
PATTERNS = ("Missing", "Invalid")
# Common codes of the cloud's gateway that no document of this product lists; and the
# older SDK's own word for a wrong secret.
UNLISTED = {"UnsupportedHTTPMethod", "UnsupportedOperation", "InvalidAccessKeySecret"}


def provoke(case: Case, sdk: Sdk, late: Sdk, store: Store) -> Refused:
    """Bring about what the case says; how the SDK told it.

    The settings are changed in the store while the server runs. *late* calls a server
    whose clock is sixteen minutes ahead.
    """
    store.reset()
    params = dict(case.params)
    if case.after != FRESH:
        sdk.call(wire.CREATE_SIGN, SIGN)
    if case.after not in (FRESH, "sign pending"):
        approve(store)
        code = sdk.call(wire.CREATE_TEMPLATE, TEMPLATE)["TemplateCode"]
        params = {k: code if v == OURS else v for k, v in params.items()}
    if case.after in (REJECTED, APPROVED):
        approve(store, note="" if case.after == APPROVED else "不合规范")
    if case.key:
        add_key(store, PROVIDER, case.key)
    for name, value in case.settings.items():
        store.note(scope(PROVIDER), name, value)
    if case.old:
        return replace(OldSdk(sdk.port), **case.sdk).refusal(case.action, params)
    caller = replace(late if case.ahead else sdk, **case.sdk)
    return [caller.refusal(case.action, params) for _ in range(case.repeat)][-1]


@pytest.mark.judge
def test_every_code_that_input_can_cause_is_caused_by_input(
    emulate: Emulate, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each case raises exactly its code, and together they leave none out."""
    sdk, late = emulate(), emulate(ahead=960.0)
    told = [provoke(case, sdk, late, store) for case in CASES]
    codes = {each.code for each in told}
    with capsys.disabled():
        print()
        for case, (code, _, status, _) in zip(CASES, told, strict=True):
            print(f"  {status} {code:42} {case.action:20} {case.cause}")
        print(f"  {len(CASES)} calls, {len(codes)} codes provoked by input")
        print(f"  {len(NOT_BY_INPUT)} documented codes no input can cause")
    expected = [(case.code, case.status) for case in CASES]
    assert [(each.code, each.status) for each in told] == expected
    assert all(each.request_id for each in told)
    assert DOCUMENTED - codes == set(NOT_BY_INPUT)
    beyond = codes - DOCUMENTED - UNLISTED
    assert [code for code in beyond if not code.startswith(PATTERNS)] == []


@pytest.mark.parametrize("code", sorted(NOT_BY_INPUT))
def test_codes_that_input_cannot_cause_come_as_faults(
    emulate: Emulate, store: Store, code: str
) -> None:
    """A fault plays the refusals that are the service's own trouble, once."""
    sdk = emulate()
    faults.plant(store, Fault(PROVIDER, FaultKind.REFUSE, code=code))
    assert sdk.refused(wire.LIST_SIGNS, {}) == code
    assert sdk.refused(wire.LIST_SIGNS, {}) == ""


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
def test_errors_arrive_as_the_sdks_own_exceptions(
    emulate: Emulate, store: Store, algorithm: str | None
) -> None:
    """4xx, 5xx, throttled with and without a time to wait, and what is no JSON."""
    sdk = replace(emulate(), algorithm=algorithm)
    with pytest.raises(ClientException) as client:
        sdk.typed(wire.GET_TEMPLATE, {"TemplateCode": "SMS_1"})
    assert (client.value.code, client.value.statusCode) == ("TemplateNotFound", 404)
    assert client.value.data["HostId"] == f"127.0.0.1:{sdk.port}"
    faults.plant(store, Fault(PROVIDER, FaultKind.REFUSE, code="InternalError"))
    with pytest.raises(ServerException):
        sdk.typed(wire.LIST_SIGNS, {})
    faults.plant(store, Fault(PROVIDER, FaultKind.THROTTLE))
    with pytest.raises(ThrottlingException) as throttled:
        sdk.typed(wire.LIST_SIGNS, {})
    assert throttled.value.retry_after == 1000
    store.note(scope(PROVIDER), "retry_after", False)
    faults.plant(store, Fault(PROVIDER, FaultKind.THROTTLE))
    with pytest.raises(ClientException, match="flow control") as plain:
        sdk.typed(wire.LIST_SIGNS, {})
    assert plain.value.code == "Throttling.User"
    faults.plant(store, Fault(PROVIDER, FaultKind.UNAVAILABLE, status=502))
    with pytest.raises(UnretryableException):
        sdk.typed(wire.LIST_SIGNS, {})


@pytest.mark.judge
def test_refusals_of_the_backend_are_no_exceptions(emulate: Emulate) -> None:
    """HTTP 200 with a bad Code: whoever does not look takes it for a success."""
    body = emulate().typed(wire.DELETE_TEMPLATE, {"TemplateCode": "SMS_1"})
    assert body["Code"] == "isv.SMS_TEMPLATE_ILLEGAL"


@pytest.mark.judge
@pytest.mark.parametrize(
    "changed", [{"x-acs-content-sha256": "0" * 64}, {"accept": "text/plain"}]
)
def test_what_was_signed_is_what_counts(
    emulate: Emulate, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    """A signed header that changes on its way, or another body's hash, is refused."""
    sdk, send = emulate(), requests.Session.send

    def tampered(self: requests.Session, request: Any, **more: Any) -> Any:
        request.headers.update(changed)
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", tampered)
    assert sdk.refused(wire.LIST_SIGNS, {}) == "SignatureDoesNotMatch"


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
def test_the_body_is_signed(
    emulate: Emulate, monkeypatch: pytest.MonkeyPatch, algorithm: str | None
) -> None:
    """A form that changes on its way is refused, whichever signature covers it."""
    sdk = replace(emulate(), algorithm=algorithm, as_form=True)
    send = requests.Session.send

    def tampered(self: requests.Session, request: Any, **more: Any) -> Any:
        body = request.body if isinstance(request.body, str) else request.body.decode()
        request.body = body.replace("PageSize=1", "PageSize=2")
        return send(self, request, **more)

    assert sdk.refused(wire.LIST_SIGNS, {"PageSize": 1}) == ""
    monkeypatch.setattr(requests.Session, "send", tampered)
    assert sdk.refused(wire.LIST_SIGNS, {"PageSize": 1}) == "SignatureDoesNotMatch"


@pytest.mark.parametrize("left_out", ["host", "x-acs-action", "x-acs-date"])
def test_the_headers_that_matter_must_be_signed(
    emulate: Emulate, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    """Host and every x-acs header: a signature that skips one is incomplete."""
    sdk, send = emulate(), requests.Session.send

    def loosened(self: requests.Session, request: Any, **more: Any) -> Any:
        said = request.headers["Authorization"].replace(f"{left_out};", "")
        request.headers["Authorization"] = said
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", loosened)
    assert sdk.refused(wire.LIST_SIGNS, {}) == "IncompleteSignature"
