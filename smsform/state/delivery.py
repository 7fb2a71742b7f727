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
    if not 0 <= since <= LATEST:
        raise Malformed(say("state.want_moment"), "delivery", "since")
    return Delivery(DELIVERABLES[told], why, since, seen, tuple(map(_term, terms)))


def _term(value: object) -> Term:
    term = Term(*TERM.read(value))
    try:
        if date.fromisoformat(term.until).isoformat() == term.until:
            return term
    except ValueError:
        pass
    raise Malformed(say("state.want_day"), "delivery", "terms")
