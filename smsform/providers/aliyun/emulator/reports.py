"""The reports that are pushed: TemplateSmsReport and SignSmsReport.

A JSON array of one element, unsigned. A receiver answers HTTP 200 and ``code`` 0, a
number; otherwise the report is pushed again. Documents of the
message receipts, read 2026-11-21.
"""

from __future__ import annotations

import json

from smsform.emulation.messages import as_json
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.account import (
    PASSED,
    Item,
    date,
    first_submitted,
    template_code,
)
from smsform.providers.aliyun.emulator.signs import USAGE

# Chinese words, not numbers; those of the types the example lacks are [I].
TYPES = {
    wire.VERIFICATION: "验证码",
    wire.NOTIFICATION: "短信通知",
    wire.MARKETING: "推广短信",
    wire.INTERNATIONAL: "国际/港澳台消息",
    wire.MULTIMEDIA: "数字短信",
}


def report(entry: Entry) -> bytes:
    """The body that reports the verdict on *entry*."""
    status = "approved" if entry.review in PASSED else "rejected"
    return as_json([_told(entry, status)])


def _told(entry: Entry, status: str) -> Item:
    kept = entry.fields
    common: Item = {
        "orderId": kept.get("OrderId", ""),
        "create_date": date(first_submitted(entry)),
    }
    if entry.review == Review.REJECTED:
        common["reason"] = entry.note
    if entry.kind == Kind.TEMPLATE:
        type = int(str(kept.get("TemplateType", wire.NOTIFICATION)))
        return {
            "template_type": TYPES[type],
            "template_name": entry.name,
            "template_content": entry.text,
            "template_status": status,
            "template_code": template_code(entry.id),
            "remark": kept.get("Remark", ""),
            **common,
        }
    material = kept.get("material")
    given = material if isinstance(material, dict) else {}
    return {
        "sign_source": USAGE.get(given.get("SignSource"), ""),
        "sign_name": entry.name,
        "sign_status": status,
        "sign_scene": given.get("ApplySceneContent", ""),
        "remark": given.get("Remark", ""),
        **common,
    }


def received(status: int, body: bytes) -> bool:
    """Whether the answer means that it arrived; a written file counts as arrived."""
    if status != 200 or not body:
        return status == 200
    try:
        said = json.loads(body)
    except ValueError:
        return False
    code = said.get("code") if isinstance(said, dict) else None
    return type(code) is int and code == 0
