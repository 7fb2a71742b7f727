"""What becomes of an entry: a draft, or a word on why it is left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from smsform.model import Address, Existing, Kind, Signature, Template


class SkipReason(StrEnum):
    """Why an entry gets no definition."""

    OWNED = "owned"  # by an address of the state file
    FOREIGN = "foreign"  # the service's own
    CANCELLED = "cancelled"
    DEFINED = "defined"  # a definition says just this: apply adopts it
    NAMESAKE = "namesake"  # a definition has its name and says something else
    SUBMITTED = "submitted"  # may be what an open submission made
    UNKNOWN = "unknown"  # its review is in a state smsform does not know
    UNTOLD = "untold"  # the service did not show its text
    UNWRITABLE = "unwritable"  # no definition says it exactly


# These are only counted; every other entry that is left is named.
COUNTED = (
    SkipReason.OWNED,
    SkipReason.FOREIGN,
    SkipReason.CANCELLED,
    SkipReason.DEFINED,
)
# These should have been imported and could not be.
FAILED = (SkipReason.UNKNOWN, SkipReason.UNTOLD, SkipReason.UNWRITABLE)


class SkippedEntry(NamedTuple):
    """An entry that is left as it is; ``what`` says more about the reason."""

    entry: Existing
    why: SkipReason
    what: str = ""


class ChosenEntry(NamedTuple):
    """An entry to define, and those ``beside`` it with its name, text and market."""

    entry: Existing
    beside: tuple[Existing, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A definition proposed for an entry.

    ``check`` names what is a guess, ``notes`` are comments for the file. ``beside`` are
    further entries that the address will own.
    """

    provider: str
    entry: Existing
    definition: Template | Signature
    check: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[Existing, ...] = ()

    @property
    def kind(self) -> Kind:
        """Signature or template."""
        return self.entry.kind

    @property
    def address(self) -> Address:
        """What will own the entry."""
        return Address(self.provider, self.kind, self.definition.key)


def submitted_first(entry: Existing) -> tuple[int, str]:
    """Sorts entries by age: ids count up at every service seen so far."""
    number = "".join(c for c in entry.id if c.isascii() and c.isdigit())
    return int(number or 0), entry.id
