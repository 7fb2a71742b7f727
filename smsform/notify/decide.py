"""Which notices a run adds: two states compared, the later one with notices; pure.

    before, after -> after with its notices

It runs whenever a state is saved, so a verdict is never on disk without its notice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from smsform.hours import ReviewHours
from smsform.model import Kind, Review
from smsform.notices import News, Notice, Wish
from smsform.plan.active import iso
from smsform.state import Block, Origin, State, Version
from smsform.state.memory import Slot

VERDICTS = {Review.APPROVED: News.APPROVED, Review.REJECTED: News.REJECTED}
LONG = 2.0  # times the usual length of a review: then it counts as long
LONG_UNSAID = 48 * 3600.0  # seconds, where a service does not say how long reviews take
LONGEST_WHY = 1000  # characters


class Audience(NamedTuple):
    """The targets for one provider, and when its reviewers are at work."""

    provider: str
    wishes: Sequence[Wish] = ()
    hours: ReviewHours | None = None

    def of(self, news: News) -> tuple[str, ...]:
        """The variables of the targets that want such *news*, each once."""
        found = (
            wish.variable
            for wish in self.wishes
            if news in wish.on and self.provider in wish.providers
        )
        return tuple(dict.fromkeys(found))


def noted(before: Block, after: Block, audience: Audience, now: float) -> Block:
    """*after* with a notice for every verdict that *before* does not have.

    An adopted or imported version makes no news; a resubmitted one starts over.
    """
    if not audience.wishes:
        return replace(after, notices=()) if after.notices else after
    board = _Board(after.notices, audience, iso(now))
    for slot, version, was in _changed(before, after):
        _note(board, slot, version, was)
    return board.on(after)


def waits_noted(block: Block, audience: Audience, now: float) -> Block:
    """*block* with a notice for every long review, and none for a review that ended."""
    to = audience.of(News.WAITING_LONG)
    board = _Board(block.notices, audience, iso(now))
    open_ = set()
    for slot, record in block.records.items() if to else ():
        for version in record.versions:
            if version.review is not Review.IN_REVIEW or version.gone:
                continue
            known = board.waits(slot, version)
            open_.add(known.about)
            if not (known.due and known in block.notices) and _long(
                known.at, audience.hours, now
            ):
                board.put(replace(known, to=to, due=True))
    board.drop(
        each
        for each in block.notices
        if each.news is News.WAITING_LONG and each.about not in open_
    )
    return board.on(block)


def failures_noted(
    block: Block,
    audience: Audience,
    now: float,
    failed: Iterable[tuple[Slot, str]] = (),
    tried: Collection[Slot] | None = None,
) -> Block:
    """*block* with a notice for each slot that *failed*, with the reason.

    The same reason is told once. When a slot is not *tried* any more, its notice is
    dropped once it was told.
    """
    to = audience.of(News.FAILED)
    board = _Board(block.notices, audience, iso(now))
    if tried is not None:
        board.drop(
            each
            for each in block.notices
            if each.news is News.FAILED
            and not each.to
            and (each.kind, each.key) not in tried
        )
    for (kind, key), why in failed:
        why = why[:LONGEST_WHY].encode("utf-8", "replace").decode()
        notice = Notice(News.FAILED, kind, key, "", board.at, why, to)
        known = board.notices.get(notice.about)
        if to and (known is None or known.why != why):
            board.put(notice)
    return board.on(block)


class Untold(NamedTuple):
    """A notice that some target has not been told yet."""

    provider: str
    notice: Notice


def untold(state: State, variable: str) -> tuple[Untold, ...]:
    """What the target of *variable* has not been told yet, the most urgent first."""
    found = [
        Untold(provider, notice)
        for provider, block in state.blocks.items()
        for notice in block.notices
        if notice.due and variable in notice.to
    ]
    urgent = list(News)
    return tuple(sorted(found, key=lambda each: urgent.index(each.notice.news)))


def told(state: State, variable: str, done: Collection[Untold]) -> State:
    """*state* after the target of *variable* was told *done*."""
    for provider, block in state.blocks.items():
        kept = tuple(
            _without(notice, variable) if Untold(provider, notice) in done else notice
            for notice in block.notices
        )
        kept = tuple(each for each in kept if each.to or each.lasting)
        if kept != block.notices:
            state = state.with_block(provider, replace(block, notices=kept))
    return state


def _without(notice: Notice, variable: str) -> Notice:
    return replace(notice, to=tuple(each for each in notice.to if each != variable))


def _note(board: _Board, slot: Slot, version: Version, was: Version | None) -> None:
    """Add what is new about one version."""
    again = (
        was is not None
        and version.review is Review.IN_REVIEW
        and (was.review is not Review.IN_REVIEW or was.submitted != version.submitted)
    )
    if was is None or again:
        board.take(News.FAILED, slot)
    if again:
        board.begins(slot, version)
    news = VERDICTS.get(version.review)
    ours = was is not None or version.origin is Origin.SUBMITTED
    moved = was is None or was.review is not version.review
    if news and ours and moved and not version.gone:
        why = version.note if news is News.REJECTED else ""
        to = board.audience.of(news)
        board.put(Notice(news, *slot, version.id, board.at, why, to))


def _changed(
    before: Block, after: Block
) -> Iterator[tuple[Slot, Version, Version | None]]:
    """Every version that changed, with its former value, whichever slot had it."""
    owned: dict[tuple[Kind, str], Version] | None = None
    for slot, record in after.records.items():
        old = before.records.get(slot)
        if old is record or old == record:
            continue
        for version in record.versions:
            was = old.version(version.id) if old else None
            if was is None:
                if owned is None:
                    owned = _owned(before)
                was = owned.get((slot[0], version.id))
            if was != version:
                yield slot, version, was


def _owned(block: Block) -> dict[tuple[Kind, str], Version]:
    return {
        (slot[0], version.id): version
        for slot, record in block.records.items()
        for version in record.versions
    }


class _Board:
    """The notices of a block while they are changed."""

    def __init__(self, notices: Iterable[Notice], audience: Audience, at: str) -> None:
        self.notices = {each.about: each for each in notices}
        self.audience, self.at = audience, at

    def put(self, notice: Notice) -> None:
        """Add a notice in place of an older one about the same."""
        self.notices[notice.about] = notice

    def take(self, news: News, slot: Slot) -> None:
        """Remove the notices of a definition that are about no version."""
        self.notices.pop(Notice(news, *slot).about, None)

    def drop(self, gone: Iterable[Notice]) -> None:
        """Remove these notices."""
        for notice in list(gone):
            self.notices.pop(notice.about, None)

    def begins(self, slot: Slot, version: Version) -> None:
        """Record since when a resubmitted version is in review."""
        if self.audience.of(News.WAITING_LONG):
            since = Notice(
                News.WAITING_LONG, *slot, version.id, self.at, "", (), due=False
            )
            self.put(since)

    def waits(self, slot: Slot, version: Version) -> Notice:
        """The notice of its review, or a new one that counts from when it became
        ours."""
        since = Notice(News.WAITING_LONG, *slot, version.id, version.at)
        return self.notices.get(since.about, since)

    def on(self, block: Block) -> Block:
        """*block* with these notices, without targets that are not configured any
        more."""
        wanted = {each.variable for each in self.audience.wishes}
        kept = []
        for notice in self.notices.values():
            to = tuple(each for each in notice.to if each in wanted)
            if to or notice.lasting:
                kept.append(replace(notice, to=to))
        notices = tuple(sorted(kept, key=lambda each: each.about))
        return block if notices == block.notices else replace(block, notices=notices)


def _long(since: str, hours: ReviewHours | None, now: float) -> bool:
    """Whether a review that runs since *since* is long, by the service's own
    figures."""
    try:
        begun = datetime.fromisoformat(since).timestamp()
    except ValueError:
        return False
    if hours is None:
        return now > begun + LONG_UNSAID
    return now > replace(hours, usual=LONG * hours.usual).expected(begun)
