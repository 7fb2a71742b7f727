"""SendSms: one text to up to 200 numbers, each with an answer of its own."""

from __future__ import annotations

from secrets import randbelow

from smsform.emulation import numbers, outbox, package
from smsform.emulation.delivery import Delivery
from smsform.emulation.numbers import Number
from smsform.emulation.outbox import Message
from smsform.emulation.service import Answer, Refusal
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.sending import judge
from smsform.providers.tencent.emulator.sending.judge import Letter
from smsform.providers.tencent.emulator.sending_settings import DELIVERED, ENDINGS
from smsform.providers.tencent.emulator.texts import refusal

SERIES = 2640  # what serial numbers of domestic sending begin with [I]
MOST_NUMBERS = 200  # models.py of SDK 3.1.153
LONGEST_CONTEXT = 512  # bytes, tccli 3.1.189.1; its refusal is [I]


def send(account: Account, params: Parameters) -> Answer:
    """SendSms: each number has its answer; only a bad call is refused as one [I]."""
    judge.check_application(account, params["SmsSdkAppId"])
    given: list[str] = params["PhoneNumberSet"]
    if not given:
        raise refusal("MissingParameter.EmptyPhoneNumberSet")
    if len(given) > MOST_NUMBERS:
        raise refusal("LimitExceeded.PhoneNumberCountLimit")
    if len(params.get("SessionContext", "").encode()) >= LONGEST_CONTEXT:
        raise refusal("InvalidParameter", name="SessionContext")
    read = {text: numbers.read(text) for text in given}
    markets = {number.international for number in read.values() if number}
    if len(markets) > 1:
        code = "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber"
        raise refusal(code)
    letter: Letter | Refusal
    try:
        letter = judge.letter(
            account, params["TemplateId"], params.get("SignName", ""),
            params.get("TemplateParamSet", []), abroad=markets == {True},
        )  # fmt: skip
    except Refusal as refused:
        letter = refused
    items: dict[str, Item] = {}  # equal numbers get the text once
    answers = []
    for text in given:
        number = read[text]
        key = number.text if number else text
        if key not in items:
            items[key] = _item(account, params, letter, text, number)
        answers.append(items[key])
    return Answer({wire.PAYLOAD[wire.SEND]: answers})


def _item(
    account: Account, params: Parameters, letter: Letter | Refusal, text: str,
    number: Number | None,
) -> Item:  # fmt: skip
    serial = f"{SERIES}:{randbelow(10**28):028d}"
    message = _message(account, params, letter, text, number, serial)
    place = ""
    try:
        if isinstance(letter, Refusal):
            raise letter
        judge.check_package(account, letter)
        if number is None:
            raise refusal("InvalidParameterValue.IncorrectPhoneNumber")
        place = number.place
        judge.check_market(letter, number)
        judge.check_recipient(account, message)
    except Refusal as refused:
        outbox.keep(account.store, message._replace(refusal=refused.code, serial=""))
        return _answer(message, "", 0, refused.code, refused.message, place)
    delivery = account.settings["delivery"]
    assert isinstance(delivery, Delivery)
    after, code = delivery.receipt(message.number, DELIVERED, ENDINGS)
    outbox.keep(
        account.store,
        message._replace(
            due=None if after is None else account.now + after,
            receipt=code,
            delivered=int(code == DELIVERED),
        ),
    )
    if not letter.international:
        package.take(account.store, account.place, letter.parts)
    return _answer(message, serial, letter.parts, wire.SENT, "send success", place)


def _message(
    account: Account, params: Parameters, letter: Letter | Refusal, text: str,
    number: Number | None, serial: str,
) -> Message:  # fmt: skip
    filled = letter if isinstance(letter, Letter) else None
    return Message(
        provider=account.place.provider,
        account=account.place.account,
        application=params["SmsSdkAppId"],
        serial=serial,
        number=number.text if number else text,
        place=number.place if number else numbers.UNKNOWN,
        international=int(number.international if number else False),
        type=filled.type if filled else "",
        signature=params.get("SignName", ""),
        template=params["TemplateId"],
        name=filled.template.name if filled else "",
        text=filled.text if filled else "",
        segments=filled.parts if filled else 0,
        context=params.get("SessionContext", ""),
        extend=params.get("ExtendCode", ""),
        sent=account.now,
    )


def _answer(
    message: Message, serial: str, fee: int, code: str, words: str, place: str
) -> Item:
    return {
        "SerialNo": serial,
        "PhoneNumber": message.number,
        "Fee": fee,
        "SessionContext": message.context,
        "Code": code,
        "Message": words,
        "IsoCode": place,
    }
