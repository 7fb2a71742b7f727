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

LAST = f'\n "smsform": {FORMAT}\n}}\n'.encode()


class Glimpse(Struct, frozen=True):
    """Where the entries of a provider are, and how many addresses have any, by kind."""

    identity: Identity
    entries: Mapping[Kind, int]


def glimpse(data: bytes, providers: Collection[str]) -> Mapping[str, Glimpse]:
    """What the file seems to hold of *providers*; of none where that is not plain.

    So it is when others are in it, and when its lines are not as ``dump`` writes them.
    """
    found = {}
    try:
        for name in providers:
            start = data.find(_line(2, name))
            if start >= 0:
                found[name] = _block(data[start : data.index(b"\n  }", start)])
    except (ValueError, RecursionError, Malformed):
        return {}
    whole = data.endswith(LAST) and data.count(b'\n  "') == len(found)
    return found if whole else {}


def _block(data: bytes) -> Glimpse:
    """ValueError or Malformed where it has no identity in its place."""
    place = data.index(_line(3, "identity"))
    end = data.index(b"\n   }", place)
    fields = json.loads(data[place:end].partition(b":")[2] + b"}")
    kinds = {kind: f'\n    "{kind}.'.encode() for kind in Kind}
    return Glimpse(
        Identity(*IDENTITY.read(fields)),
        {kind: data.count(line, 0, place) for kind, line in kinds.items()},
    )


def _line(depth: int, key: str) -> bytes:
    """How the line begins at which an object stands under *key*, that deep inside."""
    return f"\n{' ' * depth}{encode_basestring(key)}: {{".encode()
