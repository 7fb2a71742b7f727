"""The words of the emulator's error codes.

The gateway speaks Chinese or English (``X-TC-Language`` [I]); the SMS backend was only
seen in English. Gateway texts marked "seen" were quoted in public issue threads of the
SDKs, read 2026-11-21; all others are our own words for the documented meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from smsform.emulation.messages import Refusal
from smsform.providers.tencent.emulator import sending_texts as sending

# code -> (Chinese, English)
GATEWAY: Mapping[str, tuple[str, str]] = {
    "AuthFailure.SignatureFailure": (  # seen
        "请求签名验证失败，请检查您的签名计算是否正确。",
        "The provided credentials could not be validated. Please check your signature"
        " is correct.",
    ),
    "AuthFailure.SecretIdNotFound": (  # English: seen
        "SecretId不存在，请输入正确的密钥。",
        "The SecretId is not found, please ensure that your SecretId is correct.",
    ),
    "AuthFailure.InvalidSecretId": (
        "密钥非法，不是云 API 密钥类型。",
        "The SecretId is not a key of the cloud API.",
    ),
    "AuthFailure.SignatureExpire": (
        "签名过期，Timestamp 和服务器时间相差不得超过五分钟，请检查本地时间。",
        "The signature has expired. The timestamp and the server's time must not differ"
        " by more than five minutes.",
    ),
    "AuthFailure.InvalidAuthorization": (
        "请求头部的 Authorization 不符合腾讯云标准。",
        "The Authorization header does not have the documented form.",
    ),
    "AuthFailure.MFAFailure": ("MFA 错误。", "Multi-factor authentication failed."),
    "AuthFailure.TokenFailure": (
        "Token 错误，或缺少 Token。", "The token is wrong, expired or missing.",
    ),
    "AuthFailure.UnauthorizedOperation": (
        "请求未授权，策略不允许操作 {action}。",
        "The policy of this key does not allow {action}.",
    ),
    "RequestLimitExceeded": (  # seen
        "您当前每秒请求 `{times}` 次，超过了每秒频率上限 `{limit}`，请稍后重试。",
        "Your current request times equals to `{times}` in a second, which exceeds"
        " the frequency limit `{limit}` for a second. Please reduce the frequency of"
        " calls.",
    ),
    "InvalidParameterValue": (  # English: seen
        "参数 `X-TC-Region` 的取值无效、不受支持或不可用。",
        "A value specified in `X-TC-Region` is not valid, is unsupported, or cannot be"
        " used.",
    ),
    "UnsupportedRegion": (
        "产品不支持所请求地域 `{region}`。",
        "The product does not support the region `{region}`.",
    ),
    "InvalidAction": (
        "接口 `{action}` 不存在。", "The action `{action}` does not exist.",
    ),
    "NoSuchVersion": (
        "接口版本 `{version}` 不存在。", "The version `{version}` does not exist.",
    ),
    "NoSuchProduct": (
        "产品 `{product}` 不存在。", "The product `{product}` does not exist.",
    ),
    "MissingParameter": ("缺少参数 `{name}`。", "The parameter `{name}` is missing."),
    "UnknownParameter": (
        "未定义的参数 `{name}`。", "The parameter `{name}` is not defined.",
    ),
    "InvalidParameter": (
        "参数 `{name}` 类型或格式错误。",
        "The parameter `{name}` has a wrong type or form.",
    ),
    "InvalidRequest": (
        "请求 body 的 multipart 格式错误。",
        "The multipart body of the request cannot be read.",
    ),
    "UnsupportedProtocol": (
        "只支持 GET 和 POST 请求。", "Only GET and POST requests are supported.",
    ),
    "RequestSizeLimitExceeded": (
        "请求包超过限制大小。", "The request is larger than allowed.",
    ),
    "IpInBlacklist": ("IP 地址在黑名单中。", "The address is on a blacklist."),
    "IpNotInWhitelist": ("IP 地址不在白名单中。", "The address is on no whitelist."),
    "UnauthorizedOperation": (
        "未授权操作：未开通短信服务。", "SMS is not activated for this account.",
    ),
}  # fmt: skip

BACKEND: Mapping[str, str] = {
    "InternalError.JsonParseFail": "request json body parse fail",  # seen
    "InternalError.RestApiInterfaceNotExist": "no interface at this path",
    "FailedOperation.FailResolvePacket": "request body is not an object",
    "FailedOperation.JsonParseFail": "request body has text that is not Unicode",
    "FailedOperation.MissingSignature": "apply for a signature before a template",
    "FailedOperation.MissingSignatureList": "the account has no signature",
    "FailedOperation.MissingTemplateList": "the account has no template",
    "FailedOperation.MissingSignatureToModify": "no signature has this id",
    "FailedOperation.MissingTemplateToModify": "no template has this id",
    "FailedOperation.SignIdNotExist": "sign id does not exist",
    "FailedOperation.TemplateIdNotExist": "template id does not exist",
    "FailedOperation.TemplateAlreadyPassedCheck":
        "the template passed its review and cannot be changed",
    "FailedOperation.TemplateNumberLimit": "number of templates reached its maximum",
    "FailedOperation.SignNumberLimit": "number of signatures reached its maximum",
    "FailedOperation.ForbidAddMarketingTemplates":
        "this account cannot apply for marketing templates",
    "FailedOperation.NotEnterpriseCertification":
        "only accounts verified as an enterprise can use this interface",
    "FailedOperation.ProhibitSubAccountUse":
        "only the main account can list without ids",
    "FailedOperation.QualificationIdNotApproved": "qualification is not approved",
    "FailedOperation.OtherError": "other error: {what}",
    "InvalidParameter.DirtyWordFound": "dirty word found",
    "InvalidParameter.InvalidParameters": "invalid parameters: {name}",
    "InvalidParameterValue.ImageInvalid": "image {name} is invalid",
    "InvalidParameterValue.InvalidDocumentType":
        "DocumentType does not go with SignType",
    "InvalidParameterValue.InvalidInternational": "invalid International",
    "InvalidParameterValue.InvalidSignPurpose": "invalid SignPurpose",
    "InvalidParameterValue.InvalidUsedMethod": "invalid UsedMethod",
    "InvalidParameterValue.InvalidSmsType": "invalid SmsType",
    "InvalidParameterValue.InvalidTemplateFormat": "template format error: {what}",
    "InvalidParameterValue.LimitVerifyFail": "parameter Limit verify fail",
    "InvalidParameterValue.OffsetVerifyFail": "parameter Offset verify fail",
    "InvalidParameterValue.MarketingTemplateWithoutUnsubscribe":
        "marketing templates must end with 拒收请回复R",
    "InvalidParameterValue.QualificationIdNotFound": "qualification not found",
    "InvalidParameterValue.SignAlreadyPassedCheck":
        "the signature passed its review and cannot be changed",
    "InvalidParameterValue.SignExistAndUnapproved":
        "the same signature is under review already",
    "InvalidParameterValue.SignNameLengthTooLong": "sign name is too long",
    "InvalidParameterValue.TemplateWithDirtyWords": "template contains dirty words",
    "InvalidParameterValue.UnsupportedTemplateVariable":
        "this account cannot use variables in this type of template",
    "UnauthorizedOperation.RequestIpNotInWhitelist": "request ip is not in whitelist",
    "UnauthorizedOperation.RequestPermissionDeny": "request permission denied",
    "UnauthorizedOperation.SdkAppIdIsDisabled": "sdkappid is disabled",
    "UnauthorizedOperation.ServiceSuspendDueToArrears":
        "service is suspended due to arrears",
    "UnsupportedOperation": "operation is not supported: {what}",
    **sending.BACKEND,
}  # fmt: skip


class GatewayRefusal(Refusal):
    """A refusal of the gateway, which speaks two languages.

    ``message`` is the English text, ``in_chinese`` the other.
    """

    def __init__(self, code: str, message: str, in_chinese: str) -> None:
        super().__init__(code, message)
        self.in_chinese = in_chinese


def refusal(code: str, **fields: object) -> Refusal:
    """The refusal with that code; *fields* fill its text.

    A variant (``RequestLimitExceeded.IPLimitExceeded``) has the words of its root.
    """
    told = defaultdict(str, fields)  # a fault gives no fields
    for name in (code, code.partition(".")[0]):
        if name in BACKEND:
            return Refusal(code, BACKEND[name].format_map(told))
        if name in GATEWAY:
            chinese, english = (text.format_map(told) for text in GATEWAY[name])
            return GatewayRefusal(code, english, chinese)
    return Refusal(code, code)
