"""The data that the page shows of one template; its looks are in the HTML template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from smsform.errors import Level, Problem
from smsform.model import Review
from smsform.plan import Action, Mark, Reason
from smsform.plan.written import WrittenChange
from smsform.preview import Message, Native, Preview
from smsform.report.preview import SHOWN_CHARACTERS, Among, blamed, market, once
from smsform.report.terminal import width

STEP = 60  # pixels; the same number is in page.css
TALL = range(4, 31)


class Card(Struct, frozen=True, dict=True):
    """A template on the page, with its problems and its lines of a plan."""

    shown: Preview
    problems: Sequence[Problem]
    lines: Sequence[WrittenChange]

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """The messages, the longest first; equal ones of several providers once."""
        return once(self.shown.messages)

    @property
    def market(self) -> str:
        """The market, as a word of the catalogue."""
        return market(self.shown)

    @cached_property
    def longest(self) -> Message | None:
        """The message with the most units, where they differ."""
        return Among.of(self.messages).longest

    @property
    def sender(self) -> str:
        """The signature's name; its key when it is not defined."""
        signature = self.shown.signature
        return signature.name if signature else self.shown.template.signature or ""

    @property
    def providers(self) -> list[str]:
        """The providers it goes to."""
        return [name for native in self.shown.natives for name in native.providers]

    @property
    def natives(self) -> list[Native]:
        """The texts that providers get; those with the same text together."""
        found: dict[tuple[object, ...], Native] = {}
        for each in self.shown.natives:
            if each.text:
                key = each.text, each.verbatim, each.verbatim and each.parameters
                first = found.setdefault(key, each)
                if first is not each:
                    providers = first.providers + each.providers
                    found[key] = replace(first, providers=providers)
        return list(found.values())

    @property
    def tall(self) -> int:
        """The approximate height beside the phone, in `STEP`s.

        A browser lays out what is near; for the rest it takes this height, so that
        nothing jumps while scrolling. Widths are those of page.css.
        """
        phone = 60 + sum(94 + 22 * _lines(each.text, 38) for each in self.messages)
        told = 95 + sum(4 + 21 * _lines(each.text, 88) for each in self.natives)
        told += 21 * len(self.shown.template.params)
        told += 21 * _lines(self.shown.template.remark, 95)
        told += sum(50 + 21 * _lines(each.message, 95) for each in self.problems)
        told += sum(64 + 90 * len(each.differences) for each in self.unsettled)
        return max(TALL[0], min(round(max(phone, told) / STEP), TALL[-1]))

    @property
    def segments(self) -> int:
        """The highest number of segments of its messages."""
        return max((each.length.segments for each in self.shown.messages), default=0)

    @property
    def settled(self) -> list[WrittenChange]:
        """The providers at which the wanted text is approved."""
        return [line for line in self.lines if is_settled(line)]

    @property
    def unsettled(self) -> list[WrittenChange]:
        """Lines on which the plan acts or waits, or that have a note."""
        return [line for line in self.lines if not is_settled(line)]

    @property
    def rank(self) -> int:
        """The rank for readers of a plan; lower comes first.

        0 changes, 1 was rejected or has a note, 2 is not settled for another reason, 3
        is.
        """
        if any(line.action is not Action.NONE for line in self.lines):
            return 0
        if any(line.note or line.review is Review.REJECTED for line in self.lines):
            return 1
        return 2 if self.unsettled else 3

    @property
    def states(self) -> list[str]:
        """The plan's actions and reviews of it, for the filter."""
        found: dict[str, None] = {}
        for line in self.lines:
            found[f"action_{line.action}"] = None
            if line.review:
                found[f"review_{line.review}"] = None
        return list(found)

    @property
    def flags(self) -> list[str]:
        """Reasons to look at it first."""
        holds = {
            "with_problems": self.problems or self.shown.failure,
            "several_segments": self.segments > 1,
            "changed": any(line.changes for line in self.lines),
        }
        return [flag for flag, reason in holds.items() if reason]


def _lines(text: str, columns: int) -> int:
    return sum(-(-width(line) // columns) or 1 for line in text.split("\n"))


def is_settled(line: WrittenChange) -> bool:
    """Whether the service has what is wanted, without any note."""
    calm = line.reason is Reason.SETTLED and line.review is not None and not line.note
    return calm and line.delivery.calm and set(line.marks) <= {Mark.UNVERIFIED}


def planned(lines: Iterable[WrittenChange]) -> dict[str, int]:
    """How many lines of each action, and how many rejected; unchanged ones do not
    count."""
    found: Counter[str] = Counter()
    for line in lines:
        if line.action is not Action.NONE:
            found[f"action_{line.action}"] += 1
        elif line.review is Review.REJECTED:
            found[f"review_{line.review}"] += 1
    return dict(found)


def grouped(lines: Iterable[WrittenChange]) -> list[list[WrittenChange]]:
    """Lines that say the same of a definition at several providers, together."""
    found: dict[tuple[object, ...], list[WrittenChange]] = {}
    for line in lines:
        place = line.address.kind, line.address.key
        what = line.action, line.reason, tuple(line.differences), line.note, line.sent
        told = line.segments, line.moved, line.drift, line.marks, line.delivery
        found.setdefault((*place, *what, *told), []).append(line)
    return list(found.values())


def forced(message: Message) -> tuple[str, int]:
    """The characters that force UCS-2, as many as are shown, and how many more."""
    found = blamed(message)
    return found[:SHOWN_CHARACTERS], max(len(found) - SHOWN_CHARACTERS, 0)


def count(problems: Sequence[Problem]) -> dict[Level, int]:
    """How many problems there are of each level that occurs, the gravest first."""
    levels = [problem.level for problem in problems]
    return {level: levels.count(level) for level in Level if level in levels}
