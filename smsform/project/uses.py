"""Ids of a project in source code: what is searched for, and whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smsform.model import Address, Kind
from smsform.plan import NO_USES, InUse
from smsform.project.own_files import own_files
from smsform.project.workspace import Workspace
from smsform.provider import KindSpec
from smsform.state import Record, State, Version

if TYPE_CHECKING:
    from smsform.uses import SearchResult, Token


class IdRole(StrEnum):
    """What became of the version whose id stands in source code."""

    ACTIVE = "active"
    CANDIDATE = "candidate"
    REPLACED = "replaced"
    RETIRED = "retired"  # not at the service any more
    UNKNOWN = "unknown"  # an id of the service that no address owns


class Owner(NamedTuple):
    """The owner of an id; the address is None when there is none."""

    address: Address | None
    role: IdRole


class IdUse(NamedTuple):
    """One occurrence of one id. ``path`` is relative where that is shorter."""

    path: str
    line: int
    column: int
    id: str
    owners: tuple[Owner, ...]


def uses(
    project: Workspace, state: State, paths: Sequence[Path]
) -> tuple[tuple[IdUse, ...], SearchResult]:
    """Every place below *paths* that has an id of the state, and the search itself.

    A signature that applications send by its name is found where that name is a string
    in quotes.
    """
    from smsform.uses import search

    wanted = dict(_wanted(project, state))
    found = search(paths, wanted, own_files(project))
    owners: dict[str, list[Owner]] = {}
    for token, owner in wanted.items():
        if owner is not None:
            owners.setdefault(token.text, []).extend(owner)
    unknown = (Owner(None, IdRole.UNKNOWN),)
    places = tuple(
        IdUse(
            shortest(use.path),
            use.line,
            use.column,
            use.text,
            tuple(owners.get(use.text, unknown)),
        )
        for use in found.uses
    )
    return places, found


def ids_in_use(project: Workspace, state: State, names: Collection[str]) -> InUse:
    """The ids in the folders of ``policy.uses`` that a plan might delete.

    It searches only for the ids of *names* that are not handed out, or whose key is not
    defined; without such ids not at all.
    """
    paths = project.config.policy.uses
    wanted = set(_deletable(project, state, names)) if paths else set()
    if not wanted:
        return NO_USES
    from smsform.uses import Token, search

    tokens = [Token(id) for id in sorted(wanted)]
    found = search(paths, tokens, own_files(project))
    places: dict[str, str] = {}
    for use in found.uses:
        places.setdefault(use.text, f"{shortest(use.path)}:{use.line}")
    missing = (*found.nothing, *found.unread)
    return InUse(places, shortest(missing[0]) if missing else "")


def _deletable(
    project: Workspace, state: State, names: Collection[str]
) -> Iterator[str]:
    defined = {
        Kind.SIGNATURE: project.definitions.signatures,
        Kind.TEMPLATE: project.definitions.templates,
    }
    for name in names:
        block = state.blocks.get(name)
        for (kind, key), record in block.records.items() if block else ():
            if project.spec(name).kinds[kind].removable:
                for version in record.versions:
                    if version.id != record.active or key not in defined[kind]:
                        yield version.id


def shortest(path: Path) -> str:
    """*path* from the current folder if it lies below it, else whole."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _wanted(
    project: Workspace, state: State
) -> Iterator[tuple[Token, tuple[Owner, ...] | None]]:
    from smsform.uses import Token

    owned: dict[Token, list[Owner]] = {}
    for address in state.addresses():
        if address.provider not in project.config.providers:
            continue
        card = project.spec(address.provider).kinds[address.kind]
        record = state.blocks[address.provider].record((address.kind, address.key))
        for version in record.versions:
            owner = Owner(address, role(record, version))
            for token in tokens(card, version):
                owned.setdefault(token, []).append(owner)
    for address, id in _retired(project, state):
        owned.setdefault(Token(id), [Owner(address, IdRole.RETIRED)])
    yield from ((token, tuple(owners)) for token, owners in owned.items())
    for name in project.config.providers:
        for card in project.spec(name).kinds.values():
            if card.id_prefix:
                yield Token(card.id_prefix, open=True), None


def _retired(project: Workspace, state: State) -> Iterator[tuple[Address, str]]:
    """Ids of deleted versions, where ids can be recognised in source code."""
    for provider in state.blocks.keys() & project.config.providers.keys():
        for (kind, key), ids in state.blocks[provider].retired.items():
            if not project.spec(provider).kinds[kind].named:
                yield from ((Address(provider, kind, key), id) for id in ids)


def tokens(card: KindSpec, version: Version) -> tuple[Token, ...]:
    """How applications may spell a version: its id, and the name where they send it."""
    from smsform.uses import Token

    word = () if card.named else (Token(version.id),)
    name = (Token(version.name, literal=True),) if card.sent_by_name else ()
    return (*word, *name)


def role(record: Record, version: Version) -> IdRole:
    """What became of a *version* of an address."""
    if version.gone:
        return IdRole.RETIRED
    if version.id == record.active:
        return IdRole.ACTIVE
    replaced = version.usable and not record.waits(version)
    return IdRole.REPLACED if replaced else IdRole.CANDIDATE


def places_of(found: Sequence[IdUse]) -> Mapping[str, tuple[IdUse, ...]]:
    """The occurrences by id, in their order."""
    places: dict[str, list[IdUse]] = {}
    for use in found:
        places.setdefault(use.id, []).append(use)
    return {id: tuple(each) for id, each in places.items()}
