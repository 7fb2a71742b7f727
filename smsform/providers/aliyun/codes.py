"""What each error code means for a run, and what a person does about it.

Two layers answer. The gateway checks key, signature, pace and parameters and refuses
with a 4xx; what it refuses was never done. The service itself refuses with a 4xx (its
newer actions) or with a code other than OK in a 200 (``isv.`` the caller's fault,
``isp.`` its own). Codes are those of the OpenAPI metadata of 2017-05-25, of the common
error codes of the gateway and of the table of help.aliyun.com document 101346; read
2026-11-21, those of sending again 2026-11-29. The advice is in our words. A code
without a scope refuses nothing for sure: after a write it leaves open whether the
write happened.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.errors import Scope
from smsform.errors.answers import Code
from smsform.providers.aliyun import wire

SOURCE = "OpenAPI metadata of Dysmsapi 2017-05-25; help.aliyun.com document 101346"
READ = "2026-11-21"
READ_SENDING = "2026-11-29"

ENTRY, ACCOUNT, THROTTLE, GONE = (
    Scope.ENTRY,
    Scope.ACCOUNT,
    Scope.THROTTLE,
    Scope.GONE,
)
UNCLEAR = None

# Per line: the scope, the advice, the codes it holds for.
_TABLE: tuple[tuple[Scope | None, str, tuple[str, ...]], ...] = (
    # -- texts
    (ENTRY, "check the text: variables are ${name}, each once, with text around them",
     ("InvalidTemplateContent.Format",)),
    (ENTRY, "leave one variable: a verification text has only its code", (
        "TemplateParameterCountIllegal", "TemplateVarLimitExceeded",
        "template_parameter_count_illegal",
    )),
    (ENTRY, "give each variable an attribute that fits: the parameter's `kind`, or "
     "`aliyun: {template_rule: {name: attribute}}`",
     ("InvalidTemplateRule", "InvalidTemplateRule.Format")),
    (ENTRY, "shorten the text: 500 characters are the most",
     ("isv.TEMPLATE_OVER_LIMIT",)),
    (ENTRY, "take out what the service objects to",
     ("isv.SMS_CONTENT_ILLEGAL", "isv.UNSUPPORTED_CONTENT")),
    (ENTRY, "let text and `type` agree", ("isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE",)),
    (ENTRY, "give the template a `name`", ("MissingTemplateName",)),
    (ENTRY, "give the proof as files under `more_data`, which are uploaded, or as "
     "keys of files uploaded for this account",
     ("InvalidMoreData",)),
    # -- the signature a template is reviewed with
    (ENTRY, "wait until the template's signature is approved, then apply again",
     ("AssocSignUnapproved",)),
    (ENTRY, "apply for the template's signature first, and name it as it was approved",
     ("SmsSignatureNotFound",)),
    # -- signatures
    (ENTRY, "a signature of this name exists: `smsform import ADDRESS NAME` makes it "
     "yours", ("SignName.Exists",)),
    (ENTRY, "change the name: 2 to 12 Chinese characters, letters or digits, no spaces "
     "or symbols, not digits alone", (
        "InvalidSignName", "isv.SIGN_NAME_ILLEGAL", "isv.SIGN_OVER_LIMIT",
        "isv.SMS_SIGN_EMOJI_ILLEGAL",
    )),
    (ENTRY, "give the signature a `name`", ("MissingSignName",)),
    (ENTRY, "set `qualification_id` to an approved qualification of this account",
     ("InvalidQualification", "QualificationNotFound")),
    (ENTRY, "let `third_party` agree with what the qualification was approved for",
     ("ParameterMismatch.ThirdParty",)),
    (ENTRY, "set `apply_scene` to an http or https address that shows the use", (
        "InvalidApplySceneContent", "MissApplySceneContent",
    )),
    (ENTRY, "use another `sign_source`: company, or trademark with its id",
     ("isv.SIGN_SOURCE_ILLEGAL",)),
    (ENTRY, "give a letter of authorization that fits the signature and is approved", (
        "SmsAuthorizationLetterNotExist", "SmsAuthorizationLetterNotMatch",
        "SmsSignNotAuthorized",
    )),
    (ENTRY, "set `trademark_id` or `app_icp_record_id` to one this account has",
     ("AppIcpRecordNotExist", "TrademarkNotExist")),
    (ENTRY, "give at most ten proofs of at most 2 MB each, none of them empty",
     ("isv.ERROR_EMPTY_FILE", "isv.SIGN_FILE_LIMIT")),
    # -- what is there and what is not
    (Scope.STATE, "the service edits a rejected template only; plan again",
     ("isv.ERROR_TEMPLATE_NOT_MODIFY",)),
    (Scope.STATE, "the service does not edit a signature under review; plan again",
     ("isv.ERROR_SIGN_NOT_MODIFY",)),
    (Scope.STATE, "the service deletes nothing under review: wait for the verdict, or "
     "withdraw it in the console",
     ("isv.ERROR_SIGN_NOT_DELETE", "isv.ERROR_TEMPLATE_NOT_DELETE")),
    (GONE, "this account has no template of this code; plan again",
     ("InvalidTemplateCode.Malformed", "TemplateNotFound")),
    (GONE, "this account has no approved template of this code: plan again; or, in a "
     "send, the values are not the template's: compare names, number and JSON",
     ("isv.SMS_TEMPLATE_ILLEGAL",)),
    (GONE, "this account has no signature of this name; plan again",
     ("SignatureNotFound", "isv.SMS_SIGNATURE_ILLEGAL")),
    # -- the account
    (ACCOUNT, "a hundred a day are the most through the API: go on tomorrow (Beijing "
     "time), or submit in the console", (
        "isv.SIGN_COUNT_OVER_LIMIT", "isv.SMS_OVER_LIMIT",
        "isv.TEMPLATE_COUNT_OVER_LIMIT",
    )),
    (ACCOUNT, "activate SMS for this account in the console", (
        "ServiceNotOpened", "isv.PRODUCT_UNSUBSCRIBE", "isv.PRODUCT_UN_SUBSCRIPT",
    )),
    (ACCOUNT, "give this key the right to the action (in the console: RAM, "
     "AliyunDysmsFullAccess)", (
        "Forbidden.RAM", "ForbiddenAction", "NoPermission", "isp.RAM_PERMISSION_DENY",
    )),
    (ACCOUNT, "pay what the account owes, or top it up",
     ("isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE")),
    (ACCOUNT, "the account is frozen, abnormal or gone: look into the console", (
        "isv.ACCOUNT_ABNORMAL", "isv.ACCOUNT_NOT_EXISTS", "isv.SECURITY_FROZEN_ACCOUNT",
    )),
    (ACCOUNT, "the service does not take calls from the place this address belongs to",
     ("isv.DENY_IP_RANGE",)),
    (ACCOUNT, "the service has switched this action off: update smsform",
     (wire.OFFLINE,)),
    # -- the key
    (ACCOUNT, "check the AccessKey id: it must exist and be enabled",
     ("InvalidAccessKeyId.Inactive", "InvalidAccessKeyId.NotFound")),
    (ACCOUNT, "check the AccessKey secret: it is not this id's",
     ("InvalidAccessKeySecret", "SignatureDoesNotMatch")),
    (ACCOUNT, "get new temporary credentials: the token is wrong or has expired", (
        "InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed",
        "InvalidSecurityToken.MismatchWithAccessKey", "MissingSecurityToken",
    )),
    (ACCOUNT, "set this machine's clock: it is more than fifteen minutes off",
     ("InvalidTimeStamp.Expired",)),
    # -- too much, too fast
    (THROTTLE, "wait: the account calls faster than the service allows",
     ("Throttling", "Throttling.Api", "Throttling.User")),
    (ACCOUNT, "a limit of the account is reached: wait, or raise it in the console",
     ("isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL")),
    # -- where the call went
    (ACCOUNT, "check `endpoint` in smsform.yaml: it is not the SMS API of 2017-05-25",
     ("InvalidAction.NotFound", "InvalidApi.NotFound", "InvalidVersion")),
    (ACCOUNT, "this endpoint does not take such a call: leave `http_method` and "
     "`sign_method` out of smsform.yaml", (
        "UnsupportedHTTPMethod", "UnsupportedOperation",
    )),
    (ACCOUNT, "something between here and the service alters headers or the address",
     ("IncompleteSignature",)),
    # -- requests that smsform should not make
    (ENTRY, "check the definition's values; if they are right, smsform built a bad "
     "request: please report it", (
        "InvalidParameter", "InvalidTimeStamp.Format", "MissingParameter",
        "isv.INVALID_JSON_PARAM", "isv.INVALID_PARAMETERS",
    )),
    # -- sending
    (ENTRY, "give every variable of the template a value",
     ("isv.TEMPLATE_MISSING_PARAMETERS",)),
    (ENTRY, "let the value fit its variable's attribute", (
        "isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL", "isv.TEMPLATE_PARAMS_ILLEGAL",
    )),
    (ENTRY, "shorten the value: the service's limit is in the console",
     ("isv.PARAM_LENGTH_LIMIT",)),
    (ENTRY, "put the address into the text: a value must not contain one",
     ("isv.PARAM_NOT_SUPPORT_URL",)),
    (ENTRY, "the signature must be approved, usable, and serve this type of template", (
        "SIGNATURE_BLACKLIST", "isv.SIGN_STATE_ILLEGAL",
        "isv.SMS_SIGNATURE_SCENE_ILLEGAL", "isv.SMS_SIGN_ILLEGAL",
        "isv.SMS_SIGN_NAME_ILLEGAL",
    )),
    (ENTRY, "test signatures and templates reach numbers that were registered for it",
     ("isv.SMS_TEST_NUMBER_LIMIT", "isv.SMS_TEST_SIGN_TEMPLATE_LIMIT")),
    (ENTRY, "write the number in full, and send to the market the template serves",
     ("isv.DOMESTIC_NUMBER_NOT_SUPPORTED", "isv.MOBILE_NUMBER_ILLEGAL")),
    (ENTRY, "give fewer numbers in one call", ("isv.MOBILE_COUNT_OVER_LIMIT",)),
    (ENTRY, "the recipient has opted out: leave the number out",
     ("isv.CUSTOMER_REFUSED",)),
    (ENTRY, "leave the number out: the recipient has opted out or complained, and "
     "nobody can lift that", ("isv.BLACK_KEY_CONTROL_LIMIT",)),
    (ENTRY, "this number has had enough messages for now, those of other senders "
     "included: wait; an enterprise may raise its own limits in the console",
     ("isv.BUSINESS_LIMIT_CONTROL",)),
    (ENTRY, "use an extension code this signature has, or none",
     ("isv.CODE_ERROR", "isv.EXTEND_CODE_ERROR")),
    (ENTRY, "keep one extension code to one signature, or change the pair in the "
     "console", ("isv.ONE_CODE_MULTIPLE_SIGN",)),
    (ACCOUNT, "free extension codes in the console, or ask the support for more",
     ("isv.CODE_EXCEED_LIMIT",)),
    (ACCOUNT, "wait until the carriers have filed the signature: five to ten working "
     "days", ("PORT_NOT_REGISTERED",)),
    (ENTRY, "check signature, text and number", ("PARAMS_ILLEGAL",)),
    (ENTRY, "check the short link: smsform makes none", (
        "isv.NO_AVAILABLE_SHORT_URL", "isv.PHONENUMBERS_OVER_LIMIT",
        "isv.SHORTURL_DOMAIN_EMPTY", "isv.SHORTURL_NAME_ILLEGAL",
        "isv.SHORTURL_OVER_LIMIT", "isv.SHORTURL_STILL_AVAILABLE",
        "isv.SHORTURL_TIME_ILLEGAL", "isv.SOURCEURL_OVER_LIMIT",
    )),
    # -- nobody knows
    (UNCLEAR, "the service failed inside: try again later, with the RequestId ask its "
     "support", (
        "InternalError", "ServiceUnavailable", "isp.GATEWAY_ERROR", "isp.SYSTEM_ERROR",
    )),
    # Every call has a number of its own: somebody on the way sent this one twice, and
    # the first may have been carried out.
    (UNCLEAR, "something between here and the service repeats calls: look for a proxy",
     ("SignatureNonceUsed",)),
)  # fmt: skip

CODES: Mapping[str, Code] = {
    code: Code(scope, advice) for scope, advice, codes in _TABLE for code in codes
}

# How the gateway words what it does not let pass: MissingSignName, InvalidPageSize, …
_FAMILIES = {
    "Throttling": CODES["Throttling.User"],
    "InvalidAccessKey": CODES["InvalidAccessKeyId.NotFound"],
    "InvalidSecurityToken": CODES["InvalidSecurityToken.Expired"],
    "Forbidden": CODES["Forbidden.RAM"],
    "NoPermission": CODES["NoPermission"],
    "Invalid": CODES["InvalidParameter"],
    "Missing": CODES["MissingParameter"],
}


def meaning(code: str, status: int = 200) -> Code | None:
    """The meaning of *code* under an HTTP *status*; None for an unknown code.

    A family counts only for a 4xx, or for a code that blames the caller: both were
    found before anything was done.
    """
    if known := CODES.get(code):
        return known
    if code.startswith("isv."):  # the caller's fault, as the service's own table says
        return CODES["isv.INVALID_PARAMETERS"]
    if 400 <= status < 500:
        for start, family in _FAMILIES.items():
            if code.startswith(start):
                return family
    return None
