"""The JSON document that a webhook of no known chat gets: data and text; pure."""

from __future__ import annotations

from typing import Any

from smsform.notify.message import Notification, address

FORMAT = 1
MOST = 100  # entries


def body(message: Notification, count: int) -> dict[str, Any]:
    """Schema ``news``, format 1. Texts from outside are unchanged."""
    return {
        "smsform_news": FORMAT,
        "id": message.id,
        "project": message.project,
        "link": message.link,
        "test": bool(message.test),
        "text": message.text(count),
        "news": [
            {
                "news": each.notice.news,
                "address": address(each),
                "id": each.notice.id,
                "at": each.notice.at,
                "why": each.notice.why,
                "emulated": each.provider in message.emulated,
            }
            for each in message.news[:count]
        ],
        "more": max(len(message.news) - count, 0),
    }
