"""The actions of sending and of its records, one method each.

Facts: docstrings of tencentcloud-sdk-python-sms 3.1.153; DescribeSendRecordList, which
that SDK lacks: tccli 3.1.189.1 and document 382/137245. All read 2026-11-29.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from smsform.providers.tencent import wire
from smsform.providers.tencent.client import Client, Fields

T = TypeVar("T")
Item = Mapping[str, object]


class SendingClient(Client):
    """Calls of one account in one region that send, or read what was sent."""

    def send(self, fields: Fields) -> tuple[Item, ...]:
        """SendSms, once, whatever comes back; an item for each number."""
        return self._call(wire.SEND, fields, _items, once=True)

    def records(self, fields: Fields) -> tuple[Item, ...]:
        """A page of a number's records of the last 72 hours."""
        return self._call(wire.DESCRIBE_RECORDS, fields, _maybe_items)

    def statuses(self, fields: Fields) -> tuple[Item, ...]:
        """A number's receipts of the last 7 days; support has to enable it."""
        return self._call(wire.PULL_BY_NUMBER, fields, _maybe_items)

    def pull(self, fields: Fields) -> tuple[Item, ...]:
        """The next receipts of the queue, which forgets them: never called twice."""
        return self._call(wire.PULL, fields, _maybe_items, once=True)

    def send_counts(self, fields: Fields) -> Item:
        """How many were asked for, accepted and billed between two hours."""
        return self._call(wire.SEND_STATISTICS, fields, _item)

    def callback_counts(self, fields: Fields) -> Item:
        """What the carriers said of them."""
        return self._call(wire.CALLBACK_STATISTICS, fields, _item)

    def packages(self, fields: Fields) -> tuple[Item, ...]:
        """A page of the packages that were created between two hours."""
        return self._call(wire.PACKAGES, fields, _maybe_items)


def _items(action: str, payload: object) -> tuple[Item, ...] | None:
    whole = isinstance(payload, list) and all(
        isinstance(each, dict) for each in payload
    )
    return tuple(payload) if isinstance(payload, list) and whole else None


def _maybe_items(action: str, payload: object) -> tuple[Item, ...] | None:
    """The list; null is an empty one."""
    return () if payload is None else _items(action, payload)


def _item(action: str, payload: object) -> Item | None:
    return payload if isinstance(payload, dict) else None
