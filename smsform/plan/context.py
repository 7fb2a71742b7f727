"""What the decisions of one provider share: the inputs, and who owns what; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smsform.card import ProviderSpec
from smsform.model import Existing, Kind, Reading, Review
from smsform.plan.equality import Owned
from smsform.plan.reconcile import Entries
from smsform.plan.values import Options
from smsform.state import Block
from smsform.state.memory import Slot


@dataclass(slots=True)
class PlanContext:
    """What the decisions of one provider share; ``taken`` grows as entries find owners.

    ``settled`` are the slots where nothing is to be done. ``orphaned`` are those of the
    block that no definition names, ``names`` the names that definitions give, by kind,
    where there are any.
    """

    provider: str
    spec: ProviderSpec
    block: Block
    reading: Reading
    options: Options
    entries: Entries
    settled: Mapping[Slot, Owned]
    orphaned: frozenset[Slot]
    names: frozenset[tuple[Kind, str]]
    unowned: Mapping[tuple[Kind, str], list[Existing]] = field(init=False)
    taken: set[object] = field(default_factory=set)

    def __post_init__(self) -> None:
        owners = self.block.owners()
        unowned: dict[tuple[Kind, str], list[Existing]] = {}
        for key, entry in self.entries.items():
            if key in owners or entry.foreign or entry.review is Review.CANCELLED:
                continue
            unowned.setdefault((entry.kind, entry.name), []).append(entry)
        self.unowned = unowned
