"""What applications may send: every key with its approved version; pure.

    state, `moved` blocks, definitions -> published keys

A key in a `moved` block is still published, with its successor's version, as long as
the block stands: applications that are not redeployed that day use it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from smsform.directives import NO_DIRECTIVES, Directives
from smsform.model import Address
from smsform.state.memory import NOTHING, Record, State, Version

NO_WORDS: Mapping[Address, str] = MappingProxyType({})


class Published(Struct, frozen=True):
    """A key and the version it stands for; *since* it was seen approved, ISO 8601 UTC.

    ``of`` is the address that owns the version: another one where the key was moved.
    ``deprecated``: the key goes away; use ``of`` instead, or what the definition says
    in ``instead``.
    """

    address: Address
    version: Version
    since: str
    of: Address
    instead: str = ""

    @property
    def moved(self) -> bool:
        """Whether the key is an old one, of a `moved` block."""
        return self.address != self.of

    @property
    def deprecated(self) -> bool:
        """Whether applications should stop asking for this key."""
        return self.moved or bool(self.instead)


def published(
    state: State,
    defined: Collection[Address] = (),
    directives: Directives = NO_DIRECTIVES,
    instead: Mapping[Address, str] = NO_WORDS,
) -> Iterator[Published]:
    """Every key with an approved version, sorted; the old keys, too.

    The blocks are applied to the state as it is, because an apply may not have done it
    yet. *defined* are the addresses that definitions name, which tell whether a
    provider has the end of a chain of moves. *instead* are the definitions' words on
    deprecated keys.
    """
    owned = {
        address: state.blocks[address.provider].record((address.kind, address.key))
        for address in state.addresses()
    }
    old: dict[Address, Address] = {}
    for (kind, key), last in directives.ends().items():
        for provider in state.blocks:
            origin = Address(provider, kind, key)
            end = origin._replace(key=last)
            if end in defined:
                old[origin] = end
    for origin, end in old.items():
        if origin in owned:
            owned[end] = _merged(owned.get(end, NOTHING), owned.pop(origin))
    keys = [(each, each) for each in owned] + list(old.items())
    for address, of in sorted(keys):
        record = owned.get(of, NOTHING)
        version = record.version(record.active)
        if version is not None and version.usable:
            yield Published(
                address, version, record.active_since, of, instead.get(of, "")
            )


def _merged(end: Record, origin: Record) -> Record:
    """What both own together, as ``apply`` will merge it."""
    for version in origin.versions:
        end = end.with_version(version)
    if end.active:
        return end
    return replace(end, active=origin.active, active_since=origin.active_since)
