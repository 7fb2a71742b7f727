"""Approved ids for applications, as JSON and as shell variables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.errors import ConfigError
from smsform.model import Address, Kind
from smsform.project.ids import Id
from smsform.project.variables import variable
from smsform.report.readable import readable_json
from smsform.report.terminal import safe
from smsform.words import say

FORMAT = 2  # 2: `send`


def as_json(found: Sequence[Id]) -> str:
    """By provider, kind and key."""
    document: dict[str, dict[str, dict[str, object]]] = {}
    for each in found:
        provider = document.setdefault(each.address.provider, {})
        provider.setdefault(each.address.kind, {})[each.address.key] = {
            "send": each.send,
            "id": each.id,
            "name": each.name,
            "parameters": list(each.parameters),
            "approved_seen": each.since,
            "emulated": each.emulated,
            **({"deprecated": each.deprecated} if each.deprecated else {}),
        }
    return readable_json({"smsform_ids": FORMAT, "providers": document})


def as_env(found: Sequence[Id]) -> str:
    """``PROVIDER_TEMPLATE_LOGIN_CODE=1110`` lines, sorted; names are ASCII words.

    A template's ``…_PARAMS`` are the variables of its text in their order. A
    signature's value is its name, which senders give. ConfigError when two addresses
    would be one variable; a moved key spelled like its successor shares its variable.
    """
    owners: dict[str, Id] = {}
    for each in sorted(found, key=lambda each: bool(each.deprecated)):
        for name in (variable(each.address), _order(each.address)):
            first = owners.setdefault(name, each)
            if first is not each and not (each.deprecated and first.id == each.id):
                one, other = first.address, each.address
                what = say("report.ids_twins", name=name, one=one, other=other)
                raise ConfigError("ids", what, say("report.ids_twins_hint"))
    emulated = sorted({each.address.provider for each in found if each.emulated})
    lines = [say("report.ids_emulated", provider=safe(name)) for name in emulated]
    for each in found:
        name = variable(each.address)
        if owners[name] is not each:
            continue
        if each.deprecated:
            instead = safe(each.deprecated)
            lines.append(say("report.ids_deprecated", instead=instead))
        lines.append(f"{name}={_quoted(each.send)}")
        if each.address.kind is Kind.TEMPLATE:
            order = _quoted(",".join(each.parameters))
            lines.append(f"{_order(each.address)}={order}")
    return "\n".join(lines)


def _order(address: Address) -> str:
    """The variable with the order of a template's values."""
    return f"{variable(address)}_PARAMS"


def _quoted(value: str) -> str:
    """A value as a shell reads it back; unquoted where possible, for readers that keep
    quotes."""
    if re.fullmatch(r"[\w@%+:,./-]*", value):
        return value
    from shlex import quote

    return quote(value)
