"""SendSms and SendMultiGlobalSms: up to 200 numbers, each with an answer of its own."""

from __future__ import annotations

from secrets import randbelow
from uuid import uuid4

from smsform.emulation import numbers
from smsform.emulation.messages import Answer, Refusal
from smsform.emulation.numbers import Number
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.sending import judge
from smsform.providers.tencent.emulator.sending.submit import (
    SendRequest,
    check_context,
    item,
    submit,
    write,
)
from smsform.providers.tencent.emulator.texts import refusal

SERIES = 2640  # what serial numbers of SendSms begin with [I]
MOST_NUMBERS = 200  # models.py of SDK 3.1.153

# Refused for the text, whatever the number: such an answer has no IsoCode.
_OF_THE_TEXT = (
    "FailedOperation.SignatureIncorrectOrUnapproved",
    "FailedOperation.TemplateIncorrectOrUnapproved",
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
    "FailedOperation.TemplateUnapprovedOrNotExist",
    "FailedOperation.ContainSensitiveWord",
    "FailedOperation.InsufficientBalanceInSmsPackage",
    "FailedOperation.MarketingSendTimeConstraint",
    "InvalidParameterValue.",
    "UnauthorizedOperation.",
)


def send(account: Account, params: Parameters) -> Answer:
    """SendSms: only a malformed call is refused as a whole [I]."""
    judge.check_application(account, params["SmsSdkAppId"])
    given: list[str] = params["PhoneNumberSet"]
    if not given:
        raise refusal("MissingParameter.EmptyPhoneNumberSet")
    if len(given) > MOST_NUMBERS:
        raise refusal("LimitExceeded.PhoneNumberCountLimit")
    check_context(params.get("SessionContext", ""))
    read = {text: numbers.read(text) for text in given}
    markets = {number.international for number in read.values() if number}
    if len(markets) > 1:
        code = "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber"
        raise refusal(code)
    asked = SendRequest(
        application=params["SmsSdkAppId"],
        template=params["TemplateId"],
        signature=params.get("SignName", ""),
        values=params.get("TemplateParamSet", []),
        context=params.get("SessionContext", ""),
        extend=params.get("ExtendCode", ""),
    )
    filled = write(account, asked, abroad=markets == {True})
    items: dict[str, Item] = {}  # equal numbers get the text once
    answers = []
    for text in given:
        number = read[text]
        key = number.text if number else text
        if key not in items:
            serial = f"{SERIES}:{randbelow(10**28):028d}"
            message, words = submit(account, asked, filled, text, number, serial)
            of_the_text = message.refusal.startswith(_OF_THE_TEXT)
            items[key] = item(message, words, "" if of_the_text else message.place)
        answers.append(items[key])
    return Answer({wire.PAYLOAD[wire.SEND]: answers})


def send_abroad(account: Account, params: Parameters) -> Answer:
    """SendMultiGlobalSms: a text of its own for each number, none on the mainland.

    Refused ones keep their serial number and place; values that do not fit a template
    have another code than in SendSms (examples of tccli 3.1.189.1).
    """
    judge.check_application(account, params["SmsSdkAppId"])
    given: list[Parameters] = params["MultiSmsInfoSet"]
    if not given:
        raise refusal("InvalidParameterValue.MultiSmsInfoSetEmpty")
    if len(given) > MOST_NUMBERS:
        raise refusal("LimitExceeded.PhoneNumberCountLimit")
    read = [numbers.read(each["PhoneNumber"]) for each in given]
    if any(number and not number.international for number in read):
        raise refusal("UnsupportedOperation.ContainDomesticPhoneNumber")
    for each in given:
        check_context(each.get("SessionContext", ""))
    return Answer(
        {
            wire.PAYLOAD[wire.SEND_ABROAD]: [
                _abroad(account, params["SmsSdkAppId"], each, number)
                for each, number in zip(given, read, strict=True)
            ]
        }
    )


def _abroad(
    account: Account, application: str, each: Parameters, number: Number | None
) -> Item:
    asked = SendRequest(
        application=application,
        template=each["TemplateId"],
        signature=each.get("SignName", ""),
        values=each.get("TemplateParamSet", []),
        context=each.get("SessionContext", ""),
        lasting=True,
    )
    filled = write(account, asked, abroad=True)
    mismatch = "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
    if isinstance(filled, Refusal) and filled.code == mismatch:
        filled = refusal("FailedOperation.TemplateIncorrectOrUnapproved")
    serial = str(uuid4())
    text = each["PhoneNumber"]
    message, words = submit(account, asked, filled, text, number, serial)
    return item(message, words, message.place)
