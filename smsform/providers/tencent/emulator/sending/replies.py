"""Replies from phones: the queue, and one number's."""

from __future__ import annotations

from smsform.emulation import numbers, uplink
from smsform.emulation.messages import Answer
from smsform.emulation.uplink import Uplink
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.sending.receipts import (
    check_number,
    check_queue,
)


def pull(account: Account, params: Parameters) -> Answer:
    """PullSmsReplyStatus: the replies not pulled yet, oldest first."""
    limit = check_queue(account, params)
    application = params["SmsSdkAppId"]
    store, place, now = account.store, account.place, account.now
    found = uplink.pull(store, place, application, now, limit)
    return Answer({wire.PAYLOAD[wire.PULL_REPLIES]: [_item(each) for each in found]})


def pull_by_number(account: Account, params: Parameters) -> Answer:
    """PullSmsReplyStatusByPhoneNumber: one number's replies, newest first [I]."""
    number, since, until = check_number(account, params)
    found = uplink.select(
        account.store,
        "number = ? AND provider = ? AND account = ? AND application = ?"
        " AND at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",
        number.text,
        account.place.provider,
        account.place.account,
        params["SmsSdkAppId"],
        since,
        min(until, account.now),
        params["Limit"],
        params["Offset"],
    )
    return Answer({wire.PAYLOAD[wire.PULL_REPLIES]: [_item(each) for each in found]})


def _item(reply: Uplink) -> Item:
    number = numbers.read(reply.number)
    assert number
    return {
        "ExtendCode": reply.extend,
        "CountryCode": number.country,
        "PhoneNumber": reply.number,
        "SignName": reply.signature,
        "ReplyContent": reply.text,
        "ReplyTime": int(reply.at),
        "SubscriberNumber": number.subscriber,
    }
