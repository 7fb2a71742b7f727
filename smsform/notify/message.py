"""The text of a notification to one target; pure.

It has a title, entries in groups, and a link. It is cut between entries: ``text(n)``
has the first *n* and the number of the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from smsform.model import Address
from smsform.notices import News, Notice
from smsform.notify.decide import Untold
from smsform.notify.inert import shortened
from smsform.words import Language, say_in

# Bytes of UTF-8; with these the first entry fits into the smallest limit, 2,048.
PROJECT, NAME, WHY = 100, 120, 600


class Notification(Struct, frozen=True, dict=True):
    """One notification for one target, in one language.

    ``project`` and the texts in ``news`` come from outside; ``emulated`` are the
    providers that are emulators. ``test`` are the news the target would be told, in a
    message that is only a test.
    """

    project: str
    news: Sequence[Untold]
    language: Language
    link: str = ""
    emulated: Collection[str] = ()
    test: Sequence[News] = ()

    @property
    def id(self) -> str:
        """An id that depends on the news alone, by which a repetition is recognised."""
        what = repr([(each.provider, _event(each.notice)) for each in self.news])
        return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def title(self) -> str:
        """The title: how many of which news, and the project."""
        counts = [
            self._say(f"count_{news}", count=len(list(each)))
            for news, each in groupby(self.news, lambda each: each.notice.news)
        ]
        return self._say(
            "title",
            what=self._say("comma").join(counts) or self._say("test"),
            project=shortened(self.project, PROJECT),
        )

    def text(self, count: int, title: bool = True, link: bool = True) -> str:
        """The message with its first *count* entries, as lines of plain text."""
        return "\n".join(self._lines(count, title, link))

    def rest(self, count: int) -> str:
        """A line with the number of entries after the first *count*; "" for none."""
        left = len(self.news) - count
        return self._say("more", count=left) if left > 0 else ""

    def groups(self, count: int) -> Iterator[tuple[str, list[str], str]]:
        """The first *count* entries in groups: heading, entries, what to do."""
        shown = zip(self.news[:count], self._entries, strict=False)
        for news, found in groupby(shown, lambda each: each[0].notice.news):
            todo = self._say(f"todo_{news}") if news is not News.APPROVED else ""
            yield self._say(f"group_{news}"), [entry for _, entry in found], todo

    @cached_property
    def _entries(self) -> list[str]:
        """All entries as lines; cached, because a message is shortened until it
        fits."""
        return [self._entry(each) for each in self.news]

    def _lines(self, count: int, title: bool, link: bool) -> Iterator[str]:
        if title:
            yield self.title
        if self.test:
            on = self._say("comma").join(self._say(f"group_{n}") for n in self.test)
            yield self._say("test_text", on=on)
        for heading, entries, todo in self.groups(count):
            yield ""
            yield heading
            yield from entries
            if todo:
                yield todo
        if rest := self.rest(count):
            yield ""
            yield rest
        if link and self.link:
            yield ""
            yield self.link

    def _entry(self, each: Untold) -> str:
        notice = each.notice
        where = shortened(each.provider, NAME)
        if each.provider in self.emulated:
            where = self._say("emulated", provider=where)
        line = self._say(
            "entry_id" if notice.id else "entry",
            kind=self._say(f"kind_{notice.kind}"),
            key=shortened(notice.key, NAME),
            provider=where,
            id=shortened(notice.id, NAME),
        )
        if not notice.why:
            return line
        why = shortened(notice.why, WHY)
        said = notice.news is News.REJECTED
        return f"{line}\n{self._say('reviewer' if said else 'reason', why=why)}"

    def _say(self, sentence: str, **fields: object) -> str:
        return say_in(self.language, f"notify.{sentence}", **fields)


def address(each: Untold) -> str:
    """``provider/kind.key`` of what a notice is about."""
    return str(Address(each.provider, each.notice.kind, each.notice.key))


def _event(notice: Notice) -> tuple[str, ...]:
    """What makes it the same event for those who are told again."""
    return notice.news, notice.kind, notice.key, notice.id, notice.at, notice.why
