"""The content of successful replies: ids, orders, pages; pure.

Every function takes the action and its reply, and returns None for a reply that does
not have the documented shape.
"""

from __future__ import annotations

from smsform.account.listing import Fields, Page
from smsform.provider import Accepted
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.existing import order_mark

ID = {
    wire.CREATE_TEMPLATE: "TemplateCode",
    wire.GET_TEMPLATE: "TemplateCode",
    wire.LIST_TEMPLATES: "TemplateCode",
    wire.CREATE_SIGN: "SignName",
    wire.GET_SIGN: "SignName",
    wire.LIST_SIGNS: "SignName",
}


DIGITS = 18  # of a number that is believed: more do not fit into 64 bits


def id_of(action: str, reply: Fields) -> str | None:
    """The id of the entry that a reply, or a row of a list, is about."""
    id = reply.get(ID[action])
    return id if isinstance(id, str) and id.strip() else None


def accepted(action: str, reply: Fields) -> Accepted | None:
    """The id of a new entry and the order of its review."""
    id = id_of(action, reply)
    return None if id is None else Accepted(id, order(action, reply))


def order(action: str, reply: Fields) -> str:
    """The order of a submission's review; "" where the reply has none."""
    return order_mark(reply.get("OrderId"))


def page(action: str, reply: Fields) -> Page[Fields] | None:
    """The rows of a page of a list and how many entries there are in all."""
    items, total = reply.get(wire.ITEMS[action]), reply.get(wire.TOTAL)
    if items is None and total == 0:
        items = []
    if not isinstance(items, list):
        return None
    if not all(isinstance(item, dict) and id_of(action, item) for item in items):
        return None
    counted = isinstance(total, int) and not isinstance(total, bool) and total >= 0
    return Page(tuple(items), int(str(total)) if counted else None)


def number(value: object) -> int | None:
    """A whole number, which may be written as text; None for anything else, and for
    one of more than DIGITS digits."""
    text = str(value)
    digits = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if digits else None


def done(action: str, reply: Fields) -> bool:
    """True: a deletion's success has no content."""
    return True
