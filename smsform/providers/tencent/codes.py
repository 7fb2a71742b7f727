"""What each error code means for a run, and what a person does about it.

The SMS codes are those of errorcodes.py in tencentcloud-sdk-python-sms 3.1.153, the
common ones those of the page every product of the API shares; read 2026-11-21. The
advice is in our words. A code without a scope refuses nothing for sure: after a write
it leaves open whether the write happened.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.errors import Scope
from smsform.errors.answers import Code

SOURCE = (
    "tencentcloud-sdk-python-sms 3.1.153, sms/v20210111/errorcodes.py, and the common "
    "error codes of the API (tencentcloud.com document 1079/63107)"
)
READ = "2026-11-21"

ENTRY, ACCOUNT, THROTTLE = Scope.ENTRY, Scope.ACCOUNT, Scope.THROTTLE
UNCLEAR = None

# Per line: the scope, the advice, the codes it holds for.
_TABLE: tuple[tuple[Scope | None, str, tuple[str, ...]], ...] = (
    # -- texts
    (ENTRY, "take out the words the service objects to", (
        "FailedOperation.ContainSensitiveWord",
        "InvalidParameter.DirtyWordFound",
        "InvalidParameterValue.TemplateWithDirtyWords",
    )),
    (ENTRY, "check the text: variables are {1}, {2}, … without gaps, with text around",
     ("InvalidParameterValue.InvalidTemplateFormat",)),
    (ENTRY, "let the marketing text end with 拒收请回复R", (
        "InvalidParameterValue.MarketingTemplateWithoutUnsubscribe",
    )),
    (ENTRY, "this account may not use variables in domestic notification and marketing "
     "templates: write the text without, and set `account: {variables_in: "
     "[verification]}` so that validate says it first",
     ("InvalidParameterValue.UnsupportedTemplateVariable",)),
    (ENTRY, "shorten the text; 500 characters with signature and values are the most",
     ("InvalidParameterValue.ContentLengthLimit",)),
    (ENTRY, "use type verification, notification or marketing",
     ("InvalidParameterValue.InvalidSmsType",)),
    (ENTRY, "set `international` as this account and site allow it",
     ("InvalidParameterValue.InvalidInternational",)),
    (ENTRY, "only enterprises may have marketing templates: verify the account as one",
     ("FailedOperation.ForbidAddMarketingTemplates",)),
    # -- signatures and their evidence
    (ENTRY, "give the proof as a JPEG or PNG of at most 5 MB",
     ("InvalidParameterValue.ImageInvalid",)),
    (ENTRY, "choose a `document_type` that fits the `sign_type`",
     ("InvalidParameterValue.InvalidDocumentType",)),
    (ENTRY, "set `purpose` to own or other",
     ("InvalidParameterValue.InvalidSignPurpose",
      "InvalidParameterValue.InvalidUsedMethod")),
    (ENTRY, "use the id of an approved qualification from the console",
     ("FailedOperation.QualificationIdNotApproved",
      "InvalidParameterValue.QualificationIdNotFound")),
    (ENTRY, "a signature of this name is under review already: wait for it, or import "
     "it by id", ("InvalidParameterValue.SignExistAndUnapproved",)),
    (ENTRY, "shorten the name: 2 to 12 characters, 15 for the international market",
     ("InvalidParameterValue.SignNameLengthTooLong",)),
    # -- what is there and what is not
    (Scope.STATE, "it is approved and cannot be edited any more; plan again",
     ("FailedOperation.TemplateAlreadyPassedCheck",
      "InvalidParameterValue.SignAlreadyPassedCheck")),
    (Scope.GONE, "there is no entry of this id; plan again", (
        "FailedOperation.MissingSignatureToModify",
        "FailedOperation.MissingTemplateToModify",
        "FailedOperation.SignIdNotExist",
        "FailedOperation.TemplateIdNotExist",
    )),
    (ENTRY, "the service finds nothing to edit; look into the console",
     ("FailedOperation.MissingSignatureList", "FailedOperation.MissingTemplateList")),
    (Scope.LISTING, "a sub-account's key may read by id but not list: use a key of the "
     "main account, or work with the ids the state file knows",
     ("FailedOperation.ProhibitSubAccountUse",)),
    # -- the account
    (ACCOUNT, "apply for a signature first", ("FailedOperation.MissingSignature",)),
    (ACCOUNT, "a personal account may not use this API: verify it as an enterprise in "
     "the console; the change takes about an hour",
     ("FailedOperation.NotEnterpriseCertification",)),
    (ACCOUNT, "the account holds as many as it may: delete what is replaced (`apply "
     "--retire`), or ask the service for more",
     ("FailedOperation.TemplateNumberLimit",)),
    (ACCOUNT, "the account holds as many as it may: delete one that nothing sends with "
     "in the console, or ask the service for more",
     ("FailedOperation.SignNumberLimit",)),
    (ACCOUNT, "the service is suspended for unpaid bills: pay what the account owes",
     ("UnauthorizedOperation.ServiceSuspendDueToArrears",)),
    (ACCOUNT, "add this machine's address to the list the account allows", (
        "IpNotInWhitelist", "UnauthorizedOperation.RequestIpNotInWhitelist",
    )),
    (ACCOUNT, "this machine's address is on the account's block list",
     ("IpInBlacklist",)),
    (ACCOUNT, "activate SMS for the account, and give this key the right to manage SMS "
     "signatures and templates (in the console: CAM)", (
        "AuthFailure.UnauthorizedOperation", "UnauthorizedOperation",
        "UnauthorizedOperation.RequestPermissionDeny",
    )),
    (ACCOUNT, "check that the SMS application is enabled and belongs to this account", (
        "InvalidParameter.AppidAndBizId", "InvalidParameterValue.SdkAppIdNotExist",
        "UnauthorizedOperation.SdkAppIdIsDisabled",
        "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
    )),
    # -- the key
    (ACCOUNT, "check the secret key: it is not this secret id's; a request over 1 MB "
     "needs `sign_method: TC3-HMAC-SHA256`", ("AuthFailure.SignatureFailure",)),
    (ACCOUNT, "check the secret id: it must be an API key that is enabled",
     ("AuthFailure.InvalidSecretId", "AuthFailure.SecretIdNotFound")),
    (ACCOUNT, "set this machine's clock: it is more than five minutes off",
     ("AuthFailure.SignatureExpire",)),
    (ACCOUNT, "get new temporary credentials: the token is wrong or has expired",
     ("AuthFailure.TokenFailure",)),
    (ACCOUNT, "the key demands a second factor that a program cannot give: use another",
     ("AuthFailure.MFAFailure",)),
    (ACCOUNT, "something between here and the service alters the Authorization header",
     ("AuthFailure.InvalidAuthorization",)),
    # -- too much, too fast
    (THROTTLE, "wait: the account calls faster than the service allows", (
        "RequestLimitExceeded", "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        "RequestLimitExceeded.IPLimitExceeded", "RequestLimitExceeded.UinLimitExceeded",
    )),
    (ACCOUNT, "a limit of the account is reached: look into the console",
     ("LimitExceeded",)),
    (ENTRY, "use smaller images, and `http_method: POST`",
     ("RequestSizeLimitExceeded",)),
    # -- where the call went
    (ACCOUNT, "check `region` in smsform.yaml: ap-guangzhou, or ap-singapore at the "
     "international site", ("UnsupportedRegion",)),
    (ACCOUNT, "check `endpoint` in smsform.yaml: it is not the SMS API of 2021-01-11", (
        "ActionOffline", "InvalidAction", "NoSuchProduct", "NoSuchVersion",
    )),
    (ACCOUNT, "use https and `http_method: POST`", ("UnsupportedProtocol",)),
    (ENTRY, "this account, site or region does not offer that", (
        "UnsupportedOperation", "UnsupportedOperation.UnsupportedRegion",
    )),
    # -- requests that smsform should not make
    (ENTRY, "check the definition's values and `region`; if they are right, smsform "
     "built a bad request: please report it", (
        "FailedOperation.FailResolvePacket", "FailedOperation.JsonParseFail",
        "FailedOperation.OtherError", "InvalidParameter",
        "InvalidParameter.InvalidParameters", "InvalidParameterValue",
        "InvalidParameterValue.LimitVerifyFail",
        "InvalidParameterValue.OffsetVerifyFail",
        "InvalidRequest", "MissingParameter", "ResourceNotFound", "UnknownParameter",
    )),
    (ENTRY, "nothing was done: the request was a rehearsal", ("DryRunOperation",)),
    # -- sending and its records
    (ENTRY, "the signature must be approved, and named as it was approved",
     ("FailedOperation.SignatureIncorrectOrUnapproved",)),
    (ENTRY, "the template must be approved, and the values must fit its variables", (
        "FailedOperation.TemplateIncorrectOrUnapproved",
        "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
        "FailedOperation.TemplateUnapprovedOrNotExist",
    )),
    (ENTRY, "a verification code's value is at most six digits",
     ("InvalidParameterValue.TemplateParameterFormatError",)),
    (ENTRY, "shorten the value: the console shows how long this account's may be",
     ("InvalidParameterValue.TemplateParameterLengthLimit",)),
    (ENTRY, "put the address into the text: a value must not contain one",
     ("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",)),
    (ENTRY, "the template serves the other market: set `international` accordingly", (
        "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone",
        "UnsupportedOperation.GlobalTemplateToChineseMainlandPhone",
    )),
    (ENTRY, "send to mainland numbers and to others in separate calls", (
        "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber",
        "UnsupportedOperation.ContainDomesticPhoneNumber",
    )),
    (ENTRY, "write the number in full, as in +8613900000000", (
        "FailedOperation.PhoneNumberParseFail",
        "InvalidParameterValue.IncorrectPhoneNumber",
    )),
    (ENTRY, "give at least one number", (
        "InvalidParameterValue.MultiSmsInfoSetEmpty",
        "MissingParameter.EmptyPhoneNumberSet",
    )),
    (ENTRY, "give at most 200 numbers a call",
     ("LimitExceeded.PhoneNumberCountLimit",)),
    (ENTRY, "the recipient has opted out: leave the number out",
     ("FailedOperation.PhoneNumberInBlacklist",)),
    (ENTRY, "send marketing messages between 8:00 and 22:00",
     ("FailedOperation.MarketingSendTimeConstraint",)),
    (ENTRY, "this number has had enough messages for now: wait, or raise the limit in "
     "the console", (
        "LimitExceeded.DeliveryFrequencyLimit", "LimitExceeded.PhoneNumberDailyLimit",
        "LimitExceeded.PhoneNumberOneHourLimit",
        "LimitExceeded.PhoneNumberSameContentDailyLimit",
        "LimitExceeded.PhoneNumberThirtySecondLimit",
    )),
    (ACCOUNT, "the application has sent enough for today, or may not send there: see "
     "its settings in the console", (
        "LimitExceeded.AppCountryOrRegionDailyLimit",
        "LimitExceeded.AppCountryOrRegionInBlacklist", "LimitExceeded.AppDailyLimit",
        "LimitExceeded.AppGlobalDailyLimit",
        "LimitExceeded.AppMainlandChinaDailyLimit", "LimitExceeded.DailyLimit",
        "LimitExceeded.GlobalSmsSendingRateLimit",
    )),
    (ACCOUNT, "buy a message package", (
        "FailedOperation.InsufficientBalanceInSmsPackage",
    )),
    (ACCOUNT, "individuals may not send marketing messages: verify as an enterprise",
     ("UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny",)),
    (ENTRY, "check the times asked for: the start must lie before the end", (
        "InvalidParameterValue.BeginTimeVerifyFail",
        "InvalidParameterValue.EndTimeVerifyFail",
        "InvalidParameterValue.InvalidStartTime",
    )),
    # -- nobody knows
    (UNCLEAR, "the service failed inside: try again later, with the RequestId ask its "
     "support", (
        "FailedOperation", "FailedOperation.ParametersOtherError", "InternalError",
        "InternalError.JsonParseFail", "InternalError.OtherError",
        "InternalError.ParseBackendResponseFail",
        "InternalError.RestApiInterfaceNotExist",
        "InternalError.SendAndRecvFail", "InternalError.SigFieldMissing",
        "InternalError.SigVerificationFail", "InternalError.Timeout",
        "InternalError.UnknownError", "ResponseSizeLimitExceeded", "ServiceUnavailable",
    )),
    (UNCLEAR, "set this machine's clock: it is more than ten minutes off",
     ("InternalError.RequestTimeException",)),
)  # fmt: skip

CODES: Mapping[str, Code] = {
    code: Code(scope, advice) for scope, advice, codes in _TABLE for code in codes
}

# Families that mean the same whatever comes after the dot; new members appear.
_FAMILIES = {
    "RequestLimitExceeded": CODES["RequestLimitExceeded"],
    "AuthFailure": Code(ACCOUNT, "check the key and its rights"),
    # These are found out before anything is done (document 1079/63107: the request, the
    # rights or a limit is at fault); what happens inside is FailedOperation's.
    **{
        family: CODES[family]
        for family in (
            "InvalidParameter",
            "InvalidParameterValue",
            "LimitExceeded",
            "MissingParameter",
            "ResourceNotFound",
            "UnauthorizedOperation",
            "UnknownParameter",
            "UnsupportedOperation",
        )
    },
}

# What a Describe answers when there is nothing to show. No document says which of them
# the service uses, if any (Go SDK 1.3.166 declares them loosely); 2026-11-21.
NOTHING_THERE = frozenset(
    {
        "FailedOperation.MissingSignatureList",
        "FailedOperation.MissingSignatureToModify",
        "FailedOperation.MissingTemplateList",
        "FailedOperation.MissingTemplateToModify",
    }
)

# What a site or account says that does not serve one of the two markets; inferred.
MARKET_CLOSED = frozenset(
    {
        "InvalidParameterValue.InvalidInternational",
        "UnsupportedOperation",
        "UnsupportedOperation.UnsupportedRegion",
    }
)


def meaning(code: str) -> Code | None:
    """The meaning of *code*; None for one that neither table nor families have."""
    return CODES.get(code) or _FAMILIES.get(code.partition(".")[0])
