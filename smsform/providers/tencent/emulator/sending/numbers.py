"""Actions beside sending: numbers taken apart, and conversions reported."""

from __future__ import annotations

from smsform.emulation import numbers, outbox
from smsform.emulation.messages import Answer
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.country_names import NAMES
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.sending import judge
from smsform.providers.tencent.emulator.sending.send import MOST_NUMBERS
from smsform.providers.tencent.emulator.texts import refusal

UNPARSED = "FailedOperation.PhoneNumberParseFail"


def describe_numbers(account: Account, params: Parameters) -> Answer:
    """DescribePhoneNumberInfo: one that cannot be parsed is returned unchanged."""
    given: list[str] = params["PhoneNumberSet"]
    if not given:
        raise refusal("MissingParameter.EmptyPhoneNumberSet")
    if len(given) > MOST_NUMBERS:
        raise refusal("LimitExceeded.PhoneNumberCountLimit")
    return Answer({wire.PAYLOAD[wire.DESCRIBE_NUMBERS]: [_number(n) for n in given]})


def _number(text: str) -> Item:
    number = numbers.read(text)
    if number is None:
        return {
            "Code": UNPARSED,
            "Message": refusal(UNPARSED).message,
            "NationCode": "",
            "SubscriberNumber": "",
            "PhoneNumber": text,
            "IsoCode": numbers.UNKNOWN,
            "IsoName": "",
        }
    return {
        "Code": wire.SENT,
        "Message": "Describe success",
        "NationCode": number.country,
        "SubscriberNumber": number.subscriber,
        "PhoneNumber": number.text,
        "IsoCode": number.place,
        "IsoName": NAMES.get(number.place, number.place),
    }


def report_conversion(account: Account, params: Parameters) -> Answer:
    """ReportConversion: reports that a code was typed in; it has no effect here.

    How an unknown serial number is answered is [I].
    """
    judge.check_application(account, params["SmsSdkAppId"])
    known = outbox.select(
        account.store,
        "provider = ? AND account = ? AND application = ? AND serial = ? LIMIT 1",
        (
            account.place.provider,
            account.place.account,
            params["SmsSdkAppId"],
            params["SerialNo"],
        ),
    )
    status = {"Code": "OK", "Message": "success"}
    if not known or not params["SerialNo"]:
        code = "FailedOperation.OtherError"
        status = {"Code": code, "Message": "serial number not found"}
    return Answer({wire.PAYLOAD[wire.REPORT_CONVERSION]: status})
