"""Codes of Alibaba's interfaces that are gone: Alidayu, and Sms of 2016-09-27.

Both are known from third parties only. Alidayu's sub_code had today's isv. names.
"""

from __future__ import annotations

from smsform.explanation import Explanation, Stage
from smsform.providers.aliyun import codes
from smsform.providers.aliyun.explained import calls

SMS_2016 = "third-party clients of Sms 2016-09-27"
DAYU = "third-party clients of Alidayu"
READ = "2026-11-29"

_TODAY = {
    "InvalidSignName.Malformed": "isv.SMS_SIGNATURE_ILLEGAL",
    "InvalidTemplateCode.MalFormed": "isv.SMS_TEMPLATE_ILLEGAL",
    "InvalidRecNum.Malformed": "isv.MOBILE_NUMBER_ILLEGAL",
    "InvalidParamString.MalFormed": "isv.INVALID_JSON_PARAM",
    "InvalidParamStringTemplate.Malformed": "isv.SMS_TEMPLATE_ILLEGAL",
    "InvalidSendSms": "isv.BUSINESS_LIMIT_CONTROL",
    "InvalidDayu.Malformed": "isv.PARAM_NOT_SUPPORT_URL",
}
_ALIDAYU = {"isv.permission-api-package-limit": "isp.RAM_PERMISSION_DENY"}

_KNOWN = {each.code: each for each in calls.EXPLANATIONS}

EXPLANATIONS: tuple[Explanation, ...] = tuple(
    _KNOWN[today]._replace(
        code=code,
        stage=Stage.OLD,
        source=source,
        read=READ,
        today=today,
        advice=codes.CODES[today].advice,
    )
    for names, source in ((_TODAY, SMS_2016), (_ALIDAYU, DAYU))
    for code, today in names.items()
)
