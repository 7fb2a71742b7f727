"""What the definitions want of a provider, each entry made on first use; pure.

Little decides whether an address is settled: the delivered attributes, the market, the
protection. The rest of a definition is needed only for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from smsform.card import ProviderSpec
from smsform.model import Address, Desired, Kind, Value
from smsform.state.memory import Slot


class Compared(NamedTuple):
    """The compared part of a definition; ``delivered`` in the order of the card."""

    delivered: tuple[Value, ...]
    international: bool
    protect: bool


class LazyDesired(Mapping[Address, Desired]):
    """What one provider should have: the compared part of each, all of it on first use.

    *compared* is in definition order, signatures first; *make* is called at most once
    for an address.
    """

    def __init__(
        self,
        provider: str,
        compared: Mapping[Slot, Compared],
        make: Callable[[Slot], Desired],
    ) -> None:
        self.compared = compared
        self._provider, self._make = provider, make
        self._made: dict[Slot, Desired] = {}

    def __getitem__(self, address: Address) -> Desired:
        slot = address.kind, address.key
        if address not in self:
            raise KeyError(address)
        if slot not in self._made:
            self._made[slot] = self._make(slot)
        return self._made[slot]

    def __contains__(self, address: object) -> bool:
        return (
            isinstance(address, Address)
            and address.provider == self._provider
            and (address.kind, address.key) in self.compared
        )

    def __iter__(self) -> Iterator[Address]:
        return iter(self._addresses)

    @cached_property
    def _addresses(self) -> tuple[Address, ...]:
        return tuple([Address(self._provider, *slot) for slot in self.compared])

    def __len__(self) -> int:
        return len(self.compared)


def compared_of(
    desired: Mapping[Address, Desired], spec: ProviderSpec
) -> Mapping[Slot, Compared]:
    """The compared part of each, by address without its provider."""
    if isinstance(desired, LazyDesired):
        return desired.compared
    names = {kind: card.delivered for kind, card in spec.kinds.items()}
    return {
        (want.address.kind, want.address.key): compared(names, want)
        for want in desired.values()
    }


def compared(names: Mapping[Kind, tuple[str, ...]], want: Desired) -> Compared:
    """The compared part of *want*; *names* are the delivered attributes of each
    kind."""
    delivered = want.delivered
    values = tuple([delivered[name] for name in names[want.address.kind]])
    return Compared(values, want.international, want.protect)
