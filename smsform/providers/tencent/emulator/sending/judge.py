"""What a message is refused for: what holds for the call, the text, then each number.

The order of the checks is stated nowhere. That IsoCode is empty in some refusals and
set in others says that the text is looked at before the number [I]: application ->
signature, template, values, package -> number, market, black list, frequency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from smsform import segments
from smsform.emulation import contents, frequency, outbox, package
from smsform.emulation.filled import FilledTemplate
from smsform.emulation.frequency import Window
from smsform.emulation.numbers import MAINLAND, Number
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.store import Entry
from smsform.hours import BEIJING
from smsform.model import Kind, Review
from smsform.pattern import pattern
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account
from smsform.providers.tencent.emulator.contents import LONGEST
from smsform.providers.tencent.emulator.settings import DIRTY_WORDS
from smsform.providers.tencent.emulator.templates import TYPES
from smsform.providers.tencent.emulator.texts import refusal

NIGHT = (22, 8)  # no marketing from .. to, Beijing: FAQ 382/13303, 2025-11-03

_VARIABLE = pattern(r"\{(\d+)\}")
_CODE = pattern(r"\d{0,6}", re.ASCII)
_APPLICATION = pattern(r"\d{10}", re.ASCII)


def check_application(account: Account, id: str) -> None:
    """Refuse an application that is not of this account, or is disabled."""
    known = account.settings["applications"]
    if known is None:
        state = "mine" if _APPLICATION.fullmatch(id) else ""
    else:
        assert isinstance(known, Mapping)
        state = known.get(id, "")
    if not state:
        raise refusal("InvalidParameterValue.SdkAppIdNotExist")
    if state == "others":
        raise refusal("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
    if state == "disabled":
        raise refusal("UnauthorizedOperation.SdkAppIdIsDisabled")


def fill(
    account: Account, id: str, signature: str, values: Sequence[str], *, abroad: bool
) -> FilledTemplate:
    """The text as it would arrive; refuses what its approval does not cover.

    *abroad*: the numbers are, so the brackets are those of that market. The signature
    must serve the market of the template.
    """
    found = _find(account, id)
    market = int(abroad)
    if found is not None and found.international is not None:
        market = found.international
    _check_signature(account, signature, market)
    if found is None or found.review != Review.APPROVED:
        raise refusal(str(account.settings["template_code"]))
    template = found
    type = TYPES.get(int(str(template.fields.get("SmsType", 0))), TYPES[2])
    _check_values(account, template, type, values)
    given = dict(zip(_variables(template.text), values, strict=True))
    filled = _VARIABLE.sub(lambda match: given[match[1]], template.text)
    masked = _VARIABLE.sub(lambda match: outbox.mask(given[match[1]]), template.text)
    head = segments.prefix(signature, abroad) if signature else ""
    text = f"{head}{filled}"
    if len(text) > LONGEST:
        raise refusal("InvalidParameterValue.ContentLengthLimit")
    _check_hour(account, type, abroad)
    parts = segments.count(text, abroad).segments
    return FilledTemplate(
        template, signature, type, text, f"{head}{masked}", abroad, parts
    )


def _check_signature(account: Account, name: str, market: int) -> None:
    """Refuse a signature not approved for the market; abroad it may be left out."""
    if not name and market == wire.INTERNATIONAL:
        return
    approved = (
        entry.review == Review.APPROVED
        for entry in account.named(Kind.SIGNATURE, name, market)
    )
    if not any(approved):
        raise refusal("FailedOperation.SignatureIncorrectOrUnapproved")


def _find(account: Account, id: str) -> Entry | None:
    if not (id.isdecimal() and id.isascii() and len(id) < 19):
        return None
    found = account.store.find(account.place, Kind.TEMPLATE, int(id))
    return account.settled([found])[0] if found else None


def _variables(text: str) -> list[str]:
    """The variables' numbers, as written, in the order of their values."""
    return sorted(set(_VARIABLE.findall(text)), key=int)


def _check_values(
    account: Account, template: Entry, type: str, values: Sequence[str]
) -> None:
    if len(values) != len(_variables(template.text)):
        raise refusal("FailedOperation.TemplateParamSetNotMatchApprovedTemplate")
    longest = account.settings["value_length"]
    assert isinstance(longest, int)
    for value in values:
        if type == TYPES[wire.VERIFICATION]:
            if not _CODE.fullmatch(value):
                raise refusal("InvalidParameterValue.TemplateParameterFormatError")
            continue
        if contents.has_link(value):
            code = "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
            raise refusal(code)
        if longest and len(value) > longest:
            raise refusal("InvalidParameterValue.TemplateParameterLengthLimit")
        if any(word in value for word in DIRTY_WORDS):
            raise refusal("FailedOperation.ContainSensitiveWord")


def _check_hour(account: Account, type: str, abroad: bool) -> None:
    """Refuse marketing at night, and from accounts verified as a person."""
    if type != TYPES[wire.MARKETING]:
        return
    if account.settings["individual"]:
        code = "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny"
        raise refusal(code)
    hour = datetime.fromtimestamp(account.now, BEIJING).hour
    if not abroad and not NIGHT[1] <= hour < NIGHT[0]:
        raise refusal("FailedOperation.MarketingSendTimeConstraint")


def check_package(account: Account, filled: FilledTemplate) -> None:
    """Refuse a domestic message when the package is used up."""
    size = account.settings["package"]
    assert isinstance(size, int)
    left = size - package.used(account.store, account.place)
    if not filled.international and filled.parts > left:
        raise refusal("FailedOperation.InsufficientBalanceInSmsPackage")


def check_market(filled: FilledTemplate, number: Number) -> None:
    """Refuse a template for a number that its market does not serve."""
    if filled.template.international is None:
        return
    if number.international and not filled.template.international:
        raise refusal("UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone")
    if filled.template.international and not number.international:
        raise refusal("UnsupportedOperation.GlobalTemplateToChineseMainlandPhone")


def check_recipient(account: Account, message: OutboxMessage) -> None:
    """Refuse a number that is not served, has opted out, or had too many messages."""
    settings, place = account.settings, message.place
    unserved, countries = settings["unserved"], settings["countries"]
    assert isinstance(unserved, tuple)
    if place in unserved:
        raise refusal("UnsupportedOperation.UnsupportedRegion")
    if isinstance(countries, tuple) and place not in countries:
        raise refusal("LimitExceeded.AppCountryOrRegionInBlacklist")
    if outbox.opted_out(
        account.store, account.place, message.number, message.signature, message.type
    ):
        raise refusal("FailedOperation.PhoneNumberInBlacklist")
    window = frequency.full(account.store, windows(account, message), message)
    if window:
        raise refusal(window.name)


def windows(account: Account, message: OutboxMessage) -> Iterator[Window]:
    """The limits that hold for *message*, each named by the code of its refusal."""
    for window in _limits(account, message):
        exempt = account.settings["exempt"]
        assert isinstance(exempt, tuple)
        if message.number not in exempt or "number" not in window.alike:
            yield window


def _limits(account: Account, message: OutboxMessage) -> Iterator[Window]:
    number, equal = ("number",), ("number", "text")
    whole, place = ("application",), ("application", "place")
    market = ("application", "international")

    def most(setting: str) -> int | None:
        value = account.settings[setting]
        assert value is None or isinstance(value, int)
        return value

    prefix = "LimitExceeded."
    yield Window(
        f"{prefix}PhoneNumberThirtySecondLimit", most("per_30_seconds"), 30.0, equal
    )
    yield Window(f"{prefix}DeliveryFrequencyLimit", most("per_minute"), 60.0, number)
    yield Window(f"{prefix}PhoneNumberOneHourLimit", most("per_hour"), 3600.0, number)
    yield Window(
        f"{prefix}PhoneNumberSameContentDailyLimit",
        most("same_content_per_day"),
        None,
        equal,
    )
    yield Window(f"{prefix}PhoneNumberDailyLimit", most("per_day"), None, number)
    yield Window(f"{prefix}AppDailyLimit", most("application_per_day"), None, whole)
    if message.place == MAINLAND:
        yield Window(
            f"{prefix}AppMainlandChinaDailyLimit",
            most("mainland_per_day"),
            None,
            market,
        )
        return
    yield Window(f"{prefix}AppGlobalDailyLimit", most("abroad_per_day"), None, market)
    yield Window(
        f"{prefix}GlobalSmsSendingRateLimit",
        most("abroad_per_second"),
        1.0,
        ("international",),
    )
    yield Window(
        f"{prefix}DailyLimit",
        most("parts_abroad_per_day"),
        None,
        ("international",),
        of="segments",
    )
    by_country = account.settings["country_per_day"]
    if isinstance(by_country, Mapping) and message.place in by_country:
        code = f"{prefix}AppCountryOrRegionDailyLimit"
        yield Window(code, by_country[message.place], None, place)
