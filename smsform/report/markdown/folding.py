"""Fitting a report into a comment: entries are kept or counted as a whole, never cut.

A report is a marker, a summary that always stays, and sections of entries. The most
important entries are kept, in the order of importance; where some are left out, a line
says how many, and where they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from smsform.report.markdown.frame import Frame
from smsform.report.markdown.markup import prose, row
from smsform.words import say

# Tiers of sections, in the order in which they get room.
NOTICES, ROWS, DETAILS, LISTS = range(4)
PATIENCE = 20  # entries of a section that do not fit, before the rest is left out


class Foldable(NamedTuple):
    """Something kept or left out as a whole; a lower *rank* is kept longer.

    *write* gives its HTML, on lines that begin with a tag, and is called only while
    there is room.
    """

    rank: int
    write: Callable[[], str]


class Section(Struct):
    """Entries between *open* and *close*; *more* wraps the number of those left out.

    The *heading* is written once above neighbours that share it. Sections of a lower
    *tier* get their room first.
    """

    open: str
    close: str
    more: str
    entries: list[Foldable] = field(default_factory=list)
    heading: str = ""
    tier: int = 0

    def add(self, rank: int, write: Callable[[], str]) -> None:
        """Add one entry."""
        self.entries.append(Foldable(rank, write))


def bullets(open: str = "", tier: int = NOTICES, heading: str = "") -> Section:
    """An empty list, below *open*."""
    return Section(f"{open}<ul>", "</ul>", "<li>{}</li>", heading=heading, tier=tier)


def table(columns: Sequence[str], heading: str = "") -> Section:
    """An empty table; *columns* are the names of its columns."""
    more = f'<tr><td colspan="{len(columns)}">{{}}</td></tr>'
    open = f"<table>{row(columns, 'th')}"
    return Section(open, "</table>", more, heading=heading, tier=ROWS)


def units(text: str) -> int:
    """The length of *text* in UTF-16 code units, and of the line break after it."""
    return len(text) + sum(c > "\uffff" for c in text) + 1


def fit(frame: Frame, summary: str, sections: Sequence[Section]) -> str:
    """The whole report in *frame*, as far as there is room."""
    summary = f"{frame.marker}\n\n{summary}"
    total = sum(len(section.entries) for section in sections)
    room = frame.room - units(summary) - units(f"\n{_more(frame, '<p>{}</p>', total)}")
    kept = _kept(frame, sections, room)
    return "\n".join([summary, *_written(frame, sections, kept)])


Kept = dict[int, list[str]]  # by the number of the section, most important first


def _kept(frame: Frame, sections: Sequence[Section], room: int) -> Kept:
    """The entries for which there is room, beside headings and counts."""
    kept: Kept = {}
    headings: set[str] = set()
    missed: Counter[int] = Counter()
    order = sorted(
        (section.tier, entry.rank, number, place)
        for number, section in enumerate(sections)
        for place, entry in enumerate(section.entries)
    )
    for _, _, number, place in order:
        section = sections[number]
        if missed[number] >= PATIENCE:
            continue
        text = section.entries[place].write()
        cost = units(text)
        if number not in kept:
            cost += _frame_cost(frame, section, section.heading not in headings)
        if cost > room:
            missed[number] += 1
            continue
        room -= cost
        kept.setdefault(number, []).append(text)
        headings.add(section.heading)
    return kept


def _frame_cost(frame: Frame, section: Section, heading: bool) -> int:
    parts = [f"\n{section.open}", section.close]
    parts.append(_more(frame, section.more, len(section.entries)))
    if heading:
        parts.append(f"\n{section.heading}")
    return sum(map(units, parts))


def _written(frame: Frame, sections: Sequence[Section], kept: Kept) -> Iterator[str]:
    heading, unopened = "", 0
    for number, section in enumerate(sections):
        texts = kept.get(number, [])
        left = len(section.entries) - len(texts)
        if not texts:
            unopened += left
            continue
        if section.heading and section.heading != heading:
            heading = section.heading
            yield f"\n{heading}"
        count = _more(frame, section.more, left) if left else ""
        lines = filter(None, [section.open, *texts, count, section.close])
        yield "\n" + "\n".join(lines)
    if unopened:
        yield f"\n{_more(frame, '<p>{}</p>', unopened)}"


def _more(frame: Frame, wrap: str, count: int) -> str:
    return wrap.format(prose(say(f"markdown.more_{frame.kind}", count=count)))
