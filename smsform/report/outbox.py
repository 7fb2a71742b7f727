"""The emulators' outbox as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.outbox_json import FIRST_KEY, FORMAT, item, moment
from smsform.report.readable import readable_json
from smsform.report.terminal import safe
from smsform.words import say


def as_json(messages: Sequence[OutboxMessage], now: float) -> str:
    """Every message, newest first."""
    shown = [item(message, now) for message in messages]
    return readable_json({FIRST_KEY: FORMAT, "messages": shown})


def as_text(messages: Sequence[OutboxMessage], now: float) -> str:
    """Two lines a message, newest first: what it is, and what the recipient reads."""
    return "\n".join(_lines(message, now) for message in messages)


def _lines(message: OutboxMessage, now: float) -> str:
    receipt = message.receipt if message.arrived(now) else say("emulation.under_way")
    head = say(
        "emulation.message",
        time=moment(message.sent),
        provider=message.provider,
        number=message.number,
        template=message.template,
        receipt=receipt,
    )
    return f"{safe(head)}\n  {safe(message.text)}"
