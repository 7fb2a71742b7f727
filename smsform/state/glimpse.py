"""A look at a state file as ``dump`` writes it: where each provider is, how many
entries it has.

That is enough to ask services for their first pages. To read and check ten thousand
entries takes as long as the first answer does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import BinaryIO

from msgspec import MsgspecError, Struct, json

from smsform.model import Identity, Kind
from smsform.state.layout import OtherLayout, sections
from smsform.state.parse import IDENTITY
from smsform.state.shape import Malformed

KINDS = {kind: f'\n    "{kind}.'.encode() for kind in Kind}


class Glimpse(Struct, frozen=True):
    """The place of a provider's entries, and how many addresses own any, by kind."""

    identity: Identity
    entries: Mapping[Kind, int]


def glimpse(file: BinaryIO, providers: Collection[str]) -> Mapping[str, Glimpse]:
    """What the file seems to hold of *providers*; nothing where that cannot be told.

    It cannot when other providers are in it, nor when it is laid out otherwise.
    """
    found = {}
    try:
        numbers = dict.fromkeys(Kind, 0)
        for provider, entries, rest in sections(file):
            for kind, line in KINDS.items():
                numbers[kind] += entries.count(line)
            if rest:
                found[provider] = Glimpse(_identity(rest), numbers)
                numbers = dict.fromkeys(Kind, 0)
    except (OtherLayout, MsgspecError, Malformed):
        return {}
    return found if found.keys() <= set(providers) else {}


def _identity(rest: bytes) -> Identity:
    fields = json.decode(b"{" + rest + b"}", type=dict[str, object])
    return Identity(*IDENTITY.read(fields.get("identity")))
