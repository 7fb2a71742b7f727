"""The project around drafts: keys and names that are taken, signatures that exist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from smsform.card import ProviderSpec
from smsform.config import Config
from smsform.definitions import Definitions
from smsform.drafts.selection import MarketName
from smsform.model import Definition, Kind

# Provider -> whether abroad -> name -> key.
Signatures = Mapping[str, Mapping[bool, Mapping[str, str]]]


class Surroundings(Struct, frozen=True):
    """What drafts must fit in with.

    ``specs`` are the cards of all providers, in their order. ``taken(kind, key)`` says
    whether a key is in use; ``names`` are those that definitions have, by provider.
    ``signatures`` are all there are, ``usable`` those that may be proposed, ``covered``
    says for each signature's key at which providers it exists. ``constants`` are the
    names of `vars`.
    """

    specs: Mapping[str, ProviderSpec]
    taken: Callable[[Kind, str], bool]
    names: Collection[tuple[str, MarketName]]
    signatures: Signatures
    usable: Signatures
    covered: Mapping[str, Collection[str]]
    constants: Collection[str]

    def reach(self, definition: Definition) -> tuple[str, ...]:
        """The providers that *definition* goes to."""
        chosen = definition.providers
        return tuple(self.specs) if chosen is None else chosen

    @classmethod
    def around(
        cls,
        config: Config,
        specs: Mapping[str, ProviderSpec],
        definitions: Definitions,
        owned: Collection[tuple[Kind, str]],
    ) -> Surroundings:
        """The project as it is; *owned* are the keys in the state file."""
        groups: Mapping[Kind, Mapping[str, Definition]] = {
            Kind.SIGNATURE: definitions.signatures,
            Kind.TEMPLATE: definitions.templates,
        }
        gone = {(move.kind, move.origin) for move in definitions.directives.moves}
        here: dict[str, dict[bool, dict[str, str]]]
        here = {name: {False: {}, True: {}} for name in config.providers}
        covered = {}
        for key, each in definitions.signatures.items():
            covered[key] = reach(each, config)
            for name in covered[key]:
                here[name][each.international][each.name] = key
        return cls(
            {name: specs[each.type] for name, each in config.providers.items()},
            lambda kind, key: key in groups[kind] or (kind, key) in {*owned, *gone},
            {
                (provider, (kind, each.name, each.international))
                for kind, group in groups.items()
                for each in group.values()
                for provider in reach(each, config)
            },
            here,
            here,
            covered,
            config.vars,
        )


def reach(definition: Definition, config: Config) -> tuple[str, ...]:
    """The providers that *definition* goes to."""
    chosen = definition.providers
    return tuple(config.providers) if chosen is None else chosen
