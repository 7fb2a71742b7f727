"""What services tell about delivery, apart from a review."""

# No annotations are postponed here: each would be compiled when a state file is read.
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from smsform.hours import BEIJING

LONGEST_WHY = 300  # characters of a service's words that are kept
LATEST = 221_845_392_000  # the year 9000: calendars end a little later
SOON = 30  # days before a paper runs out from which on it is announced


class Deliverable(StrEnum):
    """Whether messages with an entry reach people; its review does not say that.

    Carriers register a signature after its review, a template can lack what it was
    filed with, a letter runs out. UNTOLD: the service says nothing about it.
    """

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"
    UNTOLD = "untold"


def kept(words: str) -> str:
    """A service's words as the state keeps them: cut to LONGEST_WHY, valid Unicode."""
    return words[:LONGEST_WHY].encode("utf-8", "replace").decode()


def moment_of(time: datetime) -> int:
    """*time* in unix seconds; 0, for not known, when it is out of range."""
    seconds = round(time.timestamp())
    return seconds if 0 < seconds <= LATEST else 0


class Term(Struct, frozen=True):
    """A document that an entry depends on, as the service calls it, and its last day.

    ``until`` is a day in Beijing, YYYY-MM-DD.
    """

    paper: str
    until: str

    def days(self, now: float) -> int:
        """How many days are left at *now*, unix seconds; negative when it ran out."""
        today = datetime.fromtimestamp(now, BEIJING).date()
        return (date.fromisoformat(self.until) - today).days


class Delivery(Struct, frozen=True, omit_defaults=True):
    """What a service told about delivery of an entry; of several carriers, the worst.

    ``why`` are its words for anything but YES; ``since`` when it says that this began,
    unix seconds, 0 where it does not say; ``seen`` when it was first told so, ISO 8601
    UTC, which only the state file knows. ``terms`` are the papers that run out some
    day, the next to do so first.
    """

    told: Deliverable
    why: str = ""
    since: int = 0
    seen: str = ""
    terms: tuple[Term, ...] = ()

    def same(self, other: "Delivery | None") -> bool:
        """Whether both say the same, apart from ``seen``; None says nothing."""
        return replace(self, seen="") == replace(other or UNTOLD, seen="")

    @property
    def hinders(self) -> bool:
        """Whether ids do not move to the entry because of it."""
        return self.told in (Deliverable.NOT_YET, Deliverable.NO)

    @property
    def calm(self) -> bool:
        """Whether nobody needs to act: nothing hinders delivery, no paper runs out."""
        return not self.hinders and not self.terms

    def near(self, now: float) -> "Delivery":
        """The same with only those papers that run out soon or have run out."""
        return replace(self, terms=self.ending(now))

    def ending(self, now: float) -> tuple[Term, ...]:
        """The papers that run out within SOON days of *now*, or have run out."""
        return tuple([term for term in self.terms if term.days(now) <= SOON])


UNTOLD = Delivery(Deliverable.UNTOLD)


def worst(*told: Delivery) -> Delivery:
    """The worst of what several sources say, with the reasons of all that are as bad.

    UNTOLD counts only when no source says more; every term is kept.
    """
    terms = sorted({term for each in told for term in each.terms}, key=_by_day)
    ranked = [each for each in told if each.told is not Deliverable.UNTOLD] or [UNTOLD]
    at = min((each.told for each in ranked), key=_RANK.index)
    these = [each for each in ranked if each.told is at]
    why = kept(", ".join(filter(None, (each.why for each in these))))
    since = max(each.since for each in these)
    return Delivery(at, why, since, terms=tuple(terms))


_RANK = (Deliverable.NO, Deliverable.NOT_YET, Deliverable.YES, Deliverable.UNTOLD)


def _by_day(term: Term) -> tuple[str, str]:
    return term.until, term.paper
