"""Alibaba Cloud SMS on the wire: the constants that client and emulator share.

Names, numbers and signatures only; no behaviour. Facts are from the official SDK
(alibabacloud_dysmsapi20170525 4.6.0, API version 2017-05-25, and
alibabacloud_tea_openapi 0.4.6 for the signatures), read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

VERSION = "2017-05-25"
SIGNATURE_VERSION = "1.0"  # of the RPC signature
CONTENT_FORM = "application/x-www-form-urlencoded"

# Where a region is served; every other one by the central host. The SDK before 4.0
# sent ap-southeast-5 to dysmsapi-xman.ap-southeast-5.aliyuncs.com.
REGION = "cn-hangzhou"
HOST = "dysmsapi.aliyuncs.com"
REGION_HOSTS = {
    "ap-southeast-1": "dysmsapi.ap-southeast-1.aliyuncs.com",
    "ap-southeast-5": "dysmsapi.ap-southeast-5.aliyuncs.com",
    "cn-beijing": "dysmsapi-proxy.cn-beijing.aliyuncs.com",
    "cn-hongkong": "dysmsapi-xman.cn-hongkong.aliyuncs.com",
    "eu-central-1": "dysmsapi.eu-central-1.aliyuncs.com",
    "us-east-1": "dysmsapi.us-east-1.aliyuncs.com",
}

# Every way to the service, those of older SDKs included: dysmsapi-xman, -proxy, -vpc.
API_HOST = r"dysmsapi[\w-]*\.(?:[\w-]+\.)*aliyuncs\.com"

CREATE_TEMPLATE = "CreateSmsTemplate"
UPDATE_TEMPLATE = "UpdateSmsTemplate"
GET_TEMPLATE = "GetSmsTemplate"
DELETE_TEMPLATE = "DeleteSmsTemplate"
LIST_TEMPLATES = "QuerySmsTemplateList"
CREATE_SIGN = "CreateSmsSign"
UPDATE_SIGN = "UpdateSmsSign"
GET_SIGN = "GetSmsSign"
DELETE_SIGN = "DeleteSmsSign"
LIST_SIGNS = "QuerySmsSignList"
USABLE_TEMPLATES = "GetSmsTemplateList"
# Papers of a signature, read only; of an app's filing neither state nor term is told.
QUERY_LETTERS = "QuerySmsAuthorizationLetter"
QUERY_TRADEMARKS = "QuerySmsTrademark"
QUERY_QUALIFICATION = "QuerySingleSmsQualification"
QUERY_APP_RECORDS = "QuerySmsAppIcpRecord"
PAPERS = (QUERY_LETTERS, QUERY_TRADEMARKS, QUERY_QUALIFICATION)

# Actions that permit the upload of a file for reviewers, by the field its key goes
# into: document 2833114, read 2026-11-29. Both reply with where to post it, a policy, a
# signature.
PERMIT_MATERIAL = "GetOSSInfoForUploadFile"
PERMIT_RECORD = "GetSmsOcrOssInfo"
PERMITS = {"MoreData": PERMIT_MATERIAL, "TrafficDriving": PERMIT_RECORD}
PERMIT_PARAMETERS = {
    PERMIT_MATERIAL: {"BizType": "fcMediaSms"},
    PERMIT_RECORD: {"TaskType": "ICP_DOMAIN"},
}
PERMIT_FIELDS = ("AccessKeyId", "Policy", "Signature", "Host", "StartPath")
POST_OBJECT = "PostObject"  # of the storage, and no action of this service
# Buckets of the storage: document 31837.
STORAGE_HOST = r"[a-z0-9][a-z0-9-]{1,62}\.oss-[a-z0-9-]+\.aliyuncs\.com"
LARGEST_UPLOAD = 1_048_576_000  # bytes, by the policy in the documents' examples

SEND = "SendSms"
SEND_BATCH = "SendBatchSms"
SEND_DETAILS = "QuerySendDetails"
SEND_STATISTICS = "QuerySendStatistics"

# SendStatus of QuerySendDetails.
DETAIL_UNDER_WAY, DETAIL_FAILED, DETAIL_DELIVERED = 1, 2, 3
STATISTICS_DOMESTIC, STATISTICS_ABROAD = 1, 2  # IsGlobe
# Status of the receipts that the international product pushes: there, failed, lapsed.
ABROAD_STATUSES = ("1", "2", "6")
ABROAD_DELIVERED = "1"

# What older SDKs call; switched off since 2025-06-30, QuerySmsSign announced to be.
OLD_ADD_TEMPLATE = "AddSmsTemplate"
OLD_MODIFY_TEMPLATE = "ModifySmsTemplate"
OLD_QUERY_TEMPLATE = "QuerySmsTemplate"
OLD_ADD_SIGN = "AddSmsSign"
OLD_MODIFY_SIGN = "ModifySmsSign"
OLD_QUERY_SIGN = "QuerySmsSign"
RETIRED = frozenset(
    {
        OLD_ADD_TEMPLATE,
        OLD_MODIFY_TEMPLATE,
        OLD_QUERY_TEMPLATE,
        OLD_ADD_SIGN,
        OLD_MODIFY_SIGN,
        OLD_QUERY_SIGN,
    }
)
OFFLINE = "isv.INTERFACE_OFFLINE"  # what these answer

# The fields an action takes; all but POST_ONLY ones may be called with GET.
TEMPLATE_FIELDS = (
    "TemplateName", "TemplateContent", "TemplateType", "Remark", "RelatedSignName",
    "TemplateRule", "MoreData", "ApplySceneContent", "IntlType", "TrafficDriving",
)  # fmt: skip
SIGN_FIELDS = (
    "SignName", "SignSource", "QualificationId", "SignType", "ThirdParty", "Remark",
    "MoreData", "ApplySceneContent", "AuthorizationLetterId", "AppIcpRecordId",
    "TrademarkId",
)  # fmt: skip
POST_ONLY = frozenset({LIST_TEMPLATES, LIST_SIGNS})

# Field names a reply has, where it is not the name the field was sent under.
SHOWN_RULE = "VariableAttribute"  # sent as TemplateRule
SHOWN_SCENE = "ApplyScene"  # sent as ApplySceneContent
SHOWN_SIGN = "SignatureName"  # in the list; sent, and shown by Get, as RelatedSignName
SHOWN_TYPE = "OuterTemplateType"  # in the list, whose TemplateType is numbered apart

ITEMS = {LIST_TEMPLATES: "SmsTemplateList", LIST_SIGNS: "SmsSignList"}
TOTAL = "TotalCount"
PAGE = 50  # the largest PageSize both lists take
DEFAULT_PAGE = 10

# TemplateType of Create, Update and Get (there as text), OuterTemplateType of the list.
VERIFICATION, NOTIFICATION, MARKETING, INTERNATIONAL = 0, 1, 2, 3
MULTIMEDIA = 7
# TemplateType of a row of QuerySmsTemplateList; it is never used, only checked
LISTED_TYPES = {
    VERIFICATION: 2,
    NOTIFICATION: 0,
    MARKETING: 1,
    INTERNATIONAL: 6,
    MULTIMEDIA: 7,
}
# IntlType, wanted beside type 3: what SDK 4.6.0 documents, and what 4.1.2 did.
INTL_TYPES = {VERIFICATION: 2, NOTIFICATION: 0, MARKETING: 1}
OLD_INTL_TYPES = {VERIFICATION: 0, NOTIFICATION: 1, MARKETING: 2}

# TemplateTag of GetSmsTemplate.
BY_USER, GIFTED, TEST = 2, 3, 4

# SignSource; 1, 3 and 4 are gone. SignType; the list words it in BusinessType.
COMPANY, APP, TRADEMARK = 0, 2, 5
SIGN_VERIFICATION, SIGN_GENERAL = 0, 1
# RegisterStatus of a carrier in GetSmsSign, UsableStateList of GetSmsTemplateList: SDK
# 4.6.0, read 2026-11-29.
REGISTER_NONE, REGISTERING, REGISTER_FAILED = -2, -1, 0
REGISTERED, REGISTER_LAPSED, REGISTER_PROVEN = 1, 2, 3
AVAILABLE, MISSING_SIGNATURE, UNAVAILABLE = (
    "AVAILABLE",
    "MISSING_SIGNATURE",
    "UNAVAILABLE",
)
BUSINESS_TYPES = {SIGN_VERIFICATION: "验证码类型", SIGN_GENERAL: "通用类型"}

# TemplateStatus of GetSmsTemplate (as text) and SignStatus of GetSmsSign (a number).
IN_REVIEW, APPROVED, REJECTED, CANCELLED = 0, 1, 2, 10
# AuditStatus of both lists. A cancelled template is misspelt, a signature is not.
LISTED_IN_REVIEW = "AUDIT_STATE_INIT"
LISTED_APPROVED = "AUDIT_STATE_PASS"
LISTED_REJECTED = "AUDIT_STATE_NOT_PASS"
LISTED_CANCELLED = "AUDIT_STATE_CANCEL"
LISTED_CANCELLED_TEMPLATE = "AUDIT_SATE_CANCEL"
# template_status and sign_status of the reports that are pushed.
PUSHED = {"approving": IN_REVIEW, "approved": APPROVED, "rejected": REJECTED}

DATE = "%Y-%m-%d %H:%M:%S"  # in Beijing time, without saying so
BEIJING = 8 * 3600  # seconds ahead of UTC, all year
UTC_DATE = "%Y-%m-%dT%H:%M:%SZ"  # of x-acs-date and Timestamp

OK = "OK"  # Code of a success
WINDOW = 900  # seconds a timestamp may be off
RETRY_AFTER = "x-acs-retry-after"  # header of a refusal: milliseconds to wait

ACS3 = "ACS3-HMAC-SHA256"
HMAC_SHA1 = "HMAC-SHA1"
SIGN_METHODS = (ACS3, HMAC_SHA1)

# The rule a template's variable is reviewed by (TemplateRule: name -> one of these).
# The table of document 2806243 and what code that mirrors the console's list adds.
RULES = frozenset({
    "numberCaptcha", "characterWithNumber", "characterWithNumber2", "verifyTime",
    "time", "money", "name", "user_nick", "unit_name", "address",
    "license_plate_number", "tracking_number", "pick_up_code", "phone_number2",
    "email_address", "link_param", "other_number2", "others",
})  # fmt: skip
# trafficDrivingType: what TrafficDriving declares a link or a number in a text to be.
TRAFFIC = (
    "DOMAIN",
    "FIXED_PHONE",
    "400_PHONE",
    "800_PHONE",
    "95_PHONE",
    "96_PHONE",
    "1_PHONE",
    "OTHER_PHONE",
)


def encode(text: str) -> str:
    """*text* as RFC 3986 has it in a query: only ``A-Za-z0-9-_.~`` stay."""
    return quote(text, safe="~")


def canonical_query(params: Mapping[str, str]) -> str:
    """Parameters as both methods sign them: sorted by name, then encoded."""
    return "&".join(f"{encode(k)}={encode(params[k])}" for k in sorted(params))


def signature(
    secret: str,
    *,
    method: str,
    query: Mapping[str, str],
    payload_sha256: str,
    headers: Sequence[tuple[str, str]],
    path: str = "/",
) -> str:
    """The ACS3-HMAC-SHA256 signature, lower-case hex.

    *headers* are the signed ones in the order of SignedHeaders, names in lower case.
    *query* holds the parameters decoded: on the wire a space may be a plus sign.
    """
    import hashlib  # loads OpenSSL; reading definitions needs none of it
    import hmac

    lines = "".join(f"{name}:{value.strip()}\n" for name, value in headers)
    signed = ";".join(name for name, _ in headers)
    request = "\n".join(
        (method, path, canonical_query(query), lines, signed, payload_sha256)
    )
    text = f"{ACS3}\n{hashlib.sha256(request.encode()).hexdigest()}"
    return hmac.digest(secret.encode(), text.encode(), "sha256").hex()


def string_to_sign(method: str, params: Mapping[str, str]) -> str:
    """What HMAC-SHA1 signs: parameters of query and form, but ``Signature``."""
    signed = {name: value for name, value in params.items() if name != "Signature"}
    return f"{method}&%2F&{encode(canonical_query(signed))}"


def signature_v1(secret: str, *, method: str, params: Mapping[str, str]) -> str:
    """The older HMAC-SHA1 signature of an RPC call, base64."""
    import base64
    import hmac

    text = string_to_sign(method, params)
    digest = hmac.digest(f"{secret}&".encode(), text.encode(), "sha1")
    return base64.b64encode(digest).decode()


# The emulator's key pair: opens nothing but an emulator.
DEMO_ACCESS_KEY_ID = "LTAIsmsformEmulatorDemo0"
DEMO_ACCESS_KEY_SECRET = "smsformEmulatorDemoSecret00000"
