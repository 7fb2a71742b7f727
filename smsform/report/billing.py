"""How many messages are billed, and what a bill may say instead."""

from __future__ import annotations

from smsform.preview import Message
from smsform.words import counted, say


def billed(message: Message) -> str:
    """The segments by arithmetic, and those that whole characters take, if more."""
    count = counted("preview.segments", message.length.segments)
    if message.packed == message.length.segments:
        return count
    return f"{count} ({say('preview.billed_as', count=message.packed)})"
