"""The documented shapes of replies.

Fields, types and values are those of the official SDK's models (alibabacloud_dysmsapi
20170525 4.6.0; GetSmsTemplateList's values from its page of the API reference), read
2026-11-29. Where a document and a reply somebody published disagree, both are allowed.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.providers.aliyun import wire
from smsform.shapes import (
    FLAG,
    INTEGER,
    OBJECT,
    TEXT,
    ReplyField,
    ReplyShape,
    either_of,
    one_of,
    shape,
)

SOURCE = "alibabacloud_dysmsapi20170525 4.6.0"
READ = "2026-11-29"

# Every reply, also the gateway's refusals, which name a page and a host.
_ENVELOPE = {
    "RequestId": TEXT,
    "Code": TEXT,
    "Message": TEXT,
    "Recommend": TEXT,
    "HostId": TEXT,
    "AccessDeniedDetail": ReplyField(("object", "string")),
    **{
        f"AccessDeniedDetail.{name}": TEXT
        for name in (
            "AuthAction", "AuthPrincipalDisplayName", "AuthPrincipalOwnerId",
            "AuthPrincipalType", "EncodedDiagnosticMessage", "NoPermissionType",
            "PolicyType",
        )
    },
}  # fmt: skip
_STATUS = either_of(wire.IN_REVIEW, wire.APPROVED, wire.REJECTED, wire.CANCELLED)
_LISTED = (wire.LISTED_IN_REVIEW, wire.LISTED_APPROVED, wire.LISTED_REJECTED)
_TYPE = either_of(
    wire.VERIFICATION,
    wire.NOTIFICATION,
    wire.MARKETING,
    wire.INTERNATIONAL,
    wire.MULTIMEDIA,
)
_LISTED_TYPE = one_of(*wire.LISTED_TYPES.values())
_REASON = {"RejectDate": TEXT, "RejectInfo": TEXT, "RejectSubInfo": TEXT}
_PAGES = {"TotalCount": INTEGER, "CurrentPage": INTEGER, "PageSize": INTEGER}


def _below(path: str, fields: Mapping[str, ReplyField]) -> dict[str, ReplyField]:
    return {f"{path}.{name}": field for name, field in fields.items()}


def _texts(names: str) -> dict[str, ReplyField]:
    return dict.fromkeys(names.split(), TEXT)


def _shape(fields: Mapping[str, ReplyField]) -> ReplyShape:
    return shape(SOURCE, READ, {**_ENVELOPE, **fields})


_TEMPLATE_ROW = {
    "TemplateCode": TEXT, "TemplateName": TEXT, "TemplateContent": TEXT,
    "TemplateType": _LISTED_TYPE, "OuterTemplateType": _TYPE,
    "AuditStatus": one_of(
        *_LISTED, wire.LISTED_CANCELLED, wire.LISTED_CANCELLED_TEMPLATE
    ),
    "CreateDate": TEXT, "OrderId": TEXT, "SignatureName": TEXT, "TrafficDriving": TEXT,
    "Reason": ReplyField(("object", "string")),
    **_below("Reason", _REASON),
}  # fmt: skip
_SIGN_ROW = {
    "SignName": TEXT, "CreateDate": TEXT, "OrderId": TEXT,
    "AuditStatus": one_of(*_LISTED, wire.LISTED_CANCELLED),
    "BusinessType": one_of("验证码类型", "通用类型"),
    "AppIcpRecordId": INTEGER, "TrademarkId": INTEGER, "AuthorizationLetterId": INTEGER,
    "authorizationLetterAuditPass": FLAG,
    "Reason": ReplyField(("object", "string")),
    **_below("Reason", _REASON),
}  # fmt: skip
_AUDIT = {"AuditInfo.RejectInfo": TEXT, "AuditInfo.AuditDate": TEXT}

_IDENTITY = one_of(
    "identityCard", "passport", "homeReturnPermit", "TaiwanCompatriotPermit",
    "residencePermit", "other",
)  # fmt: skip
# Papers hold names, numbers of persons and pictures: no value of these is ever shown.
_LETTER = {
    **_texts(
        "Authorization AuthorizationLetterExpDate AuthorizationLetterName "
        "AuthorizationLetterPic OrganizationCode ProxyAuthorization SignScope"
    ),
    "AuthorizationLetterId": INTEGER,
    "State": one_of("INT", "PASSED"),
    "Status": one_of("VALID", "INVALID"),
}
_TRADEMARK = {
    **_texts(
        "TrademarkApplicantName TrademarkEffExpDate TrademarkName TrademarkPic "
        "TrademarkPicUrl TrademarkRegistrationNumber"
    ),
    "TrademarkId": INTEGER,
}
_QUALIFICATION = {
    **_texts(
        "AdminIDCardExpDate AdminIDCardFrontFace AdminIDCardNo AdminIDCardPic "
        "AdminName AdminPhoneNo BusinessType CompanyName EffTimeStr "
        "LegalPersonIDCardNo LegalPersonIdCardEffTime LegalPersonName "
        "OrganizationCode QualificationName Remark BusinessLicensePics[].LicensePic "
        "BusinessLicensePics[].PicUrl OtherFiles[].LicensePic OtherFiles[].PicUrl"
    ),
    "AdminIDCardType": _IDENTITY, "LegalPersonIDCardType": _IDENTITY,
    "BusinessLicensePics[].Type": one_of(
        "socialCreditLicense", "businessLicense", "signLegalLicense", "otherLicense"
    ),
    "CompanyType": one_of("COMPANY", "NON_PROFIT_ORGANIZATION"),
    "QualificationGroupId": INTEGER, "WorkOrderId": INTEGER,
    "State": one_of("INT", "FAILED", "PASSED", "NOT_FINISH", "CANCELED"),
    "UseBySelf": FLAG, "WhetherShare": FLAG,
}  # fmt: skip

SHAPES: Mapping[str, ReplyShape] = {
    wire.LIST_TEMPLATES: _shape(
        {**_PAGES, **_below("SmsTemplateList[]", _TEMPLATE_ROW)}
    ),
    wire.LIST_SIGNS: _shape({**_PAGES, **_below("SmsSignList[]", _SIGN_ROW)}),
    wire.GET_TEMPLATE: _shape({
        "TemplateCode": TEXT, "TemplateName": TEXT, "TemplateContent": TEXT,
        "TemplateType": _TYPE, "TemplateStatus": _STATUS,
        "TemplateTag": one_of(wire.BY_USER, wire.GIFTED, wire.TEST),
        "IntlType": one_of(0, 1, 2), "RelatedSignName": TEXT, "OrderId": TEXT,
        "VariableAttribute": TEXT, "Remark": TEXT, "CreateDate": TEXT,
        "ApplyScene": TEXT,
        **_AUDIT,
        "FileUrlList.FileUrl[]": TEXT,
        "MoreDataFileUrlList.MoreDataFileUrl[]": TEXT,
        "SignList.SignList[]": TEXT,
        "VendorAuditStatus": OBJECT,
        **{
            f"VendorAuditStatus.{vendor}_VENDOR": either_of(0, 1, 2, 15)
            for vendor in ("MOBILE", "TELECOM", "UNICOM")
        },
    }),
    wire.GET_SIGN: _shape({
        "SignName": TEXT, "SignStatus": _STATUS, "SignCode": TEXT, "SignUsage": TEXT,
        "SignTag": either_of(2, 3, 4, 5), "CreateDate": TEXT, "OrderId": TEXT,
        "QualificationId": INTEGER, "Remark": TEXT, "ApplyScene": TEXT,
        "ThirdParty": FLAG, "RegisterResult": one_of(-1, 0, 1, 2),
        "AppIcpRecordId": INTEGER, "TrademarkId": INTEGER,
        "AuthorizationLetterId": INTEGER, "AuthorizationLetterAuditPass": FLAG,
        "FileUrlList[]": TEXT,
        **_AUDIT,
        **_below("SignIspRegisterDetailList[]", {
            "OperatorCode": one_of("mobile", "unicom", "telecom"),
            "OperatorCompleteTime": TEXT,
            "RegisterStatus": one_of(-2, -1, 0, 1, 2, 3),
            "RegisterStatusReasons[].ReasonCode": one_of(
                "UNBINDING_QUA", "BINDING_INCOMPLETE_QUA", "NON_REGISTER",
                "REGISTERING", "DETECTING", "DETECT_SUCCESS", "QUALIFICATION_ERROR",
                "SIGNATURE_ERROR", "SIGNATURE_QUALIFICATION_ERROR",
                "ONE_CODE_MULTIPLE_SIGN", "OTHERS_ERROR", "REGISTER_TIMEOUT",
                "NO_SEND_RECORD", "EXT_CODE_RECYCLE", "SUBPORT_RECYCLE",
            ),
            "RegisterStatusReasons[].ReasonDescList[]": TEXT,
        }),
    }),
    wire.USABLE_TEMPLATES: _shape({
        "Success": FLAG,
        **_below("Data", {
            "PageNo": INTEGER, "PageSize": INTEGER, "Total": INTEGER,
            "List[].TemplateCode": TEXT, "List[].TemplateName": TEXT,
            "List[].TemplateContent": TEXT, "List[].TemplateType": _LISTED_TYPE,
            "List[].AuditStatus": one_of(0, 1, 2, 10), "List[].SignName": TEXT,
            "List[].GmtCreate": TEXT, "List[].WorkOrderId": TEXT,
            "List[].TemplateTag[].TagKey": TEXT, "List[].TemplateTag[].TagValue": TEXT,
            "List[].UsableStateList[]": one_of(
                "AVAILABLE", "MISSING_SIGNATURE", "MISSING_TRAFFIC_DRIVING",
                "MISSING_TRAFFIC_DRIVING_ARCHIVE", "MISSING_VARIABLE", "UNAVAILABLE",
            ),
        }),
    }),
    wire.QUERY_LETTERS: _shape({"Success": FLAG, **_below("Data[]", _LETTER)}),
    wire.QUERY_TRADEMARKS: _shape({"Success": FLAG, **_below("Data[]", _TRADEMARK)}),
    wire.QUERY_QUALIFICATION: _shape({
        "Success": FLAG, **_below("Data", _QUALIFICATION),
    }),
}  # fmt: skip
