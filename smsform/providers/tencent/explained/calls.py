"""The codes that calls are answered with; what to do about them is in ``codes``."""

from __future__ import annotations

from smsform.explanation import Actor, Explanation, Stage
from smsform.providers.tencent import codes

CALL, SEND = Stage.CALL, Stage.SEND
AUTHOR, SENDER, ACCOUNT = Actor.AUTHOR, Actor.SENDER, Actor.ACCOUNT
RECIPIENT, SERVICE, NOBODY = Actor.RECIPIENT, Actor.SERVICE, Actor.NOBODY

FAILED, VALUE, LIMIT = "FailedOperation.", "InvalidParameterValue.", "LimitExceeded."
RIGHT, UNSUPPORTED = "UnauthorizedOperation.", "UnsupportedOperation."
INTERNAL, AUTH = "InternalError.", "AuthFailure."

# Where it is met, who can act, what it means, the codes.
_TABLE: tuple[tuple[Stage, Actor, str, tuple[str, ...]], ...] = (
    (CALL, AUTHOR, "a word in it is on the service's list of forbidden words", (
        f"{FAILED}ContainSensitiveWord", "InvalidParameter.DirtyWordFound",
        f"{VALUE}TemplateWithDirtyWords",
    )),
    (CALL, AUTHOR, "the text's variables or its form are not as the service wants them",
     (f"{VALUE}InvalidTemplateFormat",)),
    (CALL, AUTHOR, "a domestic marketing text does not say how to unsubscribe",
     (f"{VALUE}MarketingTemplateWithoutUnsubscribe",)),
    (CALL, AUTHOR, "the account may not use variables in this type of template",
     (f"{VALUE}UnsupportedTemplateVariable",)),
    (CALL, AUTHOR, "signature, text and values together are too long",
     (f"{VALUE}ContentLengthLimit",)),
    (CALL, AUTHOR, "there is no such type of template; 0 was one until 2024",
     (f"{VALUE}InvalidSmsType",)),
    (CALL, AUTHOR, "this market is not open to the account or at this site",
     (f"{VALUE}InvalidInternational",)),
    (CALL, ACCOUNT, "this account may not have marketing templates",
     (f"{FAILED}ForbidAddMarketingTemplates",)),
    (CALL, AUTHOR, "a proof cannot be read as an image, or is too large",
     (f"{VALUE}ImageInvalid",)),
    (CALL, AUTHOR, "the document does not prove this type of signature",
     (f"{VALUE}InvalidDocumentType",)),
    (CALL, AUTHOR, "whether the signature is one's own or somebody else's is not said "
     "in a known word", (f"{VALUE}InvalidSignPurpose", f"{VALUE}InvalidUsedMethod")),
    (CALL, ACCOUNT, "the qualification is not approved",
     (f"{FAILED}QualificationIdNotApproved",)),
    (CALL, ACCOUNT, "the account has no such qualification",
     (f"{VALUE}QualificationIdNotFound",)),
    (CALL, AUTHOR, "a signature of this name exists and is not approved yet",
     (f"{VALUE}SignExistAndUnapproved",)),
    (CALL, AUTHOR, "the signature's name is too long",
     (f"{VALUE}SignNameLengthTooLong",)),
    (CALL, AUTHOR, "it has passed its review, after which nothing is edited",
     (f"{FAILED}TemplateAlreadyPassedCheck", f"{VALUE}SignAlreadyPassedCheck")),
    (CALL, AUTHOR, "the account has no entry of this id", (
        f"{FAILED}MissingSignatureToModify", f"{FAILED}MissingTemplateToModify",
        f"{FAILED}SignIdNotExist", f"{FAILED}TemplateIdNotExist",
    )),
    (CALL, AUTHOR, "the list that was asked for is empty",
     (f"{FAILED}MissingSignatureList", f"{FAILED}MissingTemplateList")),
    (CALL, ACCOUNT, "the key belongs to a sub-account, which may not list",
     (f"{FAILED}ProhibitSubAccountUse",)),
    (CALL, ACCOUNT, "the account has no signature, which a template needs",
     (f"{FAILED}MissingSignature",)),
    (CALL, ACCOUNT, "the account is a person's; this call is for enterprises",
     (f"{FAILED}NotEnterpriseCertification",)),
    (CALL, ACCOUNT, "the account holds as many templates as it may",
     (f"{FAILED}TemplateNumberLimit",)),
    (CALL, ACCOUNT, "the account holds as many signatures as it may",
     (f"{FAILED}SignNumberLimit",)),
    (CALL, ACCOUNT, "bills are unpaid", (f"{RIGHT}ServiceSuspendDueToArrears",)),
    (CALL, ACCOUNT, "the caller's address is not on the account's list of allowed ones",
     ("IpNotInWhitelist", f"{RIGHT}RequestIpNotInWhitelist")),
    (CALL, ACCOUNT, "the caller's address is on the account's list of blocked ones",
     ("IpInBlacklist",)),
    (CALL, ACCOUNT, "the key has no right to this call, or SMS was never activated", (
        f"{AUTH}UnauthorizedOperation", "UnauthorizedOperation",
        f"{RIGHT}RequestPermissionDeny",
    )),
    (CALL, ACCOUNT, "the SMS application does not exist",
     ("InvalidParameter.AppidAndBizId", f"{VALUE}SdkAppIdNotExist")),
    (CALL, ACCOUNT, "the SMS application is switched off",
     (f"{RIGHT}SdkAppIdIsDisabled",)),
    (CALL, ACCOUNT, "the SMS application belongs to another account",
     (f"{RIGHT}SmsSdkAppIdVerifyFail",)),
    (CALL, ACCOUNT, "the signature of the request is wrong",
     (f"{AUTH}SignatureFailure",)),
    (CALL, ACCOUNT, "there is no such secret id, or it is no key of this API",
     (f"{AUTH}InvalidSecretId", f"{AUTH}SecretIdNotFound")),
    (CALL, SENDER, "the request's time lies too far from the service's",
     (f"{AUTH}SignatureExpire",)),
    (CALL, ACCOUNT, "the temporary token is wrong or has expired",
     (f"{AUTH}TokenFailure",)),
    (CALL, ACCOUNT, "the key demands a second factor", (f"{AUTH}MFAFailure",)),
    (CALL, SENDER, "the Authorization header cannot be read",
     (f"{AUTH}InvalidAuthorization",)),
    (CALL, SENDER, "more calls were made than the service allows in a second", (
        "RequestLimitExceeded", "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        "RequestLimitExceeded.IPLimitExceeded", "RequestLimitExceeded.UinLimitExceeded",
    )),
    (CALL, ACCOUNT, "a quota of the account is used up", ("LimitExceeded",)),
    (CALL, SENDER, "the request is too large", ("RequestSizeLimitExceeded",)),
    (CALL, SENDER, "the service is not offered in that region", ("UnsupportedRegion",)),
    (CALL, SENDER, "there is no such action, version or product at that address",
     ("ActionOffline", "InvalidAction", "NoSuchProduct", "NoSuchVersion")),
    (CALL, SENDER, "the call came over a protocol or method that is not served",
     ("UnsupportedProtocol",)),
    (CALL, ACCOUNT, "the operation is not offered to this account, here",
     ("UnsupportedOperation",)),
    (CALL, SENDER, "the body of the request cannot be read",
     (f"{FAILED}FailResolvePacket", f"{FAILED}JsonParseFail")),
    (CALL, SENDER, "a parameter is missing, unknown, or has a value of a wrong kind", (
        f"{FAILED}OtherError", "InvalidParameter",
        "InvalidParameter.InvalidParameters", "InvalidParameterValue",
        "InvalidRequest", "MissingParameter", "ResourceNotFound", "UnknownParameter",
    )),
    (CALL, SENDER, "Limit or Offset is outside what the action allows",
     (f"{VALUE}LimitVerifyFail", f"{VALUE}OffsetVerifyFail")),
    (CALL, NOBODY, "the call was a rehearsal and would have been allowed",
     ("DryRunOperation",)),
    (SEND, SENDER, "the signature is unknown, not approved, or not spelt as approved",
     (f"{FAILED}SignatureIncorrectOrUnapproved",)),
    (SEND, SENDER, "the template is unknown or not approved, or what would be sent "
     "does not fit it", (f"{FAILED}TemplateIncorrectOrUnapproved",)),
    (SEND, SENDER, "the template is unknown or not approved",
     (f"{FAILED}TemplateUnapprovedOrNotExist",)),
    (SEND, SENDER, "the number of values is not the template's number of variables",
     (f"{FAILED}TemplateParamSetNotMatchApprovedTemplate",)),
    (SEND, SENDER, "a value of a verification template is not zero to six digits",
     (f"{VALUE}TemplateParameterFormatError",)),
    (SEND, SENDER, "a value is longer than this account's may be",
     (f"{VALUE}TemplateParameterLengthLimit",)),
    (SEND, SENDER, "a value contains a link",
     (f"{VALUE}ProhibitedUseUrlInTemplateParameter",)),
    (SEND, SENDER, "a domestic template was sent to a foreign number",
     (f"{UNSUPPORTED}ChineseMainlandTemplateToGlobalPhone",)),
    (SEND, SENDER, "an international template was sent to a mainland number",
     (f"{UNSUPPORTED}GlobalTemplateToChineseMainlandPhone",)),
    (SEND, SENDER, "one call has mainland numbers and others",
     (f"{UNSUPPORTED}ContainDomesticAndInternationalPhoneNumber",)),
    (SEND, SENDER, "a call for foreign numbers has a mainland one",
     (f"{UNSUPPORTED}ContainDomesticPhoneNumber",)),
    (SEND, SENDER, "the place the number belongs to is not served",
     (f"{UNSUPPORTED}UnsupportedRegion",)),
    (SEND, SENDER, "the number cannot be read",
     (f"{FAILED}PhoneNumberParseFail", f"{VALUE}IncorrectPhoneNumber")),
    (SEND, SENDER, "the call has no number",
     (f"{VALUE}MultiSmsInfoSetEmpty", "MissingParameter.EmptyPhoneNumberSet")),
    (SEND, SENDER, "the call has more than 200 numbers",
     (f"{LIMIT}PhoneNumberCountLimit",)),
    (SEND, RECIPIENT, "the recipient has unsubscribed from this signature and type of "
     "message, or is on the account's do-not-disturb list",
     (f"{FAILED}PhoneNumberInBlacklist",)),
    (SEND, SENDER, "marketing is sent from 8 to 22 o'clock in Beijing only",
     (f"{FAILED}MarketingSendTimeConstraint",)),
    (SEND, SENDER, "a frequency rule of the account's console stopped it",
     (f"{LIMIT}DeliveryFrequencyLimit",)),
    (SEND, SENDER, "this number has had its messages of the day: two, unless the "
     "console says otherwise", (f"{LIMIT}PhoneNumberDailyLimit",)),
    (SEND, SENDER, "this number has had its messages of the hour",
     (f"{LIMIT}PhoneNumberOneHourLimit",)),
    (SEND, SENDER, "this number has had this very text as often as it may on a day",
     (f"{LIMIT}PhoneNumberSameContentDailyLimit",)),
    (SEND, SENDER, "this number had this very text less than thirty seconds ago",
     (f"{LIMIT}PhoneNumberThirtySecondLimit",)),
    (SEND, ACCOUNT, "the place has had as many messages as the application sends there "
     "on a day", (f"{LIMIT}AppCountryOrRegionDailyLimit",)),
    (SEND, ACCOUNT, "the application's settings leave that place out",
     (f"{LIMIT}AppCountryOrRegionInBlacklist",)),
    (SEND, ACCOUNT, "the application has sent as many as it may on a day", (
        f"{LIMIT}AppDailyLimit", f"{LIMIT}AppGlobalDailyLimit",
        f"{LIMIT}AppMainlandChinaDailyLimit",
    )),
    (SEND, ACCOUNT, "the account has sent as much abroad as it may on a day",
     (f"{LIMIT}DailyLimit",)),
    (SEND, SENDER, "more is sent abroad than the service takes in that time",
     (f"{LIMIT}GlobalSmsSendingRateLimit",)),
    (SEND, ACCOUNT, "the message package is used up, which a domestic send needs",
     (f"{FAILED}InsufficientBalanceInSmsPackage",)),
    (SEND, ACCOUNT, "the account is a person's, and persons send no marketing",
     (f"{RIGHT}IndividualUserMarketingSmsPermissionDeny",)),
    (CALL, SENDER, "the time asked for is none, or too far back", (
        f"{VALUE}BeginTimeVerifyFail", f"{VALUE}EndTimeVerifyFail",
        f"{VALUE}InvalidStartTime",
    )),
    (CALL, SERVICE, "the service failed inside; nobody knows whether it acted", (
        "FailedOperation", f"{FAILED}ParametersOtherError", "InternalError",
        f"{INTERNAL}JsonParseFail", f"{INTERNAL}OtherError",
        f"{INTERNAL}ParseBackendResponseFail",
        f"{INTERNAL}RestApiInterfaceNotExist", f"{INTERNAL}SendAndRecvFail",
        f"{INTERNAL}SigFieldMissing", f"{INTERNAL}SigVerificationFail",
        f"{INTERNAL}Timeout", f"{INTERNAL}UnknownError", "ResponseSizeLimitExceeded",
        "ServiceUnavailable",
    )),
    (CALL, SENDER, "the clock is more than ten minutes off",
     (f"{INTERNAL}RequestTimeException",)),
)  # fmt: skip

_FAMILIES = (
    (
        SENDER,
        "more calls were made than the service allows in a second",
        "RequestLimitExceeded.",
    ),
    (ACCOUNT, "the key was not accepted", AUTH),
)


def _explanation(stage: Stage, actor: Actor, meaning: str, code: str) -> Explanation:
    return Explanation(
        code, stage, actor, meaning, codes.CODES[code].advice, codes.SOURCE, codes.READ
    )


def _family(actor: Actor, meaning: str, start: str) -> Explanation:
    known = codes.meaning(start)
    advice = known.advice if known else ""
    return Explanation(
        start, CALL, actor, meaning, advice, codes.SOURCE, codes.READ, family=True
    )


EXPLANATIONS = (
    *(
        _explanation(stage, actor, meaning, code)
        for stage, actor, meaning, members in _TABLE
        for code in members
    ),
    *(_family(*row) for row in _FAMILIES),
)
