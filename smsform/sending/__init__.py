"""Sending: an approved text to a few phones, and its receipts.

    message, numbers -> Outgoing -> SendingAccount.send -> NumberAnswer, one a number
    number, since -> SendingAccount.receipts -> Receipt, one a message

Values and pure functions; ``project`` makes the calls.
"""

from smsform.sending.values import (
    Count,
    DeliveryStatus,
    NumberAnswer,
    Outgoing,
    Package,
    Receipt,
    Sending,
    SendingAccount,
    Span,
)

__all__ = [
    "Count",
    "DeliveryStatus",
    "NumberAnswer",
    "Outgoing",
    "Package",
    "Receipt",
    "Sending",
    "SendingAccount",
    "Span",
]
