"""A look at a state file as ``dump`` writes it: providers, their places and numbers.

That is enough to ask services for their first pages. To read and check ten thousand
entries takes as long as the first answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import BinaryIO

from msgspec import MsgspecError, Struct, json

from smsform.model import Identity, Kind
from smsform.state.layout import Otherwise, sections
from smsform.state.parse import IDENTITY
from smsform.state.shape import Malformed

KINDS = {kind: f'\n    "{kind}.'.encode() for kind in Kind}


class Glimpse(Struct, frozen=True):
    """Where the entries of a provider are, and how many addresses have any, by kind."""

    identity: Identity
    entries: Mapping[Kind, int]


def glimpse(file: BinaryIO, providers: Collection[str]) -> Mapping[str, Glimpse]:
    """What the file seems to hold of *providers*; of none where that is not plain.

    So it is when others are in it, and when its lines are not as ``dump`` writes them.
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
    except (Otherwise, MsgspecError, Malformed):
        return {}
    return found if found.keys() <= set(providers) else {}


def _identity(rest: bytes) -> Identity:
    fields = json.decode(b"{" + rest + b"}", type=dict[str, object])
    return Identity(*IDENTITY.read(fields.get("identity")))
