"""What the witnesses submit, and how what was submitted is looked up."""

from __future__ import annotations

import base64
from typing import Any

from witnesses import Witness

IMAGE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(64))).decode()
TEMPLATE: dict[str, Any] = {
    "TemplateName": "登录验证码",
    "TemplateContent": "{1}为您的登录验证码，请于{2}分钟内填写。",
    "SmsType": 3,
    "International": 0,
    "Remark": "登录 & 换机时发送：100% 由用户触发",
}
SIGN: dict[str, Any] = {
    "SignName": "示例商城",
    "SignType": 0,
    "DocumentType": 1,
    "International": 0,
    "SignPurpose": 0,
    "ProofImage": IMAGE,
    "Remark": "公司简称",
    "QualificationId": 4001,
}

TEMPLATES = ("DescribeSmsTemplateList", "DescribeTemplateStatusSet")
SIGNS = ("DescribeSmsSignList", "DescribeSignListStatusSet")


def by_id(witness: Witness, kind: tuple[str, str], id: int) -> list[dict[str, Any]]:
    """The entries with that id, as the witness reads them."""
    action, payload = kind
    ids = "SignIdSet" if kind is SIGNS else "TemplateIdSet"
    answer = witness.call(action, **{"International": 0, ids: [id]})
    assert answer.code == ""
    return list(answer.reply[payload])
