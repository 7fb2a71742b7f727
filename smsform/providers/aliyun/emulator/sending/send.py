"""SendSms: one text to up to 1,000 numbers, accepted or refused as one."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import randbelow

from smsform.emulation import numbers, outbox, package, pushes
from smsform.emulation.delivery import DeliverySetting
from smsform.emulation.numbers import Number
from smsform.emulation.outbox import Message
from smsform.emulation.service import Answer
from smsform.providers.aliyun.emulator.account import Account
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.sending import judge
from smsform.providers.aliyun.emulator.sending.judge import Letter
from smsform.providers.aliyun.emulator.sending_settings import DELIVERED, ENDINGS
from smsform.providers.aliyun.emulator.texts import refusal

MOST_NUMBERS = 1000  # docstrings of SDK 4.6.0


def send(account: Account, params: Parameters) -> Answer:
    """SendSms: all numbers share a BizId."""
    recipients = _recipients(params["PhoneNumbers"])
    extend = params.get("SmsUpExtendCode", "")
    letter = judge.letter(
        account,
        params["SignName"],
        params["TemplateCode"],
        params.get("TemplateParam"),
        extend,
    )
    biz_id = new_id()
    messages = [
        message(account, letter, number, biz_id, params.get("OutId", ""), extend)
        for number in recipients
    ]
    accept(account, [(letter, each) for each in messages])
    return Answer({"BizId": biz_id})


def _recipients(text: str) -> list[Number]:
    """The numbers, equal ones once; refuses what is none, and too many."""
    given = text.split(",")
    if len(given) > MOST_NUMBERS:
        raise refusal("isv.MOBILE_COUNT_OVER_LIMIT")
    return list(dict.fromkeys(recipient(each) for each in given))


def recipient(text: str) -> Number:
    """The number that *text* is; refuses what is none."""
    number = numbers.read(text.strip(), bare_abroad=True)
    if number is None:
        raise refusal("isv.MOBILE_NUMBER_ILLEGAL")
    return number


def new_id() -> str:
    """A BizId: eighteen digits, and which part of the call it is."""
    return f"{randbelow(9 * 10**17) + 10**17}^0"


def message(
    account: Account,
    letter: Letter,
    number: Number,
    biz_id: str,
    out_id: str,
    extend: str,
) -> Message:
    """The message to one number, not kept yet."""
    judge.check_market(letter, number)
    delivery = account.settings["delivery"]
    assert isinstance(delivery, DeliverySetting)
    after, code = delivery.receipt(number.text, DELIVERED, ENDINGS)
    return Message(
        provider=account.place.provider,
        account=account.place.account,
        application="",
        serial=biz_id,
        number=number.text,
        place=number.place,
        international=int(letter.international),
        type=letter.type,
        signature=letter.signature,
        template=f"SMS_{letter.template.id}",
        name=letter.template.name,
        text=letter.text,
        masked=letter.masked,
        segments=letter.parts,
        context=out_id,
        extend=extend,
        sent=account.now,
        due=None if after is None else account.now + after,
        receipt=code,
        delivered=int(code == DELIVERED),
    )


def accept(account: Account, sent: Sequence[tuple[Letter, Message]]) -> None:
    """Keep them all; refused, when one of them is, and then none is kept."""
    parts = sum(letter.parts for letter, _ in sent)
    judge.check_funds(account, parts)
    for letter, each in sent:
        judge.check_recipient(account, letter, each)
    listening = account.settings["push_receipts"] is not None
    for _, each in sent:
        id = outbox.keep(account.store, each)
        if listening and each.due is not None:
            provider = account.place.provider
            pushes.queue_item(account.store, provider, pushes.RECEIPT, id, each.due)
    package.take(account.store, account.place, parts)
