"""The keys that applications may send with, each with its approved version."""

from __future__ import annotations

from collections.abc import Iterator

from smsform.model import Address, Kind
from smsform.project.workspace import Workspace
from smsform.state import State
from smsform.state.published import Published, published


def defined_addresses(project: Workspace) -> Iterator[Address]:
    """Every address that the definitions name, provider by provider."""
    for name in project.config.providers:
        for kind, group in (
            (Kind.SIGNATURE, project.definitions.signatures),
            (Kind.TEMPLATE, project.definitions.templates),
        ):
            for key, each in group.items():
                if each.providers is None or name in each.providers:
                    yield Address(name, kind, key)


def published_ids(project: Workspace, state: State) -> list[Published]:
    """Every key with an approved version, old keys of `moved` blocks included; sorted.

    Makes no call: *state* is what was last seen. Each says whether it is deprecated,
    and what to ask for instead.
    """
    defined = frozenset(defined_addresses(project))
    words = {
        address: project.definitions.templates[address.key].deprecated
        for address in defined
        if address.kind is Kind.TEMPLATE
    }
    return list(published(state, defined, project.definitions.directives, words))
