"""Inputs of a plan besides definitions, reading and state."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from smsform.directives import NO_DIRECTIVES, Directives
from smsform.model import Kind
from smsform.plan.active import DELIVERY_COUNTS, DeliveryPolicy
from smsform.words import say


class InUse(NamedTuple):
    """The ids found in source code: id -> the first place, as FILE:LINE.

    ``unsearched`` is a path that holds no file, or cannot be read: then it is not known
    what stands there, and every id counts as in use.
    """

    places: Mapping[str, str] = MappingProxyType({})
    unsearched: str = ""

    def why(self, id: str) -> str:
        """Why an id is kept, in words; "" when it is not in use."""
        if place := self.places.get(id):
            return say("plan.spared_used", place=place)
        if self.unsearched:
            return say("plan.spared_unsearched", path=self.unsearched)
        return ""


NO_USES = InUse()


class PlanSettings(NamedTuple):
    """Inputs of a plan besides definitions, reading and state.

    ``retire_after`` is in seconds, None for never. ``elsewhere`` are entries that other
    blocks of the state own at this account. What is ``in_use`` is not deleted.
    """

    retire_after: float | None = None
    directives: Directives = NO_DIRECTIVES
    elsewhere: frozenset[tuple[Kind, str]] = frozenset()
    delivery_policy: DeliveryPolicy = DELIVERY_COUNTS
    in_use: InUse = NO_USES


DEFAULTS = PlanSettings()
