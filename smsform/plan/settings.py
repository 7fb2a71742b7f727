"""What decides a plan apart from definitions, reading and state."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from smsform.directives import NO_DIRECTIVES, Directives
from smsform.model import Kind
from smsform.plan.active import DELIVERY_COUNTS, DeliveryPolicy
from smsform.words import say


class InUse(NamedTuple):
    """What source code still has: by id, the first place it stands at, as FILE:LINE.

    ``unsearched`` is a path that holds no file, or cannot be read: then nobody knows
    what it would have had, and every id counts as in use.
    """

    places: Mapping[str, str] = MappingProxyType({})
    unsearched: str = ""

    def why(self, id: str) -> str:
        """Why an id stays, in words; "" when nothing is known to use it."""
        if place := self.places.get(id):
            return say("plan.spared_used", place=place)
        if self.unsearched:
            return say("plan.spared_unsearched", path=self.unsearched)
        return ""


NO_USES = InUse()


class PlanSettings(NamedTuple):
    """What decides a plan apart from definitions, reading and state.

    ``retire_after`` is in seconds, None for never. ``elsewhere`` are entries that other
    blocks of the state own at this account. What is ``in_use`` is not deleted.
    """

    retire_after: float | None = None
    directives: Directives = NO_DIRECTIVES
    elsewhere: frozenset[tuple[Kind, str]] = frozenset()
    delivery_policy: DeliveryPolicy = DELIVERY_COUNTS
    in_use: InUse = NO_USES


DEFAULTS = PlanSettings()
