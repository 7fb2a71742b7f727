"""A signature or template that an emulator keeps, and the place it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import json


class Place(NamedTuple):
    """Where an entry belongs: entries of one region or account are unseen in others."""

    provider: str
    account: str
    region: str


class Entry(NamedTuple):
    """One signature or template; ``international`` None serves both markets.

    Times are unix seconds: ``created`` the submission, ``judged`` the last verdict or
    0. ``reads`` counts the lists that showed it while it was in review. ``data`` is
    JSON: what the service keeps beside the common columns.
    """

    id: int
    provider: str
    account: str
    region: str
    kind: str
    international: int | None
    name: str
    text: str
    review: str
    note: str = ""
    created: float = 0.0
    judged: float = 0.0
    reads: int = 0
    data: str = "{}"

    @property
    def fields(self) -> dict[str, object]:
        """``data`` as a mapping."""
        fields: dict[str, object] = json.decode(self.data)
        return fields
