"""What is pushed beside verdicts: SmsReport and SmsUp, arrays of objects.

Document 101847 and the page of message receipts, read 2026-11-29; receipts come with
all fields as texts but ``success``.
"""

from __future__ import annotations

from collections.abc import Sequence

from smsform.emulation.messages import as_json
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.uplink import Uplink
from smsform.providers.aliyun.emulator.account import Item, date


def receipts(messages: Sequence[OutboxMessage]) -> bytes:
    """The body of SmsReport."""
    return as_json([_receipt(message) for message in messages])


def _receipt(message: OutboxMessage) -> Item:
    assert message.due is not None
    return {
        "phone_number": _number(message.number),
        "send_time": date(message.sent),
        "report_time": date(message.due),
        "success": bool(message.delivered),
        "err_code": message.receipt,
        "err_msg": "用户接收成功" if message.delivered else "用户接收失败",
        "sms_size": str(message.segments),
        "biz_id": message.serial,
        "out_id": message.context,
    }


def replies(answers: Sequence[Uplink]) -> bytes:
    """The body of SmsUp."""
    return as_json(
        [
            {
                "phone_number": _number(answer.number),
                "content": answer.text,
                "send_time": date(answer.at),
                "dest_code": answer.extend,
                "sequence_id": str(answer.id),
                "sign_name": answer.signature,
            }
            for answer in answers
        ]
    )


def _number(text: str) -> str:
    return text.removeprefix("+86").removeprefix("+")
