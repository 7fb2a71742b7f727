"""QuerySendDetails and QuerySendStatistics: one number's messages, and days' counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from smsform.emulation import numbers, outbox, traffic
from smsform.emulation.messages import Answer
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.traffic import HourlyCount
from smsform.hours import BEIJING
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.account import Account, Item, date
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.sending.judge import TYPES
from smsform.providers.aliyun.emulator.texts import invalid, refusal

DAY = "%Y%m%d"
DETAILS_REACH = 30  # days, docstrings of SDK 4.6.0
DOMESTIC, ABROAD = 1, 2  # IsGlobe
WAITING, FAILED, DELIVERED = 1, 2, 3  # SendStatus


def details(account: Account, params: Parameters) -> Answer:
    """QuerySendDetails: what one number got on one day, newest first [I].

    TotalCount is a text and counts submissions.
    """
    number = numbers.read(params["PhoneNumber"], bare_abroad=True)
    written = number and number.text.removeprefix("+86").removeprefix("+")
    if number is None or params["PhoneNumber"] != written:
        raise refusal("isv.MOBILE_NUMBER_ILLEGAL")
    day = _day(params["SendDate"])
    today = datetime.fromtimestamp(account.now, BEIJING).date()
    if not today - timedelta(days=DETAILS_REACH) <= day.date() <= today:
        raise refusal("isv.INVALID_PARAMETERS", name="SendDate")
    index, size = params["CurrentPage"], params["PageSize"]
    if index < 1:
        raise invalid("CurrentPage")
    if not 1 <= size <= wire.PAGE:
        raise invalid("PageSize")
    start = day.timestamp()
    biz_id = params.get("BizId", "")
    found = outbox.select(
        account.store,
        "number = ? AND provider = ? AND account = ? AND refusal = '' AND sent >= ?"
        " AND sent < ? AND (? = '' OR serial = ?) ORDER BY sent DESC, id DESC",
        (
            number.text,
            account.place.provider,
            account.place.account,
            start,
            start + 86_400,
            biz_id,
            biz_id,
        ),
    )
    page = found[(index - 1) * size : index * size]
    listed = [_detail(each, account.now, written or "") for each in page]
    return Answer(
        {
            "TotalCount": str(len(found)),
            "SmsSendDetailDTOs": {"SmsSendDetailDTO": listed},
        }
    )


def _detail(message: OutboxMessage, now: float, number: str) -> Item:
    item: Item = {
        "PhoneNum": number,
        "TemplateCode": message.template,
        "SendDate": date(message.sent),
        "Content": message.text,
        "SendStatus": WAITING,
        "ErrCode": "",
        "OutId": message.context,
    }
    if message.arrived(now):
        assert message.due is not None
        item |= {
            "SendStatus": DELIVERED if message.delivered else FAILED,
            "ErrCode": message.receipt,
            "ReceiveDate": date(message.due),
        }
    return item


def statistics(account: Account, params: Parameters) -> Answer:
    """QuerySendStatistics: billed parts by day; a day without messages is left out [I].

    Parts are counted on the day they went out, whenever their receipt came.
    """
    first, last = _day(params["StartDate"]), _day(params["EndDate"])
    if last < first:
        raise refusal("isv.INVALID_PARAMETERS", name="EndDate")
    index, size = params["PageIndex"], params["PageSize"]
    if index < 1:
        raise invalid("PageIndex")
    if not 1 <= size <= wire.PAGE:
        raise invalid("PageSize")
    alike: dict[str, object] = {"international": int(params["IsGlobe"] == ABROAD)}
    if "TemplateType" in params:
        alike["type"] = TYPES.get(params["TemplateType"], "")
    if "SignName" in params:
        alike["signature"] = params["SignName"]
    end = traffic.hour(last.timestamp()) + 23
    found = traffic.counts(
        account.store,
        account.place,
        traffic.hour(first.timestamp()),
        end,
        account.now,
        **alike,
    )
    days = _by_day(found)
    rows = [days[day] for day in sorted(days)]
    page = rows[(index - 1) * size : index * size]
    return Answer({"Data": {"TotalSize": len(rows), "TargetList": page}})


def _by_day(counts: list[HourlyCount]) -> dict[str, Item]:
    days: dict[int, list[HourlyCount]] = defaultdict(list)
    for count in counts:
        if count.accepted:
            days[count.hour // 24].append(count)
    rows = {}
    for day, counted in days.items():
        name = datetime.fromtimestamp(day * 86_400 - wire.BEIJING, BEIJING)
        rows[name.strftime(DAY)] = _row(name.strftime(DAY), counted)
    return rows


def _row(day: str, counts: list[HourlyCount]) -> Item:
    total = sum(count.segments for count in counts)
    told = sum(count.segments for count in counts if count.receipt)
    good = sum(count.segments for count in counts if count.receipt and count.delivered)
    return {
        "SendDate": day,
        "TotalCount": total,
        "RespondedSuccessCount": good,
        "RespondedFailCount": told - good,
        "NoRespondedCount": total - told,
    }


def _day(text: str) -> datetime:
    """yyyyMMdd; with dashes it is refused (sms-error-codes.md, 2026-08-21)."""
    try:
        if len(text) != 8 or not text.isascii() or not text.isdigit():
            raise ValueError(text)
        return datetime.strptime(text, DAY).replace(tzinfo=BEIJING)
    except ValueError as error:
        raise refusal("isv.INVALID_PARAMETERS", name="SendDate") from error
