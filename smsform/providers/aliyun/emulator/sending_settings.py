"""The settings of sending: frequency, funds, test numbers and receipts."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.emulation import delivery, pushes
from smsform.emulation import settings as kinds
from smsform.emulation.settings import Setting
from smsform.providers.aliyun import wire

# Calls a second: documents of the actions (A102364, A419277), read 2026-11-29.
RATES = {
    wire.SEND: 5000,
    wire.SEND_BATCH: 5000,
}

# Receipts by the last digits of a number, so that each outcome can be asked for; the
# codes are those of document 101347 and of sms-error-codes.md (2026-08-21).
DELIVERED = "DELIVERED"
ENDINGS: Mapping[str, str] = {
    "0001": "MOBILE_NOT_ON_SERVICE",  # switched off, suspended
    "0002": "INVALID_NUMBER",
    "0003": "MOBILE_IN_BLACK",  # on a carrier's black list
    "0004": "MOBILE_SEND_LIMIT",  # too many messages
    "0005": "CONTENT_KEYWORD",  # content refused by the carrier
    "0006": "SP_UNKNOWN_ERROR",  # the carrier gave no reason
    "0007": "EXPIRED",  # not delivered in time
    "0009": delivery.NEVER,
}

MOST_PUSHED = 100  # receipts, or replies, in one push [I]
# Replies that put a number on the black list; which ones do is not documented [I].
LEAVING = frozenset({"R", "T", "TD", "N", "退订"})

TABLE: Mapping[str, Setting] = {
    "delivery": Setting(
        {"after": "3s"}, delivery.read,
        "when receipts come, and which: {after: TIME, endings: {last digits: code}}",
    ),
    "push_receipts": Setting(
        None, pushes.listener,
        "who is told receipts (SmsReport): an http URL of this machine, or a file",
    ),
    "push_replies": Setting(
        None, pushes.listener, "who is told replies (SmsUp); as push_receipts",
    ),
    "funds": Setting(
        None, kinds.maybe_count, "parts of messages the account can pay; never: any",
    ),
    "value_length": Setting(
        35, kinds.count,
        "characters of a value, codes aside; 0: any; as account.max_param_length says",
    ),
    "signature_code": Setting(  # [I] which of the two
        "isv.SMS_SIGNATURE_ILLEGAL",
        kinds.choice("isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_SIGN_NAME_ILLEGAL"),
        "how an unknown or unapproved signature is refused",
    ),
    "mismatch": Setting(
        "broad", kinds.choice("broad", "exact"),
        "values that do not fit a template: isv.SMS_TEMPLATE_ILLEGAL, as told in 2026,"
        " or the older isv.INVALID_JSON_PARAM and isv.TEMPLATE_MISSING_PARAMETERS",
    ),
    # Frequency: document 2881383, mainland only; a day is 24 hours there.
    "exempt": Setting((), kinds.phones, "numbers without limits"),
    "codes_per_minute": Setting(
        1, kinds.maybe_count, "verification codes of a signature to one number",
    ),
    "codes_per_hour": Setting(5, kinds.maybe_count, "the same in an hour"),
    "codes_per_day": Setting(10, kinds.maybe_count, "the same in 24 hours"),
    "codes_per_day_in_all": Setting(
        40, kinds.maybe_count, "verification codes of all senders to one number",
    ),
    "messages_per_day": Setting(
        50, kinds.maybe_count, "other messages of a template to one number in 24 hours",
    ),
    "account_per_day": Setting(
        None, kinds.maybe_count, "the account's own ceiling a day; never: none",
    ),
    "account_per_month": Setting(
        None, kinds.maybe_count, "the account's own ceiling in 30 days; never: none",
    ),
    # Who gets no messages, and what is not sent.
    "complained": Setting(
        (), kinds.phones, "numbers that get no promotion: they complained",
    ),
    "blocked_signatures": Setting((), kinds.names, "signatures on the black list"),
    "forbidden_signatures": Setting((), kinds.names, "signatures nobody may use"),
    "test_signature": Setting(
        "阿里云短信测试", str, "the signature that goes with test templates only",
    ),
    "test_numbers": Setting((), kinds.phones, "numbers bound for tests"),
    "extend_digits": Setting(  # [I]
        tuple("1234567"), kinds.names, "lengths an own extension code may have",
    ),
    "extend_codes": Setting(
        None, kinds.maybe_count, "own extension codes the account may use; never: any",
    ),
}  # fmt: skip
