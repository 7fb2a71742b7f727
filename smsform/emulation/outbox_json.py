"""A message as JSON shows it: on the command line and at ``/_smsform/messages``."""

from __future__ import annotations

from datetime import UTC, datetime

from smsform.emulation.outbox import OutboxMessage

FORMAT = 1
FIRST_KEY = "smsform_outbox"


def item(message: OutboxMessage, now: float) -> dict[str, object]:
    """One message; ``receipt`` is null as long as there is none."""
    receipt = None
    if message.arrived(now) and message.due is not None:
        receipt = {
            "code": message.receipt,
            "delivered": bool(message.delivered),
            "at": moment(message.due),
        }
    return {
        "id": message.id,
        "provider": message.provider,
        "to": message.number,
        "place": message.place,
        "international": bool(message.international),
        "type": message.type,
        "signature": message.signature,
        "template": message.template,
        "name": message.name,
        "text": message.text,
        "segments": message.segments,
        "sent": moment(message.sent),
        "serial": message.serial,
        "context": message.context,
        "receipt": receipt,
    }


def moment(time: float) -> str:
    """A time in UTC, ISO 8601, to the second."""
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="seconds")
