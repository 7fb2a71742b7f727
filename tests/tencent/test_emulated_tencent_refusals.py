"""Every documented code that input can cause, caused through the official SDK.

The codes are those of the SDK's errorcodes.py and service descriptions for the template
and sign actions, and of the common-error page of the cloud API (read 2026-11-21).
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from tencentcloud.common.exception import TencentCloudSDKException

from smsform.emulation import faults
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.reviewer import judge
from smsform.emulation.settings import scope
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.keys import AccessKey, add_key
from tencent.official import PROVIDER, SIGN, TEMPLATE, Emulate, Sdk

LIST: Mapping[str, Any] = {"International": 0, "Limit": 10}
MODIFIED: Mapping[str, Any] = {**TEMPLATE, "TemplateId": 999}
OURS = "the entry made before"
NO_KEY = {"secret_id": "AKIDkept", "secret_key": "secret"}


@dataclass(frozen=True)
class Case:
    """A call that the service refuses with ``code``.

    ``settings`` are the account's, ``sdk`` how the SDK is set up, ``key`` a key there
    is. ``after`` says what was done before: a sign applied for, a template too, passed.
    """

    code: str
    action: str = wire.DESCRIBE_TEMPLATES
    params: Any = field(default_factory=lambda: LIST)
    settings: Mapping[str, Any] = field(default_factory=dict)
    sdk: Mapping[str, Any] = field(default_factory=dict)
    key: AccessKey | None = field(default=None, repr=False)
    after: str = "sign template"
    repeat: int = 1

    @property
    def cause(self) -> str:
        """What is out of the ordinary, for the printed table."""
        if isinstance(self.params, Mapping):
            base = {**SIGN, **TEMPLATE, **LIST}
            odd = {k: v for k, v in self.params.items() if base.get(k) != v}
        else:
            odd = {"body": self.params}
        sdk = {k: v for k, v in self.sdk.items() if not k.startswith("secret_k")}
        parts = {**odd, **self.settings, **sdk}
        return str(parts)[:70] if parts else f"after: {self.after or 'nothing'}"


def template(code: str, /, **changed: Any) -> Case:
    """AddSmsTemplate with one thing wrong."""
    return Case(code, wire.ADD_TEMPLATE, {**TEMPLATE, **changed})


def sign(code: str, /, **changed: Any) -> Case:
    """AddSmsSign with one thing wrong."""
    return Case(code, wire.ADD_SIGN, {**SIGN, "SignName": "新的商城", **changed})


def account(code: str, /, **settings: Any) -> Case:
    """A list asked for by an account that is not in order."""
    return Case(code, settings=settings)


def kept(**traits: Any) -> AccessKey:
    """A key of the store."""
    return AccessKey("AKIDkept", "secret", **traits)


VALUE = "InvalidParameterValue"
CASES = [
    # Signs: the codes of AddSmsSign and ModifySmsSign.
    replace(
        sign(f"{VALUE}.SignAlreadyPassedCheck", SignName=SIGN["SignName"]),
        after="passed",
    ),
    Case(
        f"{VALUE}.SignAlreadyPassedCheck",
        wire.MODIFY_SIGN,
        {**SIGN, "SignId": OURS},
        after="passed",
    ),
    sign(f"{VALUE}.SignExistAndUnapproved", SignName=SIGN["SignName"]),
    sign(f"{VALUE}.ImageInvalid", ProofImage="data:image/png;base64,aW1hZ2U="),
    sign(f"{VALUE}.ImageInvalid", SignPurpose=1),
    replace(sign(f"{VALUE}.ImageInvalid"), settings={"images": "strict"}),
    replace(sign("FailedOperation.SignNumberLimit"), settings={"sign_quota": 1}),
    sign(f"{VALUE}.SignNameLengthTooLong", SignName="一二三四五六七八九十一二三"),
    sign(f"{VALUE}.InvalidDocumentType", DocumentType=7),
    sign(f"{VALUE}.InvalidUsedMethod", SignPurpose=2),
    Case(
        f"{VALUE}.InvalidSignPurpose",
        wire.MODIFY_SIGN,
        {**SIGN, "SignId": OURS, "SignPurpose": 2},
    ),
    sign(f"{VALUE}.InvalidInternational", International=3),
    replace(
        sign(f"{VALUE}.QualificationIdNotFound"),
        settings={"qualifications": {"1": "approved"}},
    ),
    sign(f"{VALUE}.QualificationIdNotFound", QualificationId=None),
    replace(
        sign("FailedOperation.QualificationIdNotApproved"),
        settings={"qualifications": {"4001": "pending"}},
    ),
    Case("FailedOperation.SignIdNotExist", wire.DELETE_SIGN, {"SignId": 999}),
    Case(
        "FailedOperation.MissingSignatureToModify",
        wire.MODIFY_SIGN,
        {**SIGN, "SignId": 999},
    ),
    Case(
        "FailedOperation.MissingSignatureList",
        wire.MODIFY_SIGN,
        {**SIGN, "SignId": 999},
        after="",
    ),
    # Templates: AddSmsTemplate.
    replace(template("FailedOperation.MissingSignature"), after=""),
    replace(
        template("FailedOperation.TemplateNumberLimit"), settings={"template_quota": 1}
    ),
    replace(
        template("FailedOperation.ForbidAddMarketingTemplates", SmsType=1),
        settings={"marketing": False},
    ),
    template(f"{VALUE}.InvalidInternational", International=3),
    template(f"{VALUE}.InvalidSmsType", SmsType=0),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="{1}和{3}"),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="{1}"),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="见{1}{2}"),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="见www.{1}.com"),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="【店】您好"),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="您好{name}"),
    template(f"{VALUE}.InvalidTemplateFormat", TemplateContent="长" * 501),
    template(
        f"{VALUE}.MarketingTemplateWithoutUnsubscribe",
        SmsType=1,
        TemplateContent="满百减十，回T退订",
    ),
    replace(
        template(f"{VALUE}.UnsupportedTemplateVariable", SmsType=2),
        settings={"variables_in": ["verification"]},
    ),
    template(f"{VALUE}.TemplateWithDirtyWords", TemplateContent="彩票中了"),
    template("InvalidParameter.DirtyWordFound", Remark="彩票"),
    template("InvalidParameter.InvalidParameters", TemplateName=" "),
    replace(template("FailedOperation.OtherError"), settings={"unique_names": True}),
    # A body that is no object, or no JSON, or no Unicode.
    Case("FailedOperation.FailResolvePacket", params="International"),
    Case("InternalError.JsonParseFail", params={"International": float("nan")}),
    Case(
        "FailedOperation.JsonParseFail",
        wire.ADD_TEMPLATE,
        {**TEMPLATE, "Remark": "\ud800"},
    ),
    # ModifySmsTemplate, DeleteSmsTemplate, the lists.
    Case("FailedOperation.MissingTemplateToModify", wire.MODIFY_TEMPLATE, MODIFIED),
    Case(
        "FailedOperation.MissingTemplateList",
        wire.MODIFY_TEMPLATE,
        MODIFIED,
        after="sign",
    ),
    Case(
        "FailedOperation.TemplateAlreadyPassedCheck",
        wire.MODIFY_TEMPLATE,
        {**TEMPLATE, "TemplateId": OURS},
        after="passed",
    ),
    Case(
        f"{VALUE}.InvalidInternational",
        wire.MODIFY_TEMPLATE,
        {**TEMPLATE, "TemplateId": OURS, "International": 1},
    ),
    Case(
        "FailedOperation.TemplateIdNotExist", wire.DELETE_TEMPLATE, {"TemplateId": 999}
    ),
    Case(
        "UnsupportedOperation",
        wire.DELETE_TEMPLATE,
        {"TemplateId": OURS},
        settings={"delete_pending": False},
    ),
    Case(
        "FailedOperation.MissingTemplateToModify",
        params={**LIST, "Offset": 9},
        settings={"empty": "missing"},
    ),
    Case(f"{VALUE}.LimitVerifyFail", params={**LIST, "Limit": 101}),
    Case(f"{VALUE}.LimitVerifyFail", params={**LIST, "Limit": -1}),
    Case(
        f"{VALUE}.LimitVerifyFail",
        params={"International": 0},
        settings={"limit_zero": "refuse"},
    ),
    Case(f"{VALUE}.OffsetVerifyFail", params={**LIST, "Offset": -1}),
    Case(
        "InvalidParameter.InvalidParameters",
        params={**LIST, "TemplateIdSet": list(range(101))},
    ),
    account("FailedOperation.ProhibitSubAccountUse", sub_account=True),
    # The account as a whole.
    account("FailedOperation.NotEnterpriseCertification", individual=True),
    account("UnauthorizedOperation.ServiceSuspendDueToArrears", arrears=True),
    account("UnauthorizedOperation.RequestPermissionDeny", permission=False),
    account("UnauthorizedOperation.SdkAppIdIsDisabled", app_disabled=True),
    account("UnauthorizedOperation.RequestIpNotInWhitelist", ip_whitelist=["::1"]),
    account("UnauthorizedOperation", activated=False),
    # The gateway: who signs, how, and when.
    Case("AuthFailure.SignatureFailure", sdk={"secret_key": "wrong"}),
    Case(
        "AuthFailure.SignatureFailure",
        sdk={"secret_key": "wrong", "sign_method": wire.V1_SHA1},
    ),
    Case(
        "AuthFailure.SignatureFailure",
        wire.ADD_SIGN,
        {**SIGN, "ProofImage": "A" * 2**20},
        sdk={"sign_method": wire.V1_SHA256},
    ),
    Case("AuthFailure.SecretIdNotFound", sdk={"secret_id": "AKIDnobody"}),
    Case("AuthFailure.InvalidSecretId", sdk={"secret_id": "1250000000"}),
    Case("AuthFailure.SignatureExpire", after="six minutes"),
    Case(
        "AuthFailure.SignatureExpire",
        after="six minutes",
        sdk={"sign_method": wire.V1_SHA1},
    ),
    Case("AuthFailure.InvalidAuthorization", sdk={"options": {"SkipSign": True}}),
    Case("AuthFailure.MFAFailure", key=kept(mfa=True), sdk=NO_KEY),
    Case(
        "AuthFailure.TokenFailure",
        key=kept(token="right"),
        sdk={**NO_KEY, "token": "wrong"},
    ),
    Case("AuthFailure.TokenFailure", sdk={"token": "needless"}),
    Case(
        "AuthFailure.TokenFailure",
        key=kept(token="t", expires=1.0),
        sdk={**NO_KEY, "token": "t"},
    ),
    Case(
        "AuthFailure.UnauthorizedOperation",
        key=kept(denied=(wire.DESCRIBE_TEMPLATES,)),
        sdk=NO_KEY,
    ),
    Case("IpInBlacklist", key=kept(refused_ips=("127.0.0.1",)), sdk=NO_KEY),
    Case("IpNotInWhitelist", key=kept(allowed_ips=("10.0.0.1",)), sdk=NO_KEY),
    # The gateway: what is asked.
    Case(
        "RequestLimitExceeded",
        wire.DELETE_TEMPLATE,
        {"TemplateId": 999},
        settings={"pace": True},
        repeat=2,
    ),
    *(
        Case(
            f"RequestLimitExceeded.{which}",
            wire.DELETE_TEMPLATE,
            {"TemplateId": 999},
            settings={"pace": True, "throttle_code": f"RequestLimitExceeded.{which}"},
            repeat=2,
        )
        for which in (
            "IPLimitExceeded",
            "UinLimitExceeded",
            "GlobalRegionUinLimitExceeded",
        )
    ),
    Case(VALUE, sdk={"region": "Guangzhou"}),
    Case("UnsupportedRegion", sdk={"region": "ap-chengdu"}),
    Case("InvalidAction", "DescribeNothing"),
    Case("NoSuchVersion", sdk={"version": wire.OLD_VERSION}),
    Case("NoSuchProduct", sdk={"host": "cms.tencentcloudapi.com"}),
    Case("MissingParameter", sdk={"region": None}),
    Case("MissingParameter", wire.ADD_TEMPLATE, {"TemplateName": "验证码"}),
    Case("UnknownParameter", params={**LIST, "Keyword": "验证码"}),
    Case("InvalidParameter", params={**LIST, "Limit": "ten"}),
    Case("InvalidParameter", params={**LIST, "Limit": True}),
    Case(
        "InvalidParameter",
        params={**LIST, "Limit": "10"},
        settings={"numeric_strings": False},
    ),
    Case(
        "InvalidRequest",
        params={"International": "0"},
        sdk={"options": {"IsMultipart": True}},
    ),
    Case(
        "RequestSizeLimitExceeded",
        wire.ADD_SIGN,
        {**SIGN, "ProofImage": "A" * 10 * 2**20},
    ),
    Case(
        "RequestSizeLimitExceeded",
        params={**LIST, "Keyword": "A" * 2**15},
        sdk={"http_method": "GET"},
    ),
    Case(
        "InternalError.RestApiInterfaceNotExist",
        sdk={"path": "/v3", "sign_method": wire.V1_SHA1},
    ),
]

# Documented for these actions or for every product, but nothing a caller sends, no key
# and no account brings them about. A fault (`refuse`) plays each of them.
NOT_BY_INPUT = {
    "InternalError.RequestTimeException": "ten minutes; the gateway stops at five",
    "InternalError.SigVerificationFail": "between the gateway and the SMS backend",
    "InternalError.Timeout": "the service's own trouble",
    "InternalError.UnknownError": "the service's own trouble",
    "InternalError": "the service's own trouble",
    "ServiceUnavailable": "the service's own trouble",
    "ActionOffline": "every one of these actions is in service",
    "LimitExceeded": "SMS has codes of its own for its limits",
    "ResourceNotFound": "SMS has codes of its own for what is missing",
    "ResponseSizeLimitExceeded": "a hundred rows stay far below it",
    "DryRunOperation": "no action of this product takes DryRun",
}
NOT_BY_THE_SDK = {"UnsupportedProtocol": "the SDK sends GET and POST only"}

DOCUMENTED = {
    "AuthFailure": "SignatureFailure SecretIdNotFound SignatureExpire MFAFailure "
    "InvalidAuthorization InvalidSecretId TokenFailure UnauthorizedOperation",
    "FailedOperation": "SignNumberLimit QualificationIdNotApproved SignIdNotExist "
    "MissingSignatureToModify MissingSignatureList MissingSignature "
    "TemplateNumberLimit ForbidAddMarketingTemplates NotEnterpriseCertification "
    "OtherError FailResolvePacket JsonParseFail MissingTemplateToModify "
    "MissingTemplateList TemplateAlreadyPassedCheck TemplateIdNotExist "
    "ProhibitSubAccountUse",
    "InvalidParameter": "DirtyWordFound InvalidParameters",
    "InvalidParameterValue": "SignAlreadyPassedCheck SignExistAndUnapproved "
    "ImageInvalid SignNameLengthTooLong InvalidDocumentType InvalidSignPurpose "
    "InvalidUsedMethod InvalidInternational QualificationIdNotFound InvalidSmsType "
    "InvalidTemplateFormat MarketingTemplateWithoutUnsubscribe "
    "UnsupportedTemplateVariable LimitVerifyFail OffsetVerifyFail "
    "TemplateWithDirtyWords",
    "InternalError": "JsonParseFail RequestTimeException RestApiInterfaceNotExist "
    "SigVerificationFail Timeout UnknownError",
    "UnauthorizedOperation": "RequestIpNotInWhitelist RequestPermissionDeny "
    "SdkAppIdIsDisabled ServiceSuspendDueToArrears",
    "RequestLimitExceeded": "IPLimitExceeded UinLimitExceeded "
    "GlobalRegionUinLimitExceeded",
    "": "RequestLimitExceeded InvalidParameterValue UnsupportedRegion InvalidAction "
    "NoSuchVersion NoSuchProduct MissingParameter UnknownParameter InvalidParameter "
    "InvalidRequest UnsupportedProtocol RequestSizeLimitExceeded "
    "ResponseSizeLimitExceeded InternalError ServiceUnavailable ActionOffline "
    "LimitExceeded ResourceNotFound UnauthorizedOperation UnsupportedOperation "
    "IpInBlacklist IpNotInWhitelist DryRunOperation",
}
CODES = {
    f"{family}.{code}" if family else code
    for family, codes in DOCUMENTED.items()
    for code in codes.split()
}


def provoke(case: Case, sdk: Sdk, late: Sdk, store: Store) -> str:
    """Bring about what the case says; the code the SDK raises with.

    The settings are changed in the store while the server runs. *late* calls a server
    whose clock is six minutes ahead.
    """
    store.reset()
    ours: dict[str, int] = {}
    if case.after:
        ours["SignId"] = sdk.call(wire.ADD_SIGN, SIGN)["AddSignStatus"]["SignId"]
    if case.after not in ("", "sign"):
        added = sdk.call(wire.ADD_TEMPLATE, TEMPLATE)["AddTemplateStatus"]
        ours["TemplateId"] = int(added["TemplateId"])
    if case.after == "passed":
        for entry in store.everything():
            judge(store, entry.id, Review.APPROVED, 0.0)
    if case.key:
        add_key(store, PROVIDER, case.key)
    for name, value in case.settings.items():
        store.note(scope(PROVIDER), name, value)
    params = case.params
    if isinstance(params, Mapping):
        params = {k: ours[k] if v == OURS else v for k, v in params.items()}
    caller = replace(late if case.after == "six minutes" else sdk, **case.sdk)
    codes = [caller.refused(case.action, params) for _ in range(case.repeat)]
    return codes[-1]


@pytest.mark.judge
def test_every_code_that_input_can_cause_is_caused_by_input(
    emulate: Emulate, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each case raises exactly its code, and together they leave none out."""
    sdk, late = emulate(), emulate(ahead=360.0)
    told = [provoke(case, sdk, late, store) for case in CASES]
    with capsys.disabled():
        print()
        for case, code in zip(CASES, told, strict=True):
            print(f"  {code:57} {case.action:24} {case.cause}")
        print(f"  {len(CASES)} calls, {len(set(told))} codes provoked by input")
        print(f"  {len(NOT_BY_INPUT)} documented codes no input can cause")
    assert told == [case.code for case in CASES]
    assert set(told) | set(NOT_BY_INPUT) | set(NOT_BY_THE_SDK) == CODES
    assert not set(told) & (set(NOT_BY_INPUT) | set(NOT_BY_THE_SDK))


@pytest.mark.parametrize("code", sorted(NOT_BY_INPUT))
def test_codes_that_input_cannot_cause_come_as_faults(
    emulate: Emulate, store: Store, code: str
) -> None:
    """A fault plays the refusals that are the service's own trouble, once."""
    sdk = emulate()
    faults.plant(store, Fault(PROVIDER, FaultKind.REFUSE, code=code))
    assert sdk.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == code
    assert sdk.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == ""


def test_other_http_methods_are_refused(emulate: Emulate) -> None:
    """PUT is answered in the envelope, HTTP 200, as every refusal."""
    connection = http.client.HTTPConnection("127.0.0.1", emulate().port, timeout=10)
    connection.request("PUT", "/", b"{}", {"Content-Type": "application/json"})
    reply = connection.getresponse()
    body = reply.read().decode()
    connection.close()
    assert (reply.status, reply.headers["Content-Type"]) == (200, "application/json")
    assert '"UnsupportedProtocol"' in body


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "equals to `2` in a second, which exceeds the frequency limit `1`"),
        ("zh-CN", "您当前每秒请求 `2` 次，超过了每秒频率上限 `1`"),
    ],
)
def test_too_many_calls_are_told_in_the_services_words(
    emulate: Emulate, language: str, words: str
) -> None:
    """The throttle names the calls and the limit, in either language."""
    sdk: Sdk = replace(emulate(pace=True), language=language)
    assert sdk.refused(wire.DELETE_SIGN, {"SignId": 1}) == (
        "FailedOperation.SignIdNotExist"
    )
    with pytest.raises(TencentCloudSDKException) as raised:
        sdk.call(wire.DELETE_SIGN, {"SignId": 1})
    assert raised.value.code == "RequestLimitExceeded"
    assert words in raised.value.message
