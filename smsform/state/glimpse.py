"""A look at a state file as ``dump`` writes it: providers, their places and numbers.

That is enough to ask services for their first pages. To read and check ten thousand
entries takes as long as the first answer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from json.encoder import encode_basestring

from msgspec import Struct

from smsform.model import Identity, Kind
from smsform.state.parse import FORMAT, IDENTITY
from smsform.state.shape import Malformed

FIRST = b'{\n "providers": {'
LAST = f'\n }},\n "smsform": {FORMAT}\n}}\n'.encode()
KINDS = {kind: f'\n    "{kind}.'.encode() for kind in Kind}


class Glimpse(Struct, frozen=True):
    """Where the entries of a provider are, and how many addresses have any, by kind."""

    identity: Identity
    entries: Mapping[Kind, int]


def glimpse(data: bytes, providers: Collection[str]) -> Mapping[str, Glimpse]:
    """What the file seems to hold of *providers*; of none where that is not plain.

    So it is when others are in it, and when its lines are not as ``dump`` writes them.
    """
    lines = {_line(2, name): name for name in providers}
    found, at = {}, len(FIRST)
    try:
        while data.startswith(FIRST):
            line = data[at : data.index(b"{", at) + 1]
            place = data.index(_line(3, "identity"), at)
            end = data.index(b"\n  }", place)
            found[lines[line]] = Glimpse(
                _identity(data[place:end]),
                {kind: data.count(each, at, place) for kind, each in KINDS.items()},
            )
            at = end + len(b"\n  }")
            if data[at:] == LAST:
                return found
            at = data.index(b",", at) + 1
    except (LookupError, ValueError, RecursionError, Malformed):
        pass
    return {}


def _identity(data: bytes) -> Identity:
    """ValueError or Malformed where it is none."""
    fields = data[: data.index(b"\n   }")].partition(b":")[2] + b"}"
    return Identity(*IDENTITY.read(json.loads(fields)))


def _line(depth: int, key: str) -> bytes:
    """How the line begins at which an object stands under *key*, that deep inside."""
    return f"\n{' ' * depth}{encode_basestring(key)}: {{".encode()
