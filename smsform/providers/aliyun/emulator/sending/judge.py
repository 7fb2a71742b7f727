"""What a message is refused for: signature, template, values, funds, then each number.

The order of the checks is not stated [I]. A refusal holds for the whole call: the reply
has no list per number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smsform import segments
from smsform.emulation import frequency, outbox, package
from smsform.emulation.filled import FilledTemplate
from smsform.emulation.frequency import DAY, Window
from smsform.emulation.messages import Refusal
from smsform.emulation.numbers import Number
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import contents
from smsform.providers.aliyun.emulator.account import Account, template_id
from smsform.providers.aliyun.emulator.sending import values
from smsform.providers.aliyun.emulator.texts import refusal

TYPES = {
    wire.VERIFICATION: "verification",
    wire.NOTIFICATION: "notification",
    wire.MARKETING: "marketing",
    wire.INTERNATIONAL: "international",
}

# What a frequency limit says beside its code; seen but for the last [I].
FREQUENCY = {
    "codes_per_minute": "触发分钟级流控Permits:{most}",
    "codes_per_hour": "触发小时级流控Permits:{most}",
    "codes_per_day": "触发天级流控Permits:{most}",
    "codes_per_day_in_all": "触发号码天级流控Permits:{most}",
    "messages_per_day": "触发天级流控Permits:{most}",
}


def fill(
    account: Account, signature: str, code: str, params: str | None, extend: str
) -> FilledTemplate:
    """The text as it would arrive; refuses what its approval does not cover."""
    sign = _signature(account, signature)
    template = _template(account, code)
    number = int(str(template.fields.get("TemplateType", wire.NOTIFICATION)))
    type = TYPES.get(number, TYPES[wire.NOTIFICATION])
    _check_scene(sign, type)
    _check_test(account, signature, template)
    given = values.read(account, template, params)
    if _is_test(template):
        if not all(values.TEST_CODE.fullmatch(value) for value in given.values()):
            raise refusal("isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL")
    else:
        values.check(account, template, given)
    _check_extend(account, signature, extend)
    abroad = bool(template.international)
    filled = contents.VARIABLE.sub(lambda m: given[m[1].strip()], template.text)
    masked = contents.VARIABLE.sub(
        lambda m: outbox.mask(given[m[1].strip()]), template.text
    )
    head = segments.prefix(signature, abroad)
    text = f"{head}{filled}"
    parts = segments.count(text, abroad).segments
    return FilledTemplate(
        template, signature, type, text, f"{head}{masked}", abroad, parts
    )


# Settings that name signatures, and how each of these is refused.
_UNWANTED = {
    "blocked_signatures": "SIGNATURE_BLACKLIST",
    "forbidden_signatures": "isv.SMS_SIGN_ILLEGAL",
}


def _signature(account: Account, name: str) -> Entry:
    unusable = str(account.settings["signature_code"])
    sign = account.sign(name, unusable)
    for setting, code in _UNWANTED.items():
        names = account.settings[setting]
        assert isinstance(names, tuple)
        if name in names:
            raise refusal(code)
    if sign.review == Review.CANCELLED:  # [I]
        raise refusal("isv.SIGN_STATE_ILLEGAL")
    if sign.review == Review.APPROVED_INACTIVE:  # not filed with the carriers yet [I]
        raise refusal("PORT_NOT_REGISTERED")
    if sign.review != Review.APPROVED:
        raise refusal(unusable)
    return sign


def _template(account: Account, code: str) -> Entry:
    id = template_id(code)
    found = account.store.find(account.place, Kind.TEMPLATE, id) if id else None
    if found is None or account.settled([found])[0].review != Review.APPROVED:
        words = "模板不合法(不存在或被拉黑)"  # seen
        raise Refusal("isv.SMS_TEMPLATE_ILLEGAL", words)
    return found


def _check_scene(sign: Entry, type: str) -> None:
    """Refuse a signature for verification codes with any other text."""
    material = sign.fields.get("material")
    kept = material if isinstance(material, dict) else {}
    only = kept.get("SignType", wire.SIGN_GENERAL) == wire.SIGN_VERIFICATION
    if only and type != TYPES[wire.VERIFICATION]:
        raise refusal("isv.SMS_SIGNATURE_SCENE_ILLEGAL")


def _is_test(template: Entry) -> bool:
    return template.fields.get("TemplateTag") == wire.TEST


def _check_test(account: Account, signature: str, template: Entry) -> None:
    """Refuse a test signature without a test template, and the reverse."""
    if _is_test(template) != (signature == account.settings["test_signature"]):
        raise refusal("isv.SMS_TEST_SIGN_TEMPLATE_LIMIT")


def _check_extend(account: Account, signature: str, code: str) -> None:
    """Refuse an extension code unless it is digits of an allowed length, of one
    signature."""
    if not code:
        return
    if not re.fullmatch(r"[0-9]+", code):
        raise refusal("isv.EXTEND_CODE_ERROR")
    lengths = account.settings["extend_digits"]
    assert isinstance(lengths, tuple)
    if str(len(code)) not in lengths:
        raise refusal("isv.CODE_ERROR")
    used = dict(_extensions(account))
    if used.get(code, signature) != signature:
        raise refusal("isv.ONE_CODE_MULTIPLE_SIGN")
    most = account.settings["extend_codes"]
    if isinstance(most, int) and code not in used and len(used) >= most:
        raise refusal("isv.CODE_EXCEED_LIMIT")


def _extensions(account: Account) -> Iterator[tuple[str, str]]:
    rows = account.store.rows(
        "SELECT DISTINCT extend, signature FROM message"
        " WHERE provider = ? AND account = ? AND extend != ''",
        (account.place.provider, account.place.account),
    )
    for code, signature in rows:
        yield str(code), str(signature)


def check_market(filled: FilledTemplate, number: Number) -> None:
    """Refuse a template for a number that its market does not serve."""
    if filled.international and not number.international:
        raise refusal("isv.DOMESTIC_NUMBER_NOT_SUPPORTED")
    if number.international and not filled.international:  # [I] the code
        raise refusal("isv.MOBILE_NUMBER_ILLEGAL")


def check_funds(account: Account, parts: int) -> None:
    """Refuse a call that the account cannot pay for."""
    funds = account.settings["funds"]
    if not isinstance(funds, int):
        return
    if parts > funds - package.used(account.store, account.place):
        raise refusal("isv.AMOUNT_NOT_ENOUGH")


def check_recipient(
    account: Account, filled: FilledTemplate, message: OutboxMessage
) -> None:
    """Refuse a number that is not bound, has opted out, or had too many messages."""
    settings = account.settings

    def listed(setting: str) -> bool:
        numbers = settings[setting]
        assert isinstance(numbers, tuple)
        return message.number in numbers

    if _is_test(filled.template) and not listed("test_numbers"):
        raise refusal("isv.SMS_TEST_NUMBER_LIMIT")
    promotion = filled.type == TYPES[wire.MARKETING]
    if promotion and listed("complained"):
        raise refusal("isv.BLACK_KEY_CONTROL_LIMIT")
    if outbox.opted_out(
        account.store, account.place, message.number, message.signature, message.type
    ):
        raise refusal("isv.CUSTOMER_REFUSED")
    limits = _limits(account, filled) if not listed("exempt") else ()
    window = frequency.full(account.store, (*limits, *_ceilings(account)), message)
    if window is None:
        return
    if window.name in FREQUENCY:
        words = FREQUENCY[window.name].format(most=window.most)
        raise Refusal("isv.BUSINESS_LIMIT_CONTROL", words)
    raise refusal(window.name)


def _most(account: Account, setting: str) -> int | None:
    value = account.settings[setting]
    assert value is None or isinstance(value, int)
    return value


def _limits(account: Account, filled: FilledTemplate) -> Iterator[Window]:
    if filled.international:
        return

    def window(name: str, seconds: float, *alike: str) -> Window:
        return Window(name, _most(account, name), seconds, ("number", *alike))

    if filled.type == TYPES[wire.VERIFICATION]:
        yield window("codes_per_minute", 60.0, "type", "signature")
        yield window("codes_per_hour", 3600.0, "type", "signature")
        yield window("codes_per_day", DAY, "type", "signature")
        yield window("codes_per_day_in_all", DAY, "type")
    else:
        yield window("messages_per_day", DAY, "signature", "template")


def _ceilings(account: Account) -> Iterator[Window]:
    for code, setting, days in (
        ("isv.DAY_LIMIT_CONTROL", "account_per_day", 1),
        ("isv.MONTH_LIMIT_CONTROL", "account_per_month", 30),
    ):
        yield Window(code, _most(account, setting), days * DAY, ())
