"""The project around drafts: keys and names that are taken, signatures to name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from smsform.card import ProviderSpec
from smsform.definitions import Definitions
from smsform.drafts.selection import Named
from smsform.model import Kind, Signature, Template


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What drafts for one provider must fit in with.

    ``taken`` says whether a key of that kind is; ``names`` are those that definitions
    have. ``signatures`` are the usable ones, name -> key by market. ``constants`` are
    the names of `vars`. ``providers`` is what every draft must say, if it must.
    """

    provider: str
    spec: ProviderSpec
    taken: Callable[[Kind, str], bool]
    names: Collection[Named]
    signatures: Mapping[bool, Mapping[str, str]]
    constants: Collection[str]
    providers: tuple[str, ...] | None = None

    @classmethod
    def around(
        cls,
        provider: str,
        spec: ProviderSpec,
        definitions: Definitions,
        owned: Collection[tuple[Kind, str]],
        constants: Collection[str],
        providers: Collection[str],
    ) -> Surroundings:
        """The project as it is: *owned* are keys the state file knows."""
        groups: Mapping[Kind, Mapping[str, Signature | Template]] = {
            Kind.SIGNATURE: definitions.signatures,
            Kind.TEMPLATE: definitions.templates,
        }
        here: dict[bool, dict[str, str]] = {False: {}, True: {}}
        for key, each in definitions.signatures.items():
            if each.providers is None or provider in each.providers:
                here[each.international][each.name] = key
        return cls(
            provider,
            spec,
            lambda kind, key: key in groups[kind] or (kind, key) in owned,
            {
                (kind, each.name, each.international)
                for kind, group in groups.items()
                for each in group.values()
            },
            here,
            constants,
            (provider,) if len(providers) > 1 else None,
        )
