"""The words of the codes of sending; those marked "seen" were quoted in public."""

from __future__ import annotations

from collections.abc import Mapping

BACKEND: Mapping[str, str] = {
    "FailedOperation.ContainSensitiveWord": "sms contains sensitive words",
    "FailedOperation.InsufficientBalanceInSmsPackage":
        "insufficient balance in SMS package",  # seen
    "FailedOperation.MarketingSendTimeConstraint":
        "marketing messages are sent between 8:00 and 22:00 only",
    "FailedOperation.PhoneNumberInBlacklist": "the phone number is on the blacklist",
    "FailedOperation.PhoneNumberParseFail": "the phone number cannot be parsed",
    "FailedOperation.SignatureIncorrectOrUnapproved":
        "the signature is malformed or not approved",
    "FailedOperation.TemplateIncorrectOrUnapproved":  # seen
        "template is not approved or request content does not match the approved"
        " template content",
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate":
        "request content does not match the template content",  # seen
    "FailedOperation.TemplateUnapprovedOrNotExist":
        "the template is not approved or does not exist",
    "InvalidParameterValue.ContentLengthLimit": "the message is too long",
    "InvalidParameterValue.IncorrectPhoneNumber": "incorrect phone number",
    "InvalidParameterValue.MultiSmsInfoSetEmpty": "MultiSmsInfoSet is empty",
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter":
        "a template parameter must not contain a URL",
    "InvalidParameterValue.SdkAppIdNotExist": "sdkappid does not exist",
    "InvalidParameterValue.TemplateParameterFormatError":
        "Verification code template parameter format error",  # seen
    "InvalidParameterValue.TemplateParameterLengthLimit":
        "a template parameter is too long",
    "LimitExceeded.AppCountryOrRegionDailyLimit":
        "the application's daily limit for this country or region is reached",
    "LimitExceeded.AppCountryOrRegionInBlacklist":
        "the application does not send to this country or region",
    "LimitExceeded.AppDailyLimit": "the application's daily limit is reached",
    "LimitExceeded.AppGlobalDailyLimit":
        "the application's daily limit abroad is reached",
    "LimitExceeded.AppMainlandChinaDailyLimit":
        "the application's daily limit in mainland China is reached",
    "LimitExceeded.DailyLimit": "the account's daily limit abroad is reached",
    "LimitExceeded.DeliveryFrequencyLimit": "the frequency limit is reached",
    "LimitExceeded.GlobalSmsSendingRateLimit": "too many messages abroad a second",
    "LimitExceeded.PhoneNumberCountLimit": "more than 200 phone numbers in a request",
    "LimitExceeded.PhoneNumberDailyLimit":
        "the number of sms messages sent from a single mobile number every day"
        " exceeds the upper limit",
    "LimitExceeded.PhoneNumberOneHourLimit":  # seen
        "the number of sms messages sent from a single mobile number within 1 hour"
        " exceeds the upper limit",
    "LimitExceeded.PhoneNumberSameContentDailyLimit":
        "the number of equal sms messages to a single number every day exceeds the"
        " upper limit",
    "LimitExceeded.PhoneNumberThirtySecondLimit":  # seen
        "the number of SMS messages sent from a single mobile number within 30"
        " seconds exceeds the upper limit",
    "MissingParameter.EmptyPhoneNumberSet": "PhoneNumberSet is empty",
    "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny":
        "accounts of individuals cannot send marketing messages",
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail":
        "request SmsSdk AppId verify fail",  # seen
    "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone":
        "a template for mainland China cannot be sent abroad",
    "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber":
        "the request contains numbers of mainland China and of elsewhere",
    "UnsupportedOperation.ContainDomesticPhoneNumber":
        "the request contains numbers of mainland China",
    "UnsupportedOperation.GlobalTemplateToChineseMainlandPhone":
        "a template for elsewhere cannot be sent to mainland China",
    "UnsupportedOperation.UnsupportedRegion": "this region is not supported",
}  # fmt: skip
