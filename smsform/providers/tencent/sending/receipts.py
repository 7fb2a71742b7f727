"""Messages as the service shows them, in records, queue and pushes; pure.

Fields: tencentcloud-sdk-python-sms 3.1.153 and tccli 3.1.189.1; the push: document
382/59178 of 2026-01-05. All read 2026-11-29. Anybody can push, so every field is
checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from smsform.providers.tencent import wire
from smsform.sending import DeliveryStatus, Package, Receipt
from smsform.sending.fields import beijing, seconds, text_of, whole
from smsform.words import say

MOST_PUSHED = 100  # receipts of one push
_NUMBER = re.compile(r"\+?[0-9]{4,20}")

STATUSES = {
    wire.RECORD_REFUSED: DeliveryStatus.REFUSED,
    wire.RECORD_DELIVERED: DeliveryStatus.DELIVERED,
    wire.RECORD_UNDER_WAY: DeliveryStatus.UNDER_WAY,
    wire.RECORD_FAILED: DeliveryStatus.FAILED,
}

Fields = Mapping[str, object]


def recorded(item: Fields) -> Receipt:
    """A row of DescribeSendRecordList; it does not show the token."""
    status = item.get("SendStatus")
    delivery = STATUSES.get(whole(status), DeliveryStatus.UNDER_WAY)
    refused = delivery is DeliveryStatus.REFUSED
    return Receipt(
        number=number_of(item),
        serial=text_of(item, "SerialNo"),
        delivery=delivery,
        code=text_of(item, "RequestCode" if refused else "StatusCode"),
        content=text_of(item, "Content"),
        sent=seconds(item.get("SendTime")),
        received=seconds(item.get("UserReceiveTime")),
    )


def pulled(item: Fields) -> Receipt:
    """A receipt of the queue, or of one number; both pulls show the same."""
    delivered = item.get("ReportStatus") == wire.REPORT_SUCCESS
    return Receipt(
        number=number_of(item),
        serial=text_of(item, "SerialNo"),
        delivery=DeliveryStatus.DELIVERED if delivered else DeliveryStatus.FAILED,
        code=text_of(item, "Description"),
        token=text_of(item, "SessionContext"),
        received=seconds(item.get("UserReceiveTime")),
    )


def package(item: Fields) -> Package:
    """A package of SmsPackagesStatistics."""
    return Package(
        id=text_of(item, "PackageId"),
        amount=whole(item.get("PackageAmount")),
        used=whole(item.get("CurrentUsage")),
        begins=seconds(item.get("PackageEffectiveTime")),
        ends=seconds(item.get("PackageExpiredTime")),
    )


def pushed(document: object) -> tuple[Receipt, ...]:
    """The receipts of one push, in its order; ValueError in words for anything else."""
    if not isinstance(document, list):
        raise ValueError(say("provider.report_array"))
    return tuple(_pushed(number, item) for number, item in enumerate(document, 1))


def _pushed(place: int, item: object) -> Receipt:
    fields: Fields = item if isinstance(item, dict) else {}
    status = fields.get("report_status")
    country, mobile = text_of(fields, "nationcode"), text_of(fields, "mobile")
    number = f"+{country}{mobile}"
    wrong = ""
    if status not in (wire.REPORT_SUCCESS, wire.REPORT_FAIL):
        wrong = "report_status"
    elif not _NUMBER.fullmatch(number):
        wrong = "mobile"
    elif not text_of(fields, "sid"):
        wrong = "sid"
    if wrong:
        raise ValueError(say("provider.report_field", number=place, field=wrong))
    return Receipt(
        number=number,
        serial=text_of(fields, "sid"),
        delivery=(
            DeliveryStatus.DELIVERED
            if status == wire.REPORT_SUCCESS
            else DeliveryStatus.FAILED
        ),
        code=text_of(fields, "errmsg"),
        text=text_of(fields, "description"),
        token=text_of(fields, "ext"),
        received=beijing(text_of(fields, "user_receive_time")),
    )


def number_of(item: Fields) -> str:
    """The number of a record, as E.164."""
    text = text_of(item, "PhoneNumber")
    return text if text.startswith("+") else f"+{text}"
