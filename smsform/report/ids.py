"""Approved ids for applications, as JSON and as shell variables."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smsform.errors import ConfigError
from smsform.model import Address
from smsform.project.variables import variable
from smsform.report.terminal import readable_json, safe
from smsform.state import State
from smsform.words import say

FORMAT = 1


class Id(NamedTuple):
    """An address's active id, its version's parameters in order, and since when."""

    address: Address
    id: str
    name: str
    parameters: tuple[str, ...]
    since: str
    emulated: bool


def approved(state: State, emulated: frozenset[str]) -> Iterator[Id]:
    """The ids that were approved when last seen; never others."""
    for address in state.addresses():
        record = state.blocks[address.provider].record((address.kind, address.key))
        version = record.version(record.active)
        if version is not None and version.usable:
            yield Id(
                address, version.id, version.name, version.parameters,
                record.active_since, address.provider in emulated,
            )  # fmt: skip


def as_json(found: Sequence[Id]) -> str:
    """By provider, kind and key."""
    document: dict[str, dict[str, dict[str, object]]] = {}
    for each in found:
        provider = document.setdefault(each.address.provider, {})
        provider.setdefault(each.address.kind, {})[each.address.key] = {
            "id": each.id,
            "name": each.name,
            "parameters": list(each.parameters),
            "approved_seen": each.since,
            "emulated": each.emulated,
        }
    return readable_json({"smsform_ids": FORMAT, "providers": document})


def as_env(found: Sequence[Id]) -> str:
    """``PROVIDER_TEMPLATE_LOGIN_CODE=1110`` lines, sorted; names are ASCII words.

    ConfigError when two addresses would be one variable.
    """
    owners: dict[str, Address] = {}
    for each in found:
        first = owners.setdefault(variable(each.address), each.address)
        if first != each.address:
            name = variable(first)
            what = say("report.ids_twins", name=name, one=first, other=each.address)
            raise ConfigError("ids", what, say("report.ids_twins_hint"))
    emulated = sorted({each.address.provider for each in found if each.emulated})
    lines = [say("report.ids_emulated", provider=safe(name)) for name in emulated]
    for each in found:
        lines.append(f"{variable(each.address)}={shlex.quote(each.id)}")
    return "\n".join(lines)
