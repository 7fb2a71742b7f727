"""The ids that applications may use: those that were approved when last seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from smsform.model import Address, Kind
from smsform.project.published import published_ids
from smsform.project.workspace import Workspace, load_state, open_store
from smsform.state.published import Published
from smsform.words import say


class Id(Struct, frozen=True):
    """An address's active id, its version's parameters in order, and since when.

    ``deprecated`` says what to use instead, when the key is to go.
    """

    address: Address
    id: str
    name: str
    parameters: tuple[str, ...]
    since: str
    emulated: bool
    deprecated: str = ""

    @property
    def send(self) -> str:
        """What a sending call takes: a template's id, a signature's name."""
        return self.name if self.address.kind is Kind.SIGNATURE else self.id


def project_ids(project: Workspace) -> tuple[Id, ...]:
    """Every id the project hands out, by its state alone."""
    state = load_state(project, open_store(project))
    providers = project.config.providers.items()
    emulated = frozenset(name for name, each in providers if each.emulated)
    return tuple(approved(published_ids(project, state), emulated))


def approved(found: Iterable[Published], emulated: frozenset[str]) -> Iterator[Id]:
    """Ids that were approved when the state file last saw them, and no others."""
    for each in found:
        instead = each.instead
        if each.moved:
            instead = say("report.ids_moved", key=each.of.key)
        version = each.version
        yield Id(
            each.address,
            version.id,
            version.name,
            version.parameters,
            each.since,
            each.address.provider in emulated,
            instead,
        )
