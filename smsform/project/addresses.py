"""Addresses as people write them: read, and looked up in a project and its state."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.errors import WrongUsage
from smsform.model import Address
from smsform.project.suggest import near
from smsform.project.workspace import Workspace
from smsform.state import State
from smsform.words import say


def addresses(
    project: Workspace, state: State, texts: Iterable[str]
) -> frozenset[Address]:
    """Parse addresses and check that each is defined or in the state file."""
    texts = tuple(texts)
    known = known_addresses(project, state) if texts else frozenset()
    found = set()
    for text in texts:
        address = parse_address(text)
        if text not in known:
            what = say("cli.unknown_address", address=text)
            raise WrongUsage("address", what, near(text, known))
        found.add(address)
    return frozenset(found)


def known_addresses(project: Workspace, state: State) -> frozenset[str]:
    """Every address that is defined or in the state file."""
    return frozenset(map(str, state.addresses())) | {
        f"{name}/{kind}.{key}"
        for name in project.config.providers
        for kind, group in (
            ("signature", project.definitions.signatures),
            ("template", project.definitions.templates),
        )
        for key in group
    }


def parse_address(text: str) -> Address:
    """Read an address; WrongUsage with its form when it is none."""
    try:
        return Address.parse(text)
    except ValueError:
        what = say("cli.address", text=text)
        raise WrongUsage("address", what, say("cli.address_hint")) from None
