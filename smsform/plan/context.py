"""What all decisions about one provider need; pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from smsform.card import ProviderSpec
from smsform.model import Address, Existing, Kind, Reading
from smsform.plan.active import DELIVERY_COUNTS, DeliveryPolicy, EntriesById
from smsform.plan.equality import Owned
from smsform.plan.values import Options
from smsform.state import Block
from smsform.state.memory import Slot


class PlanContext(Struct, frozen=True):
    """What all decisions about one provider need; ``block`` is after all adoptions.

    ``settled`` are the slots where nothing is to be done, ``orphaned`` those that no
    definition names. ``choices`` and ``missing`` are what matching left to a person,
    ``unowned`` the entries that nobody owns after it, by kind and name. ``lapsed``
    entries were approved when last seen, and are not any more.
    """

    provider: str
    spec: ProviderSpec
    block: Block
    reading: Reading
    options: Options
    entries: EntriesById
    settled: Mapping[Slot, Owned]
    orphaned: frozenset[Slot]
    choices: Mapping[Address, tuple[str, ...]]
    missing: Mapping[Address, str]
    unowned: Mapping[tuple[Kind, str], list[Existing]]
    delivery_policy: DeliveryPolicy = DELIVERY_COUNTS
    lapsed: frozenset[tuple[Kind, str]] = frozenset()
