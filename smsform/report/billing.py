"""The number of billed segments, and how else a bill may count."""

from __future__ import annotations

from smsform.preview import Message
from smsform.words import counted, say


def billed(message: Message) -> str:
    """The segments by arithmetic, and the number when characters stay whole, if
    higher."""
    count = counted("preview.segments", message.length.segments)
    if message.packed == message.length.segments:
        return count
    return f"{count} ({say('preview.billed_as', count=message.packed)})"
