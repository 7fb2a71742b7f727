"""Reading the delivery of a version from a state file, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

from smsform.delivery import LATEST, Deliverable, Delivery, Term
from smsform.state.shape import Malformed, ObjectShape
from smsform.words import say

DELIVERABLES = {str(each): each for each in Deliverable}
DELIVERY = ObjectShape(told="", why="", since=0, seen="", terms=[])
TERM = ObjectShape(paper="", until="")


def read_delivery(value: dict[str, Any]) -> Delivery:
    """A version's ``delivery``; Malformed when no service tells such a thing."""
    told, why, since, seen, terms = DELIVERY.read(value)
    if told not in DELIVERABLES:
        raise Malformed(say("state.want_words"), "delivery")
    if not _is_moment(since):
        raise Malformed(say("state.want_moment"), "delivery", "since")
    return Delivery(DELIVERABLES[told], why, since, seen, tuple(map(_term, terms)))


def _term(value: object) -> Term:
    term = Term(*TERM.read(value))
    if not _is_day(term.until):
        raise Malformed(say("state.want_day"), "delivery", "terms")
    return term


def is_possible(delivery: Delivery) -> bool:
    """Whether calendars have its times."""
    days = (term.until for term in delivery.terms)
    return _is_moment(delivery.since) and all(map(_is_day, days))


def _is_moment(since: int) -> bool:
    return 0 <= since <= LATEST


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
