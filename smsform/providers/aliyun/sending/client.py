"""The actions of sending and of its records, one method each.

Facts: docstrings of alibabacloud_dysmsapi20170525 4.6.0, read 2026-11-29.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.account.listing import Page
from smsform.providers.aliyun import replies, wire
from smsform.providers.aliyun.client import Client, Params

Item = Mapping[str, object]


class SendingClient(Client):
    """Calls of one account that send, or read what was sent."""

    def send(self, fields: Params) -> str:
        """SendSms, once, whatever comes back; its BizId."""
        return self._call(wire.SEND, fields, _biz_id, once=True)

    def details(self, fields: Params) -> Page[Item]:
        """A page of a number's messages of one day."""
        return self._call(wire.SEND_DETAILS, fields, _details)

    def statistics(self, fields: Params) -> Page[Item]:
        """A page of what went out, a row a day."""
        return self._call(wire.SEND_STATISTICS, fields, _statistics)


def _biz_id(action: str, reply: Item) -> str | None:
    found = reply.get("BizId")
    return found if isinstance(found, str) and found.strip() else None


def _details(action: str, reply: Item) -> Page[Item] | None:
    below = reply.get("SmsSendDetailDTOs")
    return _page(below, "SmsSendDetailDTO", reply.get("TotalCount"))


def _statistics(action: str, reply: Item) -> Page[Item] | None:
    data = reply.get("Data")
    total = data.get("TotalSize") if isinstance(data, dict) else None
    return _page(data, "TargetList", total)


def _page(holder: object, name: str, total: object) -> Page[Item] | None:
    """The rows of a reply; an empty list may be left out."""
    rows = holder.get(name) if isinstance(holder, dict) else holder
    rows = [] if rows is None else rows
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    return Page(tuple(rows), replies.number(total))
