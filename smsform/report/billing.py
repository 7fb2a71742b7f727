"""What a bill may say that plain arithmetic does not."""

from __future__ import annotations

from smsform.preview import Message
from smsform.words import say


def billed_as(message: Message) -> str:
    """That a bill may have another number of segments; nothing where none can."""
    if message.packed == message.length.segments:
        return ""
    return say("preview.billed_as", count=message.packed)
