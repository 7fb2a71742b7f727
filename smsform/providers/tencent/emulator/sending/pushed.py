"""What is pushed to a customer's server: receipts in an array, replies one by one.

Documents 59178 and 59179, read 2026-11-29. Both are answered ``{"result": 0}``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from smsform.emulation import numbers
from smsform.emulation.messages import as_json
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.uplink import Uplink
from smsform.hours import BEIJING

DATE = "%Y-%m-%d %H:%M:%S"


def receipts(messages: Sequence[OutboxMessage]) -> bytes:
    """The body that reports receipts: all fields are texts, ``errmsg`` is the code."""
    return as_json([_receipt(message) for message in messages])


def _receipt(message: OutboxMessage) -> dict[str, str]:
    number = numbers.read(message.number)
    assert number
    assert message.due is not None
    return {
        "user_receive_time": datetime.fromtimestamp(message.due, BEIJING).strftime(
            DATE
        ),
        "nationcode": number.country,
        "mobile": number.subscriber,
        "report_status": "SUCCESS" if message.delivered else "FAIL",
        "errmsg": message.receipt,
        "description": "用户短信送达成功" if message.delivered else "用户短信送达失败",
        "sid": message.serial,
        "ext": message.context,
    }


def reply(answer: Uplink) -> bytes:
    """The body that reports one reply."""
    number = numbers.read(answer.number)
    assert number
    return as_json(
        {
            "extend": answer.extend,
            "mobile": number.subscriber,
            "nationcode": number.country,
            "sign": answer.signature,
            "text": answer.text,
            "time": int(answer.at),
        }
    )


def received(status: int, body: bytes) -> bool:
    """Whether the answer means that it arrived; a written file counts as arrived."""
    if status != 200 or not body:
        return status == 200
    try:
        said = json.loads(body)
    except ValueError:
        return False
    result = said.get("result") if isinstance(said, dict) else None
    return type(result) is int and result == 0
