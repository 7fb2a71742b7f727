"""What a plan lists below its lines: orphans, replaced versions, quotas."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from smsform.model import Address, Existing, Kind


class Risk(StrEnum):
    """What makes an unmanaged entry one to look at."""

    SAME_TEXT = "same_text"  # as a definition: it is taken, or a person has to choose
    SAME_NAME = "same_name"  # as a definition
    APPROVED = "approved"  # somebody may be sending with it
    IN_USE = "in_use"  # source code names its id


class Orphan(NamedTuple):
    """A version of ours that no definition wants; ``spared`` says why it stays."""

    address: Address
    entry: Existing
    spared: str = ""

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


class Retirable(NamedTuple):
    """A replaced version: since when it could go, and when policy lets it (unix s).

    ``spared`` says why it stays all the same.
    """

    address: Address
    entry: Existing
    since: float
    due: float | None
    spared: str = ""

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


class Quota(NamedTuple):
    """Entries held now and after the plan, of how many.

    ``superseding`` of those after hold a slot beside the version they replace;
    ``freeable`` are addresses whose replaced versions could be retired instead. A
    ``daily`` one counts what was submitted today, by the calendar of Beijing.
    """

    kind: Kind
    held: int
    after: int
    limit: int
    superseding: int = 0
    freeable: tuple[Address, ...] = ()
    daily: bool = False
