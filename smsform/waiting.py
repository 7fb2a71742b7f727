"""Waiting for reviewers: what is awaited, how often to look, the news; pure.

Clock and looks are arguments: ``watch`` only sleeps on the clock it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from msgspec.structs import replace

from smsform.clock import Clock
from smsform.hours import ReviewHours
from smsform.model import Address, Existing, Review
from smsform.plan import SUBMISSIONS, Action, Change, Plan, Reason
from smsform.plan.reconcile import Verdict
from smsform.state import Block

# Seconds. A look costs a list call for every hundred entries, and the account's rate is
# shared, so verdicts are not asked for every second.
SHORTEST = 5.0
LONGEST = 300.0  # between looks that find nothing new
LONGEST_AWAY = 1800.0  # the same while no reviewer is at work
GROWTH = 1.25

Reviews = Mapping[tuple[Address, str], Review]  # by address and id
ReviewNotes = Mapping[tuple[Address, str], str]


class WaitTiming(NamedTuple):
    """Seconds between two looks while something changes, and seconds to wait at
    most."""

    interval: float = 30.0
    timeout: float = 7200.0


class WaitEnd(StrEnum):
    """How a wait ended."""

    SETTLED = "settled"
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


class Event(NamedTuple):
    """A verdict and when it was seen, unix seconds."""

    at: float
    verdict: Verdict


class Looked(Protocol):
    """What ``watch`` needs to know of a look."""

    @property
    def over(self) -> bool:
        """Whether there is nothing left to wait for."""

    @property
    def news(self) -> bool:
        """Whether something changed since the look before."""


AnyLook = TypeVar("AnyLook", bound=Looked)


def watch(
    look: Callable[[], AnyLook],
    clock: Clock,
    timing: WaitTiming,
    back_at: Callable[[AnyLook, float], float],
    resting: Callable[[AnyLook, float, float], None] = lambda look, now, until: None,
) -> Iterator[AnyLook]:
    """Look until nothing is left or the time is up; the last look is made at that time.

    *back_at(look, now)* is when a reviewer is next at work; *resting* is called before
    every sleep with the time and its end.
    """
    end = clock.now() + timing.timeout
    quiet = 0
    while True:
        seen = look()
        yield seen
        now = clock.now()
        if seen.over or now >= end:
            return
        quiet = 0 if seen.news else quiet + 1
        rest = min(pause(timing.interval, quiet, back_at(seen, now) - now), end - now)
        resting(seen, now, now + rest)
        clock.sleep(rest)


def pause(interval: float, quiet: int, away: float) -> float:
    """Seconds to the next look, after *quiet* looks without news.

    *away* is how long no reviewer is at work: then looks are rarer, but the first after
    it is on time.
    """
    interval = max(interval, SHORTEST)
    longest = LONGEST_AWAY if away > 0 else LONGEST
    grown = interval * GROWTH ** min(quiet, 64)
    rest = max(interval, min(grown, longest))
    return max(SHORTEST, min(rest, away)) if away > 0 else rest


def back_at(
    lines: Sequence[Change], timetables: Mapping[str, ReviewHours | None], now: float
) -> float:
    """When the first reviewer of *lines* is at work; *now* where hours are not
    known."""
    hours = {line.address.provider for line in awaited(lines)}
    known = [timetables.get(provider) for provider in sorted(hours)]
    return min((each.back_at(now) if each else now for each in known), default=now)


def awaited(lines: Sequence[Change]) -> tuple[Change, ...]:
    """The lines that change by themselves: in review, or perhaps still to appear.

    A line that waits for a signature is not among them, because the signature itself
    is.
    """
    return tuple(
        line for line in lines if line.pending and line.reason is not Reason.SIGNATURE
    )


def held(lines: Sequence[Change]) -> frozenset[Address]:
    """The addresses that wait for a signature."""
    return frozenset(line.address for line in lines if line.reason is Reason.SIGNATURE)


def opened(lines: Sequence[Change], waiting: frozenset[Address]) -> tuple[Change, ...]:
    """The addresses of *waiting* that can be submitted, and signatures adopted for
    them."""
    ready = [
        line for line in lines if line.address in waiting and line.action in SUBMISSIONS
    ]
    needed = {line.desired.signature for line in ready if line.desired}
    signatures = (
        line for line in lines if line.action is Action.ADOPT and line.address in needed
    )
    return (*signatures, *ready)


def only(plan: Plan, addresses: Collection[Address]) -> Plan:
    """The part of *plan* that submits or adopts at these *addresses*."""
    wanted = SUBMISSIONS | {Action.ADOPT}
    return replace(
        plan,
        providers=tuple(
            replace(
                part,
                lines=tuple(
                    line
                    for line in part.lines
                    if line.address in addresses and line.action in wanted
                ),
            )
            for part in plan.providers
        ),
    )


def reviews(provider: str, block: Block) -> dict[tuple[Address, str], Review]:
    """The review of each version of ours, as *block* has it."""
    return {
        (Address(provider, *slot), version.id): version.review
        for slot, record in block.records.items()
        for version in record.versions
    }


def moved(before: Reviews, after: Reviews, notes: ReviewNotes) -> tuple[Verdict, ...]:
    """The verdicts between two looks, with the reviewers' *notes*."""
    return tuple(
        Verdict(*key, before[key], review, notes.get(key, ""))
        for key, review in after.items()
        if key in before and before[key] is not review
    )


def notes(provider: str, block: Block, entries: Sequence[Existing]) -> ReviewNotes:
    """The reviewers' words on each version of ours."""
    owners = block.owners()
    return {
        (Address(provider, *owners[entry.kind, entry.id]), entry.id): entry.note
        for entry in entries
        if (entry.kind, entry.id) in owners
    }
