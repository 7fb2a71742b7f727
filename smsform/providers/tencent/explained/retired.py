"""Codes of Tencent's interfaces that are gone: the numbers of 2.0, older spellings."""

from __future__ import annotations

from smsform.explanation import Explanation, Stage
from smsform.providers.tencent.explained import calls

NUMBERS = (
    "tencentcloud.com document 382/43546 (numbers), cloud.tencent.com 382/59177 (names)"
)
SPELLINGS = "third-party clients of earlier SDKs"
VERSION_2019 = "tencentcloud-sdk-python-sms, sms/v20190711/errorcodes.py"
READ = "2026-11-29"

FAILED, VALUE, LIMIT = calls.FAILED, calls.VALUE, calls.LIMIT
RIGHT, UNSUPPORTED, INTERNAL = calls.RIGHT, calls.UNSUPPORTED, calls.INTERNAL

_TODAY = {
    "1001": f"{INTERNAL}SigVerificationFail",
    "1002": f"{FAILED}ContainSensitiveWord",
    "1003": f"{INTERNAL}SigFieldMissing",
    "1004": f"{FAILED}FailResolvePacket",
    "1006": f"{RIGHT}RequestPermissionDeny",
    "1007": f"{INTERNAL}OtherError",
    "1008": f"{INTERNAL}Timeout",
    "1009": f"{RIGHT}RequestIpNotInWhitelist",
    "1011": f"{INTERNAL}RestApiInterfaceNotExist",
    "1012": f"{FAILED}SignatureIncorrectOrUnapproved",
    "1013": f"{LIMIT}DeliveryFrequencyLimit",
    "1014": f"{FAILED}TemplateIncorrectOrUnapproved",
    "1015": f"{FAILED}PhoneNumberInBlacklist",
    "1016": f"{VALUE}IncorrectPhoneNumber",
    "1017": f"{VALUE}ContentLengthLimit",
    "1019": f"{VALUE}SdkAppIdNotExist",
    "1020": f"{RIGHT}SdkAppIdIsDisabled",
    "1021": f"{INTERNAL}RequestTimeException",
    "1022": f"{LIMIT}AppDailyLimit",
    "1023": f"{LIMIT}PhoneNumberThirtySecondLimit",
    "1024": f"{LIMIT}PhoneNumberOneHourLimit",
    "1025": f"{LIMIT}PhoneNumberDailyLimit",
    "1026": f"{LIMIT}PhoneNumberSameContentDailyLimit",
    "1029": f"{FAILED}MarketingSendTimeConstraint",
    "1030": "UnsupportedOperation",
    "1031": f"{FAILED}InsufficientBalanceInSmsPackage",
    "1032": f"{RIGHT}IndividualUserMarketingSmsPermissionDeny",
    "1033": f"{RIGHT}ServiceSuspendDueToArrears",
    "1034": f"{UNSUPPORTED}ContainDomesticAndInternationalPhoneNumber",
    "1036": f"{VALUE}TemplateParameterLengthLimit",
    "1038": f"{VALUE}TemplateParameterFormatError",
    "1045": f"{UNSUPPORTED}UnsupportedRegion",
    "1046": f"{LIMIT}PhoneNumberCountLimit",
    "1047": f"{LIMIT}DailyLimit",
    "1048": f"{VALUE}ProhibitedUseUrlInTemplateParameter",
    "1049": f"{LIMIT}AppMainlandChinaDailyLimit",
    "1050": f"{LIMIT}AppGlobalDailyLimit",
    "1051": f"{LIMIT}AppCountryOrRegionInBlacklist",
    "1052": f"{LIMIT}AppCountryOrRegionDailyLimit",
    "60008": f"{INTERNAL}Timeout",
}

_SPELT = {
    f"{FAILED}PhoneNumberOnBlacklist": f"{FAILED}PhoneNumberInBlacklist",
    f"{FAILED}MarketingSmsTimeConstraint": f"{FAILED}MarketingSendTimeConstraint",
    f"{FAILED}SmsContainSensitiveWord": f"{FAILED}ContainSensitiveWord",
    f"{RIGHT}SmsSdkAppidVerifyFail": f"{RIGHT}SmsSdkAppIdVerifyFail",
    f"{RIGHT}SerivceSuspendDueToArrears": f"{RIGHT}ServiceSuspendDueToArrears",
}

_VERSION_2019 = {
    f"{VALUE}MissingSignatureList": f"{FAILED}MissingSignatureList",
    "MissingParameter.MissingSignatureList": f"{FAILED}MissingSignatureList",
    f"{INTERNAL}ConstructUserDataFail": f"{INTERNAL}OtherError",
}

_KNOWN = {each.code: each for each in calls.EXPLANATIONS}

EXPLANATIONS: tuple[Explanation, ...] = tuple(
    _KNOWN[today]._replace(
        code=code, stage=Stage.OLD, source=source, read=READ, today=today
    )
    for names, source in (
        (_TODAY, NUMBERS),
        (_SPELT, SPELLINGS),
        (_VERSION_2019, VERSION_2019),
    )
    for code, today in names.items()
)
