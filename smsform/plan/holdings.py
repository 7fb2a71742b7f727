"""What a plan lists after its lines: orphans, replaced versions, quotas."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from smsform.model import Address, Existing, Kind


class Risk(StrEnum):
    """Why an unmanaged entry deserves a look."""

    SAME_TEXT = "same_text"  # as a definition: it is adopted, or a person has to choose
    SAME_NAME = "same_name"  # as a definition
    APPROVED = "approved"  # somebody may be sending with it
    IN_USE = "in_use"  # source code names its id


class Orphan(NamedTuple):
    """A version of ours that no definition wants; ``spared`` says why it is kept."""

    address: Address
    entry: Existing
    spared: str = ""

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


class Retirable(NamedTuple):
    """A replaced version: since when it may go, and when policy lets it (unix seconds).

    ``spared`` says why it is kept nevertheless.
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
    """How many entries are held now, and after the plan, and the limit.

    ``superseding`` of those after occupy a place beside the version they replace;
    ``freeable`` are addresses whose replaced versions could be retired instead. A
    ``daily`` quota counts what was submitted today, by the calendar of Beijing.
    """

    kind: Kind
    held: int
    after: int
    limit: int
    superseding: int = 0
    freeable: tuple[Address, ...] = ()
    daily: bool = False
