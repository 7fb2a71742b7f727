"""The emulator's error codes: their layer (gateway or backend), status and words.

The gateway answers HTTP 4xx or 5xx in English; the SMS backend answers HTTP 200 with a
``Code`` other than OK, mostly in Chinese. The texts of the actions' own codes are those
of the published metadata (2024-07), backend texts marked "seen" were quoted in public
issue threads; all others are our own words. Read 2026-11-21.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

from smsform.emulation.messages import Refusal
from smsform.model import Kind, Review
from smsform.providers.aliyun.emulator import sending_texts as sending


class GatewayText(NamedTuple):
    """A text of the gateway, with its HTTP status."""

    status: int
    words: str


_400, _404 = HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND

GATEWAY: Mapping[str, GatewayText] = {
    # Every action.
    "InvalidApi.NotFound": GatewayText(
        _404, "Specified api is not found, please check your url and method."
    ),
    "InvalidAction.NotFound": GatewayText(
        _404, "Specified action is not found: {action}."
    ),
    "InvalidVersion": GatewayText(_400, "Specified parameter Version is not valid."),
    "InvalidAccessKeyId.NotFound": GatewayText(
        _404, "Specified access key is not found."
    ),
    "InvalidAccessKeyId.Inactive": GatewayText(
        _400, "Specified access key is disabled."
    ),
    # Exactly one colon before the text: the older SDK splits there.
    "SignatureDoesNotMatch": GatewayText(
        _400,
        "Specified signature is not matched with our calculation. server string to"
        " sign is:{text}",
    ),
    "IncompleteSignature": GatewayText(
        _400, "The request signature does not conform to the standards: {what}."
    ),
    "InvalidTimeStamp.Format": GatewayText(
        _400, "Specified time stamp or date value is not well formatted."
    ),
    "InvalidTimeStamp.Expired": GatewayText(
        _400, "Specified time stamp or date value is expired."
    ),
    "SignatureNonceUsed": GatewayText(
        _400, "Specified signature nonce was used already."
    ),
    "InvalidSecurityToken.Expired": GatewayText(
        _400, "Specified SecurityToken is expired."
    ),
    "InvalidSecurityToken.MismatchWithAccessKey": GatewayText(
        _400, "Specified SecurityToken mismatch with the AccessKey."
    ),
    "InvalidSecurityToken.Malformed": GatewayText(
        _400, "Specified SecurityToken is malformed."
    ),
    "MissingTemplateName": GatewayText(_404, "The template name cannot be empty."),
    "MissingSecurityToken": GatewayText(
        _400, "SecurityToken is mandatory for this action."
    ),
    "Throttling": GatewayText(_400, "Request was denied due to request throttling."),
    "Throttling.Api": GatewayText(_400, "Request was denied due to api flow control."),
    "Throttling.User": GatewayText(
        _400, "Request was denied due to user flow control."
    ),
    "UnsupportedHTTPMethod": GatewayText(_400, "This http method is not supported."),
    "UnsupportedOperation": GatewayText(_400, "The emulator does not do {action}."),
    "ServiceUnavailable": GatewayText(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The request has failed due to a temporary failure of the server.",
    ),
    "InternalError": GatewayText(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The request processing has failed due to some unknown error.",
    ),
    # The new template and sign actions.
    "ForbiddenAction": GatewayText(
        _400, "Access to the account is denied. Please contact the administrator."
    ),
    "ServiceNotOpened": GatewayText(_400, "This product service is not opened."),
    "AssocSignUnapproved": GatewayText(_400, "Associated signature must be approved."),
    "SmsSignatureNotFound": GatewayText(
        _404, "The associated SMS signature does not exist."
    ),
    "InvalidTemplateRule.Format": GatewayText(
        _400, "The parameter TemplateRule format must be JSON."
    ),
    "InvalidTemplateRule": GatewayText(
        _400,
        "The template variable format is non-standard. Please refer to the variable"
        " format specifications in the help documentation.",
    ),
    "InvalidTemplateContent.Format": GatewayText(
        _400, "Invalid template content format."
    ),
    "TemplateVarLimitExceeded": GatewayText(
        _400, "The verification code template only supports one variable."
    ),
    "InvalidMoreData": GatewayText(_400, "Specified parameter MoreData is not valid."),
    "TemplateNotFound": GatewayText(_404, "The template does not exist."),
    "TemplateParameterCountIllegal": GatewayText(
        _400,
        "The verification code template only supports 1 verification code as a"
        " variable",
    ),
    "ParameterMismatch.ThirdParty": GatewayText(
        _400,
        "The type of signature, whether for personal use or for a third party, should"
        " be consistent with the qualifications.",
    ),
    "SignName.Exists": GatewayText(
        _400, "Sorry, this signature already exists and cannot be applied for again."
    ),
    "InvalidQualification": GatewayText(_400, "The qualification should be approved."),
    "QualificationNotFound": GatewayText(_404, "Qualification does not exist."),
    "InvalidSignName": GatewayText(
        _400, "The signature cannot contain spaces, special symbols, or all numbers."
    ),
    "InvalidApplySceneContent": GatewayText(
        _400,
        "For certain signature sources, the applySceneContent should be an HTTP or"
        " HTTPS link.",
    ),
    "MissApplySceneContent": GatewayText(
        _400, "In some signature sources, the applySceneContent is required."
    ),
    "MissingSignName": GatewayText(_400, "The signature name cannot be empty."),
    "SignatureNotFound": GatewayText(_404, "The signature does not exist."),
    # Named in newer metadata without a status or text.
    "SmsAuthorizationLetterNotExist": GatewayText(
        _404, "The authorization letter does not exist."
    ),
    "SmsAuthorizationLetterNotMatch": GatewayText(
        _400, "The authorization letter does not match the signature."
    ),
    "SmsSignNotAuthorized": GatewayText(_400, "The signature is not authorized."),
    "TrademarkNotExist": GatewayText(_404, "The trademark does not exist."),
    "AppIcpRecordNotExist": GatewayText(_404, "The app ICP record does not exist."),
}

BACKEND: Mapping[str, str] = {
    "isp.RAM_PERMISSION_DENY": "没有访问权限",  # seen
    "isp.SYSTEM_ERROR": "系统错误",
    "isv.INTERFACE_OFFLINE": "接口已下线",
    "isv.OUT_OF_SERVICE": "业务停机",
    "isv.PRODUCT_UN_SUBSCRIPT": "未开通云通信产品的阿里云客户",
    "isv.ACCOUNT_NOT_EXISTS": "账户不存在",
    "isv.ACCOUNT_ABNORMAL": "账户异常",
    "isv.SECURITY_FROZEN_ACCOUNT": "账号已被安全冻结",
    "isv.DENY_IP_RANGE": "源IP地址所在的地区被禁用",
    "isv.BUSINESS_LIMIT_CONTROL": "触发天级流控Permits:10",  # seen
    "isv.INVALID_PARAMETERS": "参数异常：{name}",
    "isv.SMS_TEMPLATE_ILLEGAL": "该账号下找不到对应模板",  # seen
    "isv.SMS_SIGNATURE_ILLEGAL": "签名不合法(不存在或被拉黑)",  # seen
    "isv.TEMPLATE_COUNT_OVER_LIMIT": "超过单自然日模板申请数量上限",
    "isv.SMS_OVER_LIMIT": "单日最多申请模板或签名100条",
    "isv.SIGN_COUNT_OVER_LIMIT": "超过单自然日签名申请数量上限",
    "isv.SIGN_NAME_ILLEGAL": "签名名称不符合规范",
    "isv.SIGN_SOURCE_ILLEGAL": "签名来源不符合规范",
    "isv.SIGN_FILE_LIMIT": "签名认证材料附件大小超过限制",
    "isv.ERROR_EMPTY_FILE": "签名认证材料附件不能为空",
    "isv.SMS_SIGN_EMOJI_ILLEGAL": "签名不能包含emoji表情",
    "isv.ERROR_SIGN_NOT_MODIFY": "审核中的签名不支持修改",
    "isv.ERROR_SIGN_NOT_DELETE": "审核中的签名，暂时无法删除",
    "isv.ERROR_TEMPLATE_NOT_MODIFY": "已通过的模板不支持修改",
    "isv.ERROR_TEMPLATE_NOT_DELETE": "审核中的模板，暂时无法删除",
    **sending.BACKEND,
}


# The states of review as these texts name them.
STATES = {
    Review.IN_REVIEW: "审核中",
    Review.APPROVED: "已通过",
    Review.APPROVED_INACTIVE: "已通过",
    Review.CANCELLED: "已撤回",
}


class GatewayRefusal(Refusal):
    """A refusal of the gateway's layer, with its HTTP status.

    ``retry_after`` is what the header of that name says, in milliseconds; 0: nothing.
    """

    def __init__(
        self, code: str, message: str, status: int, retry_after: int = 0
    ) -> None:
        super().__init__(code, message)
        self.status, self.retry_after = status, retry_after


def refusal(code: str, **fields: object) -> Refusal:
    """The refusal with that code; *fields* fill its text.

    Codes of the SMS backend are recognised by their prefix. A code in no table is
    refused by the gateway with HTTP 400 and the code as its text.
    """
    told = defaultdict(str, fields)  # a fault gives no fields
    if code in BACKEND:
        return Refusal(code, BACKEND[code].format_map(told))
    if code.startswith(("isv.", "isp.")):
        return Refusal(code, code)
    text = GATEWAY.get(code, GatewayText(_400, code))
    return GatewayRefusal(code, text.words.format_map(told), text.status)


def unchangeable(kind: Kind, review: str) -> Refusal:
    """A signature or template in a state in which it cannot be changed.

    The published texts name one state each; those of the others are [I].
    """
    what, word = {
        Kind.SIGNATURE: ("SIGN", "签名"),
        Kind.TEMPLATE: ("TEMPLATE", "模板"),
    }[kind]
    state = STATES.get(Review(review), "此状态")
    return Refusal(f"isv.ERROR_{what}_NOT_MODIFY", f"{state}的{word}不支持修改")


def missing(name: str) -> Refusal:
    """A parameter that is mandatory was not sent, or sent empty."""
    return GatewayRefusal(
        f"Missing{name}", f"{name} is mandatory for this action.", _400
    )


def invalid(name: str) -> Refusal:
    """A parameter is of another type, outside its enumeration or too long."""
    text = f"Specified parameter {name} is not valid."
    return GatewayRefusal(f"Invalid{name}", text, _400)


def throttled(code: str, retry_after: int) -> Refusal:
    """Too many calls; *retry_after* in milliseconds, 0 to leave the header out."""
    found = refusal(code)
    if isinstance(found, GatewayRefusal):
        return GatewayRefusal(code, found.message, found.status, retry_after)
    return found
