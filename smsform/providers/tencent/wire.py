"""Tencent Cloud SMS on the wire: the constants that client and emulator share.

Names, numbers and signatures only; no behaviour. Facts are from the official SDK
(tencentcloud-sdk-python-sms 3.1.153, API version 2021-01-11) and the signature pages of
its documentation, read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

SERVICE = "sms"
VERSION = "2021-01-11"
OLD_VERSION = "2019-07-11"
HOST = "sms.tencentcloudapi.com"
INTERNATIONAL_HOST = "sms.intl.tencentcloudapi.com"
# Every product, region and zone is served below one name: public endpoint documents.
API_HOST = r"([\w-]+)\.(?:[\w-]+\.)*tencentcloudapi\.com"

ADD_TEMPLATE = "AddSmsTemplate"
MODIFY_TEMPLATE = "ModifySmsTemplate"
DELETE_TEMPLATE = "DeleteSmsTemplate"
DESCRIBE_TEMPLATES = "DescribeSmsTemplateList"
ADD_SIGN = "AddSmsSign"
MODIFY_SIGN = "ModifySmsSign"
DELETE_SIGN = "DeleteSmsSign"
DESCRIBE_SIGNS = "DescribeSmsSignList"

SEND = "SendSms"
DESCRIBE_RECORDS = "DescribeSendRecordList"
PULL = "PullSmsSendStatus"
PULL_BY_NUMBER = "PullSmsSendStatusByPhoneNumber"
SEND_STATISTICS = "SendStatusStatistics"
CALLBACK_STATISTICS = "CallbackStatusStatistics"
PACKAGES = "SmsPackagesStatistics"
SEND_ABROAD = "SendMultiGlobalSms"
PULL_REPLIES = "PullSmsReplyStatus"
PULL_REPLIES_BY_NUMBER = "PullSmsReplyStatusByPhoneNumber"
DESCRIBE_NUMBERS = "DescribePhoneNumberInfo"
REPORT_CONVERSION = "ReportConversion"

# The object inside "Response" that carries an action's result; there is no common key.
PAYLOAD = {
    ADD_TEMPLATE: "AddTemplateStatus",
    MODIFY_TEMPLATE: "ModifyTemplateStatus",
    DELETE_TEMPLATE: "DeleteTemplateStatus",
    DESCRIBE_TEMPLATES: "DescribeTemplateStatusSet",
    ADD_SIGN: "AddSignStatus",
    MODIFY_SIGN: "ModifySignStatus",
    DELETE_SIGN: "DeleteSignStatus",
    DESCRIBE_SIGNS: "DescribeSignListStatusSet",
    SEND: "SendStatusSet",
    DESCRIBE_RECORDS: "SendRecordSet",
    PULL: "PullSmsSendStatusSet",
    PULL_BY_NUMBER: "PullSmsSendStatusSet",
    SEND_STATISTICS: "SendStatusStatistics",
    CALLBACK_STATISTICS: "CallbackStatusStatistics",
    PACKAGES: "SmsPackagesStatisticsSet",
    SEND_ABROAD: "SendMultiStatusSet",
    PULL_REPLIES: "PullSmsReplyStatusSet",
    PULL_REPLIES_BY_NUMBER: "PullSmsReplyStatusSet",
    DESCRIBE_NUMBERS: "PhoneNumberInfoSet",
    REPORT_CONVERSION: "ReportConversionStatus",
}

SENT = "Ok"  # Code of a number whose message was accepted
# SendStatus of DescribeSendRecordList, ReportStatus of both pulls and of pushes.
RECORD_REFUSED, RECORD_DELIVERED, RECORD_UNDER_WAY, RECORD_FAILED = 1, 2, 3, 4
REPORT_SUCCESS, REPORT_FAIL = "SUCCESS", "FAIL"

PAGE = 100  # the largest Limit both lists take, and both pulls
RECORDS_PAGE = 50  # of DescribeSendRecordList
PACKAGES_PAGE = 500  # of SmsPackagesStatistics

MARKETING, NOTIFICATION, VERIFICATION = 1, 2, 3  # SmsType, since 2024-05-16
DOMESTIC, INTERNATIONAL, BOTH = 0, 1, 3  # International; 3 only in replies
APPROVED, IN_REVIEW, APPROVED_INACTIVE, REJECTED = 0, 1, 2, -1  # StatusCode
# QualificationStatusCode of a domestic signature: DescribeSignListStatus, 3.1.153
QUALIFICATION_PENDING, QUALIFICATION_PASSED, QUALIFICATION_REFUSED = 0, 1, 2
QUALIFICATION_LACKING, QUALIFICATION_CHANGED, QUALIFICATION_CHANGE_REFUSED = 3, 4, 5

WINDOW = 300  # seconds a timestamp may be off

TC3 = "TC3-HMAC-SHA256"
V1_SHA256 = "HmacSHA256"
V1_SHA1 = "HmacSHA1"
SIGN_METHODS = (TC3, V1_SHA256, V1_SHA1)
UNSIGNED = "UNSIGNED-PAYLOAD"


def signature(
    secret_key: str,
    *,
    method: str,
    query: str,
    payload: bytes,
    headers: Sequence[tuple[str, str]],
    timestamp: int,
    service: str = SERVICE,
    path: str = "/",
) -> str:
    """The TC3-HMAC-SHA256 signature, lower-case hex.

    *headers* are the signed ones, in the order of SignedHeaders; names and values are
    lower-cased and trimmed here as the documentation asks. *query* is the query string
    exactly as sent; *payload* the raw body (or the literal ``UNSIGNED-PAYLOAD``).
    """
    import hashlib  # loads OpenSSL; reading definitions needs none of it
    import hmac

    lines = "".join(f"{k.strip().lower()}:{v.strip().lower()}\n" for k, v in headers)
    signed = ";".join(name.strip().lower() for name, _ in headers)
    digest = hashlib.sha256(payload).hexdigest()
    canonical = f"{method}\n{path}\n{query}\n{lines}\n{signed}\n{digest}"
    date = utc_date(timestamp)
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"{TC3}\n{timestamp}\n{date}/{service}/tc3_request\n{hashed}"
    key = _signing_key(secret_key, date, service)
    return hmac.digest(key, text.encode(), "sha256").hex()


@lru_cache(maxsize=16)  # the same all day
def _signing_key(secret_key: str, date: str, service: str) -> bytes:
    import hmac

    key = f"TC3{secret_key}".encode()
    for part in (date, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def utc_date(timestamp: int) -> str:
    """The UTC day of a unix time, as the credential scope spells it."""
    return _date(timestamp // 86_400)


@lru_cache(maxsize=16)
def _date(day: int) -> str:
    return datetime.fromtimestamp(day * 86_400, UTC).strftime("%Y-%m-%d")


def signature_v1(
    secret_key: str,
    *,
    method: str,
    host: str,
    params: Mapping[str, str],
    algorithm: str,
    path: str = "/",
) -> str:
    """The older HmacSHA1 / HmacSHA256 signature, base64.

    Values are signed raw, not url-encoded, with keys in ASCII order and without the
    ``Signature`` parameter itself; underscores in keys count as dots.
    """
    import base64
    import hmac

    pairs = {key.replace("_", "."): value for key, value in params.items()}
    query = "&".join(f"{k}={pairs[k]}" for k in sorted(pairs) if k != "Signature")
    text = f"{method}{host}{path}?{query}"
    name = "sha256" if algorithm == V1_SHA256 else "sha1"
    digest = hmac.digest(secret_key.encode(), text.encode(), name)
    return base64.b64encode(digest).decode()


def flatten(params: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Nested parameters as the form and query encodings spell them: ``Ids.0=3``."""
    flat: dict[str, str] = {}
    for name, value in params.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{key}.")
        elif isinstance(value, list | tuple):
            items = {str(index): item for index, item in enumerate(value)}
            flat |= flatten(items, f"{key}.")
        else:
            flat[key] = str(value)
    return flat


# The emulator's key pair: opens nothing but an emulator.
DEMO_SECRET_ID = "AKIDsmsformEmulatorDemoKey00000000000"
DEMO_SECRET_KEY = "smsformEmulatorDemoSecret0000000"
