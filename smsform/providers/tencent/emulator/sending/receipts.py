"""Receipts at the emulated service: the queue, one number's, and its records.

A receipt in the queue comes once. Neither list shows a message without a carrier's
receipt; the records show it as under way.
"""

from __future__ import annotations

from smsform.emulation import numbers, outbox
from smsform.emulation.messages import Answer
from smsform.emulation.numbers import Number
from smsform.emulation.outbox import OutboxMessage
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.sending import judge
from smsform.providers.tencent.emulator.texts import refusal

WEEK = 7 * 86_400  # seconds PullSms…ByPhoneNumber reaches back, models.py of 3.1.153
RECORDS = 72 * 3600  # the same of DescribeSendRecordList, document 382/137245
MOST_RECORDS, FURTHEST = 50, 1000  # its Limit and Offset

# SendStatus of a record.
SUBMIT_FAILED, DELIVERED, UNDER_WAY, NOT_DELIVERED = 1, 2, 3, 4


def pull(account: Account, params: Parameters) -> Answer:
    """PullSmsSendStatus: the receipts not pulled yet, oldest first."""
    limit = check_queue(account, params)
    application = params["SmsSdkAppId"]
    store, place, now = account.store, account.place, account.now
    found = outbox.pull(store, place, application, now, limit)
    return Answer({wire.PAYLOAD[wire.PULL]: [_receipt(each) for each in found]})


def check_queue(account: Account, params: Parameters) -> int:
    """How many may be pulled; refuses an account without the queue, opened by
    support."""
    judge.check_application(account, params["SmsSdkAppId"])
    if not account.settings["pull"]:  # [I] the code
        raise refusal("UnauthorizedOperation.RequestPermissionDeny")
    limit: int = params["Limit"]
    if not 1 <= limit <= wire.PAGE:
        raise refusal("InvalidParameterValue.LimitVerifyFail")
    return limit


def pull_by_number(account: Account, params: Parameters) -> Answer:
    """PullSmsSendStatusByPhoneNumber: one number's receipts, newest first [I]."""
    number, since, until = check_number(account, params)
    found = outbox.select(
        account.store,
        "number = ? AND provider = ? AND account = ? AND application = ?"
        " AND refusal = '' AND due <= ? AND sent >= ? AND sent <= ?"
        " ORDER BY sent DESC, id DESC LIMIT ? OFFSET ?",
        (
            number.text,
            account.place.provider,
            account.place.account,
            params["SmsSdkAppId"],
            account.now,
            since,
            until,
            params["Limit"],
            params["Offset"],
        ),
    )
    return Answer({wire.PAYLOAD[wire.PULL]: [_receipt(each) for each in found]})


def check_number(account: Account, params: Parameters) -> tuple[Number, int, float]:
    """The number and the time asked for, at most a week back."""
    limit = check_queue(account, params)
    assert limit
    if params["Offset"] < 0:
        raise refusal("InvalidParameterValue.OffsetVerifyFail")
    since: int = params["BeginTime"]
    until = params.get("EndTime", account.now)
    if not int(account.now) - WEEK <= since <= account.now:
        raise refusal("InvalidParameterValue.BeginTimeVerifyFail")
    if until < since:
        raise refusal("InvalidParameterValue.EndTimeVerifyFail")
    return _number(params), since, until


def _number(params: Parameters) -> Number:
    number = numbers.read(params["PhoneNumber"])
    if number is None:
        raise refusal("InvalidParameterValue.IncorrectPhoneNumber")
    return number


def _receipt(message: OutboxMessage) -> Item:
    number = numbers.read(message.number)
    assert number
    assert message.due is not None
    return {
        "UserReceiveTime": int(message.due),
        "CountryCode": number.country,
        "SubscriberNumber": number.subscriber,
        "PhoneNumber": message.number,
        "SerialNo": message.serial,
        "ReportStatus": "SUCCESS" if message.delivered else "FAIL",
        "Description": message.receipt,
        "SessionContext": message.context,
    }


def records(account: Account, params: Parameters) -> Answer:
    """DescribeSendRecordList: one number's last messages, newest first."""
    judge.check_application(account, params["SmsSdkAppId"])
    limit, offset = params.get("Limit", 20), params.get("Offset", 0)
    if not 1 <= limit <= MOST_RECORDS:
        raise refusal("InvalidParameterValue.LimitVerifyFail")
    if not 0 <= offset <= FURTHEST:
        raise refusal("InvalidParameterValue.OffsetVerifyFail")
    since, until = params["BeginTime"], params.get("EndTime", account.now)
    if not int(account.now) - RECORDS <= since <= account.now:
        raise refusal("InvalidParameterValue.BeginTimeVerifyFail")
    if not since <= until <= account.now + 1:
        raise refusal("InvalidParameterValue.EndTimeVerifyFail")
    found = outbox.select(
        account.store,
        "number = ? AND provider = ? AND account = ? AND application = ?"
        " AND sent >= ? AND sent <= ? ORDER BY sent DESC, id DESC LIMIT ?",
        (
            _number(params).text,
            account.place.provider,
            account.place.account,
            params["SmsSdkAppId"],
            since,
            until,
            FURTHEST,
        ),
    )
    page = found[offset : offset + limit]
    shown = [_record(each, account.now) for each in page]
    total = {"TotalCount": len(found)}
    return Answer({**total, wire.PAYLOAD[wire.DESCRIBE_RECORDS]: shown})


def _record(message: OutboxMessage, now: float) -> Item:
    told = not message.refusal and message.arrived(now)
    status = UNDER_WAY
    if message.refusal:
        status = SUBMIT_FAILED
    elif told:
        status = DELIVERED if message.delivered else NOT_DELIVERED
    return {
        "PhoneNumber": message.number,
        "SerialNo": message.serial,
        "SendStatus": status,
        "RequestCode": message.refusal or wire.SENT,
        "StatusCode": message.receipt if told else "",
        "IsoCode": message.place,
        "Content": message.masked,
        "SendTime": int(message.sent),
        "UserReceiveTime": int(message.due or 0) if status == DELIVERED else 0,
    }
