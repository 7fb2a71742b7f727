"""The codes that calls are answered with; what to do about them is in ``codes``."""

from __future__ import annotations

from smsform.explanation import Actor, Explanation, Stage
from smsform.providers.aliyun import codes, wire

CALL, SEND = Stage.CALL, Stage.SEND
AUTHOR, SENDER, ACCOUNT = Actor.AUTHOR, Actor.SENDER, Actor.ACCOUNT
RECIPIENT, SERVICE = Actor.RECIPIENT, Actor.SERVICE

# Where it is met, who can act, what it means, the codes.
_TABLE: tuple[tuple[Stage, Actor, str, tuple[str, ...]], ...] = (
    (CALL, AUTHOR, "the text's variables are not as the service wants them",
     ("InvalidTemplateContent.Format",)),
    (CALL, AUTHOR, "a verification text has more variables than its code", (
        "TemplateParameterCountIllegal", "TemplateVarLimitExceeded",
        "template_parameter_count_illegal",
    )),
    (CALL, AUTHOR, "a variable has no attribute, an unknown one, or one that does not "
     "fit", ("InvalidTemplateRule", "InvalidTemplateRule.Format")),
    (CALL, AUTHOR, "the text is too long", ("isv.TEMPLATE_OVER_LIMIT",)),
    (CALL, AUTHOR, "the text has something that may not be sent",
     ("isv.SMS_CONTENT_ILLEGAL",)),
    (CALL, AUTHOR, "the text has traditional characters, emoji or rare symbols",
     ("isv.UNSUPPORTED_CONTENT",)),
    (CALL, AUTHOR, "the text reads like another type than the template's",
     ("isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE",)),
    (CALL, AUTHOR, "the template has no name", ("MissingTemplateName",)),
    (CALL, AUTHOR, "a promotion lacks its proof, or a proof is not a file "
     "uploaded for this account",
     ("InvalidMoreData",)),
    (CALL, AUTHOR, "the signature the template is for is not approved yet",
     ("AssocSignUnapproved",)),
    (CALL, AUTHOR, "the account has no signature of the name the template is for",
     ("SmsSignatureNotFound",)),
    (CALL, AUTHOR, "a signature of this name exists", ("SignName.Exists",)),
    (CALL, AUTHOR, "the signature's name breaks the rules of names", (
        "InvalidSignName", "isv.SIGN_NAME_ILLEGAL", "isv.SMS_SIGN_EMOJI_ILLEGAL",
    )),
    (CALL, AUTHOR, "the signature's name is too long", ("isv.SIGN_OVER_LIMIT",)),
    (CALL, AUTHOR, "the signature has no name", ("MissingSignName",)),
    (CALL, ACCOUNT, "the account has no such approved qualification",
     ("InvalidQualification", "QualificationNotFound")),
    (CALL, AUTHOR, "the signature is said to be one's own and the qualification "
     "somebody else's, or the reverse", ("ParameterMismatch.ThirdParty",)),
    (CALL, AUTHOR, "the address that shows the use is missing or none",
     ("InvalidApplySceneContent", "MissApplySceneContent")),
    (CALL, AUTHOR, "the service takes no signatures of that source any more",
     ("isv.SIGN_SOURCE_ILLEGAL",)),
    (CALL, AUTHOR, "the letter of authorization is missing, not approved, or does not "
     "fit the signature", (
        "SmsAuthorizationLetterNotExist", "SmsAuthorizationLetterNotMatch",
        "SmsSignNotAuthorized",
    )),
    (CALL, AUTHOR, "the account has no such trademark or filed app",
     ("AppIcpRecordNotExist", "TrademarkNotExist")),
    (CALL, AUTHOR, "the proofs are too many, too large or empty",
     ("isv.ERROR_EMPTY_FILE", "isv.SIGN_FILE_LIMIT")),
    (CALL, AUTHOR, "the template is not in a state in which the service edits it",
     ("isv.ERROR_TEMPLATE_NOT_MODIFY",)),
    (CALL, AUTHOR, "the signature is under review, when nothing is edited",
     ("isv.ERROR_SIGN_NOT_MODIFY",)),
    (CALL, AUTHOR, "it is under review, when nothing is deleted",
     ("isv.ERROR_SIGN_NOT_DELETE", "isv.ERROR_TEMPLATE_NOT_DELETE")),
    (CALL, AUTHOR, "the account has no template of this code",
     ("InvalidTemplateCode.Malformed", "TemplateNotFound")),
    (SEND, SENDER, "the template is unknown, not approved or another account's; or the "
     "values are no JSON text, have other names or are not as many as the variables",
     ("isv.SMS_TEMPLATE_ILLEGAL",)),
    (CALL, AUTHOR, "the account has no signature of this name",
     ("SignatureNotFound",)),
    (SEND, SENDER, "the account has no usable signature of this name",
     ("isv.SMS_SIGNATURE_ILLEGAL",)),
    (CALL, ACCOUNT, "as many were submitted today as a day allows", (
        "isv.SIGN_COUNT_OVER_LIMIT", "isv.SMS_OVER_LIMIT",
        "isv.TEMPLATE_COUNT_OVER_LIMIT",
    )),
    (CALL, ACCOUNT, "SMS was never activated for this account", (
        "ServiceNotOpened", "isv.PRODUCT_UNSUBSCRIBE", "isv.PRODUCT_UN_SUBSCRIPT",
    )),
    (CALL, ACCOUNT, "the key has no right to this call", (
        "Forbidden.RAM", "ForbiddenAction", "NoPermission", "isp.RAM_PERMISSION_DENY",
    )),
    (CALL, ACCOUNT, "the account's money is used up",
     ("isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE")),
    (CALL, ACCOUNT, "the account is frozen, abnormal or gone", (
        "isv.ACCOUNT_ABNORMAL", "isv.ACCOUNT_NOT_EXISTS", "isv.SECURITY_FROZEN_ACCOUNT",
    )),
    (CALL, ACCOUNT, "the call came from outside the mainland", ("isv.DENY_IP_RANGE",)),
    (CALL, SENDER, "the action is switched off", (wire.OFFLINE,)),
    (CALL, ACCOUNT, "there is no such AccessKey, or it is disabled",
     ("InvalidAccessKeyId.Inactive", "InvalidAccessKeyId.NotFound")),
    (CALL, ACCOUNT, "the signature of the request is wrong",
     ("InvalidAccessKeySecret", "SignatureDoesNotMatch")),
    (CALL, ACCOUNT, "the temporary token is wrong or has expired", (
        "InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed",
        "InvalidSecurityToken.MismatchWithAccessKey", "MissingSecurityToken",
    )),
    (CALL, SENDER, "the request's time lies too far from the service's",
     ("InvalidTimeStamp.Expired",)),
    (CALL, SENDER, "more calls were made than the service allows in a second",
     ("Throttling", "Throttling.Api", "Throttling.User")),
    (SEND, ACCOUNT, "the account has sent as many as its own settings allow on a day",
     ("isv.DAY_LIMIT_CONTROL",)),
    (SEND, ACCOUNT, "the account has sent as many as its own settings allow in a month",
     ("isv.MONTH_LIMIT_CONTROL",)),
    (SEND, SENDER, "this number has had as many messages as it may in a minute, an "
     "hour or a day; other senders' count, too", ("isv.BUSINESS_LIMIT_CONTROL",)),
    (CALL, SENDER, "there is no such action or version at that address",
     ("InvalidAction.NotFound", "InvalidApi.NotFound", "InvalidVersion")),
    (CALL, SENDER, "the call came in a way that is not served",
     ("UnsupportedHTTPMethod", "UnsupportedOperation")),
    (CALL, SENDER, "the request's signature or its headers cannot be read",
     ("IncompleteSignature",)),
    (CALL, SENDER, "a parameter is missing, unknown, or has a value of a wrong kind", (
        "InvalidParameter", "InvalidTimeStamp.Format", "MissingParameter",
        "isv.INVALID_PARAMETERS",
    )),
    (CALL, SENDER, "a parameter is not the JSON text that it should be",
     ("isv.INVALID_JSON_PARAM",)),
    (SEND, SENDER, "a variable has no value", ("isv.TEMPLATE_MISSING_PARAMETERS",)),
    (SEND, SENDER, "a value does not fit what its variable was approved for",
     ("isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL", "isv.TEMPLATE_PARAMS_ILLEGAL")),
    (SEND, SENDER, "a value is too long: 1 to 35 characters in a notification, 4 to 6 "
     "for a code", ("isv.PARAM_LENGTH_LIMIT",)),
    (SEND, SENDER, "a value contains a link", ("isv.PARAM_NOT_SUPPORT_URL",)),
    (SEND, SENDER, "the signature is on a black list", ("SIGNATURE_BLACKLIST",)),
    (SEND, SENDER, "the signature is missing, not approved or not usable", (
        "isv.SIGN_STATE_ILLEGAL", "isv.SMS_SIGN_ILLEGAL", "isv.SMS_SIGN_NAME_ILLEGAL",
    )),
    (SEND, SENDER, "the signature serves another type of message",
     ("isv.SMS_SIGNATURE_SCENE_ILLEGAL",)),
    (SEND, SENDER, "a test signature or template was used for a number, or beside "
     "another one, that is not for tests",
     ("isv.SMS_TEST_NUMBER_LIMIT", "isv.SMS_TEST_SIGN_TEMPLATE_LIMIT")),
    (SEND, SENDER, "an international template was sent to a mainland number",
     ("isv.DOMESTIC_NUMBER_NOT_SUPPORTED",)),
    (SEND, SENDER, "the number cannot be read", ("isv.MOBILE_NUMBER_ILLEGAL",)),
    (SEND, SENDER, "the call has too many numbers", ("isv.MOBILE_COUNT_OVER_LIMIT",)),
    (SEND, RECIPIENT, "the recipient has unsubscribed", ("isv.CUSTOMER_REFUSED",)),
    (SEND, RECIPIENT, "the number has opted out of promotions, or complained about "
     "them", ("isv.BLACK_KEY_CONTROL_LIMIT",)),
    (SEND, SENDER, "the extension code is another signature's, or none",
     ("isv.EXTEND_CODE_ERROR",)),
    (SEND, SENDER, "the extension code has the wrong length", ("isv.CODE_ERROR",)),
    (SEND, SENDER, "the extension code was used with another signature before",
     ("isv.ONE_CODE_MULTIPLE_SIGN",)),
    (SEND, ACCOUNT, "all extension codes of the account are used",
     ("isv.CODE_EXCEED_LIMIT",)),
    (SEND, ACCOUNT, "the number it would be sent from is not filed with the carrier "
     "yet", ("PORT_NOT_REGISTERED",)),
    (SEND, SENDER, "signature, text or number is not as it should be",
     ("PARAMS_ILLEGAL",)),
    (CALL, SENDER, "it is about short links", (
        "isv.NO_AVAILABLE_SHORT_URL", "isv.PHONENUMBERS_OVER_LIMIT",
        "isv.SHORTURL_DOMAIN_EMPTY", "isv.SHORTURL_NAME_ILLEGAL",
        "isv.SHORTURL_OVER_LIMIT", "isv.SHORTURL_STILL_AVAILABLE",
        "isv.SHORTURL_TIME_ILLEGAL", "isv.SOURCEURL_OVER_LIMIT",
    )),
    (CALL, SERVICE, "the service failed inside; nobody knows whether it acted", (
        "InternalError", "ServiceUnavailable", "isp.GATEWAY_ERROR", "isp.SYSTEM_ERROR",
    )),
    (CALL, SENDER, "a request came a second time", ("SignatureNonceUsed",)),
)  # fmt: skip

# Beginnings of the gateway's codes that no table has, their meaning, and the code whose
# advice holds.
_FAMILIES = (
    (ACCOUNT, "the AccessKey was not accepted", "InvalidAccessKey",
     "InvalidAccessKeyId.NotFound"),
    (ACCOUNT, "the temporary token is wrong or has expired", "InvalidSecurityToken",
     "InvalidSecurityToken.Expired"),
    (ACCOUNT, "the key has no right to this call", "Forbidden", "Forbidden.RAM"),
    (ACCOUNT, "the key has no right to this call", "NoPermission", "NoPermission"),
    (SENDER, "more calls were made than the service allows in a second", "Throttling",
     "Throttling.User"),
    (SENDER, "a parameter has a value that is not allowed", "Invalid",
     "InvalidParameter"),
    (SENDER, "a parameter is missing", "Missing", "MissingParameter"),
)  # fmt: skip

# The API for foreign numbers, of 2018-05-01, has names without a prefix.
ABROAD = "error codes of the international API, help.aliyun.com error-code-intl"
ABROAD_READ = "2026-11-29"
_ABROAD = (
    (
        AUTHOR,
        "abroad: the text has something that may not be sent",
        "take out what the service objects to",
        "SMS_CONTENT_CODE_ILLEGAL",
    ),
    (
        SENDER,
        "abroad: more calls were made than the service allows in a second",
        "wait: the account calls faster than the service allows",
        "QPS_LIMIT_CONTROL",
    ),
    (
        SENDER,
        "abroad: the place the number belongs to is not served",
        "leave the number out",
        "NOT_SUPPORTED_COUNTRY",
    ),
    (
        SERVICE,
        "abroad: the service's protection stopped it",
        "ask the service's support",
        "SMS_SECURITY_INTERCEPTED",
    ),
    (
        SENDER,
        "abroad: a value has a banned word",
        "take out what the service objects to",
        "BLACK_KEY_CONTROL_LIMIT",
    ),
)

EXPLANATIONS = (
    *(
        Explanation(
            code,
            stage,
            actor,
            meaning,
            codes.CODES[code].advice,
            codes.SOURCE,
            codes.READ_SENDING if stage is SEND else codes.READ,
        )
        for stage, actor, meaning, members in _TABLE
        for code in members
    ),
    *(
        Explanation(
            start,
            CALL,
            actor,
            meaning,
            codes.CODES[as_].advice,
            codes.SOURCE,
            codes.READ,
            family=True,
        )
        for actor, meaning, start, as_ in _FAMILIES
    ),
    *(
        Explanation(code, SEND, actor, meaning, advice, ABROAD, ABROAD_READ)
        for actor, meaning, advice, code in _ABROAD
    ),
)
