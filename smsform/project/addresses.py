"""Addresses as people write them: in full, a key alone, or with ``*``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase

from smsform.errors import WrongUsage
from smsform.model import Address
from smsform.project.published import defined_addresses
from smsform.project.workspace import Workspace
from smsform.state import State
from smsform.words import say

_FEW = 12  # addresses named in a hint

Chosen = Mapping[str, frozenset[Address]]  # text as written -> the addresses it means


def addresses(
    project: Workspace,
    state: State,
    texts: Iterable[str],
    also: Collection[Address] = (),
) -> frozenset[Address]:
    """All addresses that *texts* mean, among those defined, in the state, or in
    *also*."""
    return frozenset().union(*choose(project, state, texts, also).values())


def choose(
    project: Workspace,
    state: State,
    texts: Iterable[str],
    also: Collection[Address] = (),
) -> Chosen:
    """The addresses each of *texts* means; WrongUsage for a text that means none."""
    texts = tuple(texts)
    known = known_addresses(project, state).union(also) if texts else frozenset(also)
    found = {text: matching(text, known) for text in texts}
    for text, meant in found.items():
        if not meant:
            raise _unknown(text, known)
    return found


def known_addresses(project: Workspace, state: State) -> frozenset[Address]:
    """Every address that is defined or in the state file."""
    return frozenset(state.addresses()) | {*defined_addresses(project)}


def providers_of(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """The providers of *known* to which addresses like *texts* can belong."""
    owners = {text.rpartition("/")[0] or "*" for text in texts}
    return [name for name in known if any(fnmatchcase(name, own) for own in owners)]


def matching(text: str, known: Collection[Address]) -> frozenset[Address]:
    """The addresses that *text* means: one, all with that key, or all of a pattern."""
    found = {at for at in known if text in _spellings(at)}
    if not found and any(sign in text for sign in "*?["):
        found = {
            at
            for at in known
            if any(fnmatchcase(spelling, text) for spelling in _spellings(at))
        }
    return frozenset(found)


def one_address(text: str, known: Collection[Address]) -> Address:
    """The only address that *text* means; a whole one need not be known.

    WrongUsage where it means several or none.
    """
    found = sorted(matching(text, known))
    if len(found) == 1:
        return found[0]
    if found:
        which = ", ".join(map(str, found[:_FEW])) + (", …" if found[_FEW:] else "")
        what = say("cli.several_addresses", text=text, count=len(found))
        raise WrongUsage("address", what, say("cli.which", addresses=which))
    try:
        return Address.parse(text)
    except ValueError:
        raise _unknown(text, known) from None


def parse_address(text: str) -> Address:
    """Read a whole address; WrongUsage with its form when it is none."""
    try:
        return Address.parse(text)
    except ValueError:
        raise _unknown(text, ()) from None


def whole(texts: Iterable[str]) -> frozenset[Address]:
    """Those of *texts* that are addresses in full, known or not."""
    found = set()
    for text in texts:
        with suppress(ValueError):
            found.add(Address.parse(text))
    return frozenset(found)


def _spellings(at: Address) -> tuple[str, str, str]:
    """How people write an address; without its provider it means all providers."""
    return str(at), f"{at.kind}.{at.key}", at.key


def _unknown(text: str, known: Collection[Address]) -> WrongUsage:
    from smsform.project.suggest import near_address

    hint = near_address(text, known)
    if not hint and 0 < len(known) <= _FEW:
        which = ", ".join(map(str, sorted(known)))
        hint = say("cli.all_addresses", addresses=which)
    try:
        Address.parse(text)
        no_address = False
    except ValueError:
        no_address = "/" in text or not text
    what = say("cli.no_address" if no_address else "cli.unknown_address", address=text)
    return WrongUsage("address", what, hint or say("cli.address_hint"))
