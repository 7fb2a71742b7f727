"""Messages as the service shows them, in records, counts and pushes; pure.

Fields: alibabacloud_dysmsapi20170525 4.6.0; the push: help.aliyun.com document 101348.
Both read 2026-11-29. Anybody can push, so every field is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from smsform.providers.aliyun import wire
from smsform.sending import Count, DeliveryStatus, Receipt, Span
from smsform.sending.fields import beijing, text_of, whole
from smsform.words import say

DAY = 24 * 3600.0
_NUMBER = re.compile(r"\+?[0-9]{4,20}")

STATUSES = {
    wire.DETAIL_UNDER_WAY: DeliveryStatus.UNDER_WAY,
    wire.DETAIL_FAILED: DeliveryStatus.FAILED,
    wire.DETAIL_DELIVERED: DeliveryStatus.DELIVERED,
}

Fields = Mapping[str, object]


def detailed(item: Fields, number: str) -> Receipt:
    """A row of QuerySendDetails, which was asked for *number*."""
    status = whole(item.get("SendStatus"))
    return Receipt(
        number=number,
        serial="",
        delivery=STATUSES.get(status, DeliveryStatus.UNDER_WAY),
        code=text_of(item, "ErrCode"),
        content=text_of(item, "Content"),
        template=text_of(item, "TemplateCode"),
        token=text_of(item, "OutId"),
        sent=beijing(text_of(item, "SendDate")),
        received=beijing(text_of(item, "ReceiveDate")),
    )


def counted(item: Fields, international: bool) -> Count:
    """A row of QuerySendStatistics: a day; TotalCount are the segments billed."""
    begin = beijing(text_of(item, "SendDate").replace("-", ""), "%Y%m%d")
    return Count(
        span=Span(begin, begin + DAY if begin else 0.0),
        international=international,
        requests=None,
        accepted=None,
        segments=whole(item.get("TotalCount")),
        delivered=whole(item.get("RespondedSuccessCount")),
        failed=whole(item.get("RespondedFailCount")),
        unanswered=whole(item.get("NoRespondedCount")),
    )


def pushed(document: object) -> tuple[Receipt, ...]:
    """The receipts of one push, in its order; ValueError in words for anything else.

    A queue gives one object, HTTP an array of them; the international product has other
    names.
    """
    items = [document] if isinstance(document, dict) else document
    if not isinstance(items, list):
        raise ValueError(say("provider.report_array"))
    return tuple(_pushed(place, item) for place, item in enumerate(items, 1))


def _pushed(place: int, item: object) -> Receipt:
    fields: Fields = item if isinstance(item, dict) else {}
    if "MessageId" in fields:
        return _pushed_abroad(place, fields)
    number, success = text_of(fields, "phone_number"), fields.get("success")
    wrong = ""
    if not _NUMBER.fullmatch(number):
        wrong = "phone_number"
    elif not isinstance(success, bool):
        wrong = "success"
    elif not text_of(fields, "biz_id"):
        wrong = "biz_id"
    if wrong:
        raise ValueError(say("provider.report_field", number=place, field=wrong))
    return Receipt(
        number=_e164(number),
        serial=text_of(fields, "biz_id"),
        delivery=DeliveryStatus.DELIVERED if success else DeliveryStatus.FAILED,
        code=text_of(fields, "err_code"),
        text=text_of(fields, "err_msg"),
        token=text_of(fields, "out_id"),
        sent=beijing(text_of(fields, "send_time")),
        received=beijing(text_of(fields, "report_time")),
        segments=whole(fields.get("sms_size")),
    )


def _pushed_abroad(place: int, fields: Fields) -> Receipt:
    number, status = text_of(fields, "To"), text_of(fields, "Status")
    wrong = "" if _NUMBER.fullmatch(number) else "To"
    if not wrong and status not in wire.ABROAD_STATUSES:
        wrong = "Status"
    if wrong:
        raise ValueError(say("provider.report_field", number=place, field=wrong))
    delivered = status == wire.ABROAD_DELIVERED
    return Receipt(
        number=f"+{number.removeprefix('+')}",
        serial=text_of(fields, "MessageId"),
        delivery=DeliveryStatus.DELIVERED if delivered else DeliveryStatus.FAILED,
        code=text_of(fields, "ErrorCode"),
        text=text_of(fields, "ErrorDescription"),
        token=text_of(fields, "TaskId"),
        sent=beijing(text_of(fields, "SendDate")),
        received=beijing(text_of(fields, "ReceiveDate")),
        segments=whole(fields.get("SmsSize")),
    )


def _e164(number: str) -> str:
    """A number as the service pushes it, as E.164: 11 digits are of the mainland."""
    digits = number.removeprefix("+")
    if len(digits) == 11 and digits.startswith("1") and not number.startswith("+"):
        return f"+86{digits}"
    return f"+{digits}"
