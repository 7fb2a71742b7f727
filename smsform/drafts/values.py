"""What an import makes of an entry: a draft, or the reason there is none."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from smsform.model import Address, Definition, Existing, Kind


class SkipReason(StrEnum):
    """Why an entry gets no definition."""

    OWNED = "owned"  # by an address of the state file
    FOREIGN = "foreign"  # the service's own
    CANCELLED = "cancelled"
    DEFINED = "defined"  # a definition says just this: apply adopts it
    NAMESAKE = "namesake"  # a definition has its name and says something else
    CLAIMED = "claimed"  # an `adopt` block says whose it is
    SUBMITTED = "submitted"  # may be what an open submission made
    UNKNOWN = "unknown"  # its review is in a state smsform does not know
    UNTOLD = "untold"  # the service did not show its text
    UNWRITABLE = "unwritable"  # no definition says it exactly


# These reasons are only counted; other entries that are left out are named.
COUNTED = (
    SkipReason.OWNED,
    SkipReason.FOREIGN,
    SkipReason.CANCELLED,
    SkipReason.DEFINED,
)
# These should have been imported and could not be.
FAILED = (SkipReason.UNKNOWN, SkipReason.UNTOLD, SkipReason.UNWRITABLE)


class Cause(StrEnum):
    """Why entries share a definition, or why one does not join where it could have."""

    NAME = "name"  # signatures of one name
    TEXT = "text"  # the same text
    VARIABLES = "variables"  # the same but for the names of its variables
    SEVERAL = "several"  # several of this text, and nothing tells which belong together
    DIFFERS = "differs"  # it shows something that one definition cannot say of both
    UNREADABLE = "unreadable"  # one definition of all of them could not be read back
    FILE = "file"  # the definition stands where nothing can be added safely

    @property
    def joins(self) -> bool:
        """Whether it is a reason to share."""
        return self in (Cause.NAME, Cause.TEXT, Cause.VARIABLES)


class Join(NamedTuple):
    """Why entries share a definition, or one stays apart; no cause when it never
    could."""

    cause: Cause | None = None
    what: str = ""


ALONE = Join()


class SkippedEntry(NamedTuple):
    """An entry that gets no definition; ``what`` is a detail of the reason."""

    entry: Existing
    why: SkipReason
    what: str = ""


class ChosenEntry(NamedTuple):
    """An entry to define; ``beside`` are others of its name, text and market."""

    provider: str
    entry: Existing
    beside: tuple[Existing, ...] = ()

    @property
    def named(self) -> tuple[str, Kind, str]:
        """What identifies it: provider, kind and id."""
        return self.provider, self.entry.kind, self.entry.id


class Unit(NamedTuple):
    """The entries that become one definition: at most one of each provider.

    ``base`` is the definition, where it exists already.
    """

    picks: tuple[ChosenEntry, ...]
    base: Definition | None = None
    join: Join = ALONE

    @property
    def kind(self) -> Kind:
        """Signature or template."""
        return self.picks[0].entry.kind

    @property
    def market(self) -> bool:
        """Whether it is for the international market; one that serves both is domestic
        here."""
        if self.base is not None:
            return self.base.international
        return any(pick.entry.international is True for pick in self.picks)

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers with a pick, in their order."""
        return tuple([pick.provider for pick in self.picks])


class Draft(Struct, frozen=True):
    """The definition proposed for a unit.

    ``check`` names what is a guess, ``notes`` are comments for the file.
    """

    unit: Unit
    definition: Definition
    check: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """Signature or template."""
        return self.unit.kind

    @property
    def key(self) -> str:
        """The definition's."""
        return self.definition.key

    @property
    def is_new(self) -> bool:
        """Whether it was not defined before."""
        return self.unit.base is None

    @property
    def changes(self) -> bool:
        """Whether an existing definition is extended."""
        return self.unit.base not in (None, self.definition)

    def addresses(self) -> Iterator[tuple[Address, ChosenEntry]]:
        """Each pick with the address that will own it."""
        for pick in self.unit.picks:
            yield Address(pick.provider, self.kind, self.key), pick

    def pick(self, provider: str) -> ChosenEntry | None:
        """The pick of *provider*."""
        return next((p for p in self.unit.picks if p.provider == provider), None)


def submitted_first(entry: Existing) -> tuple[int, str]:
    """A sort key by age: ids count up at every service seen so far."""
    number = "".join(c for c in entry.id if c.isascii() and c.isdigit())
    return int(number or 0), entry.id
