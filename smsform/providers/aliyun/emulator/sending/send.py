"""SendSms: one text to up to 1,000 numbers, accepted or refused as one."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import randbelow

from smsform.emulation import numbers, outbox, package, pushes
from smsform.emulation.delivery import DeliverySetting
from smsform.emulation.filled import FilledTemplate
from smsform.emulation.messages import Answer
from smsform.emulation.numbers import Number
from smsform.emulation.outbox import OutboxMessage
from smsform.providers.aliyun.emulator.account import Account
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.sending import judge
from smsform.providers.aliyun.emulator.sending_settings import DELIVERED, ENDINGS
from smsform.providers.aliyun.emulator.texts import refusal

MOST_NUMBERS = 1000  # docstrings of SDK 4.6.0


def send(account: Account, params: Parameters) -> Answer:
    """SendSms: all numbers share a BizId."""
    recipients = _recipients(params["PhoneNumbers"])
    extend = params.get("SmsUpExtendCode", "")
    filled = judge.fill(
        account,
        params["SignName"],
        params["TemplateCode"],
        params.get("TemplateParam"),
        extend,
    )
    biz_id = new_id()
    messages = [
        message(account, filled, number, biz_id, params.get("OutId", ""), extend)
        for number in recipients
    ]
    accept(account, [(filled, each) for each in messages])
    return Answer({"BizId": biz_id})


def _recipients(text: str) -> list[Number]:
    """The numbers, each once; refuses text that is no number, and too many."""
    given = text.split(",")
    if len(given) > MOST_NUMBERS:
        raise refusal("isv.MOBILE_COUNT_OVER_LIMIT")
    return list(dict.fromkeys(recipient(each) for each in given))


def recipient(text: str) -> Number:
    """*text* read as a phone number; refused where it is none."""
    number = numbers.read(text.strip(), bare_abroad=True)
    if number is None:
        raise refusal("isv.MOBILE_NUMBER_ILLEGAL")
    return number


def new_id() -> str:
    """A BizId: eighteen digits, and which part of the call it is."""
    return f"{randbelow(9 * 10**17) + 10**17}^0"


def message(
    account: Account,
    filled: FilledTemplate,
    number: Number,
    biz_id: str,
    out_id: str,
    extend: str,
) -> OutboxMessage:
    """The message to one number, not stored yet."""
    judge.check_market(filled, number)
    delivery = account.settings["delivery"]
    assert isinstance(delivery, DeliverySetting)
    after, code = delivery.receipt(number.text, DELIVERED, ENDINGS)
    return OutboxMessage(
        provider=account.place.provider,
        account=account.place.account,
        application="",
        serial=biz_id,
        number=number.text,
        place=number.place,
        international=int(filled.international),
        type=filled.type,
        signature=filled.signature,
        template=f"SMS_{filled.template.id}",
        name=filled.template.name,
        text=filled.text,
        masked=filled.masked,
        segments=filled.parts,
        context=out_id,
        extend=extend,
        sent=account.now,
        due=None if after is None else account.now + after,
        receipt=code,
        delivered=int(code == DELIVERED),
    )


def accept(
    account: Account, sent: Sequence[tuple[FilledTemplate, OutboxMessage]]
) -> None:
    """Store all messages; refused, and none stored, when one of them is refused."""
    parts = sum(filled.parts for filled, _ in sent)
    judge.check_funds(account, parts)
    for filled, each in sent:
        judge.check_recipient(account, filled, each)
    listening = account.settings["push_receipts"] is not None
    for _, each in sent:
        id = outbox.keep(account.store, each)
        if listening and each.due is not None:
            provider = account.place.provider
            pushes.queue_item(account.store, provider, pushes.RECEIPT, id, each.due)
    package.take(account.store, account.place, parts)
