"""What services tell about delivery, apart from a review."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Deliverable(StrEnum):
    """Whether messages with an entry reach people: that is not what its review says.

    Carriers register a signature after its review, a template can lack what it was
    filed with, a letter runs out. UNTOLD: the service says nothing about it.
    """

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"
    UNTOLD = "untold"


class Delivery(NamedTuple):
    """What a service told about delivery of an entry, the worst carrier counting.

    ``why`` are its words for anything but YES, ``since`` when it says that this began,
    unix seconds, 0 where it does not say; ``seen`` when it was first told so, ISO 8601
    UTC, which only the state file knows.
    """

    told: Deliverable
    why: str = ""
    since: int = 0
    seen: str = ""

    def same(self, other: Delivery | None) -> bool:
        """Whether both say the same, whenever first told; None says nothing."""
        return self[:3] == (other or UNTOLD)[:3]

    @property
    def hinders(self) -> bool:
        """Whether it keeps ids from moving to the entry."""
        return self.told in (Deliverable.NOT_YET, Deliverable.NO)


UNTOLD = Delivery(Deliverable.UNTOLD)
