"""``--wait`` of ``apply`` and ``status``: look, tell, write verdicts down, rest.

The state is locked only while something is written to it, never while resting.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from smsform import waiting
from smsform.cli import Exit
from smsform.cli.failure import show
from smsform.cli.options import on_call, review_exit, style_of, tell
from smsform.clock import Clock, SystemClock
from smsform.errors import ProviderError, Refused, Scope, SmsformError, StateLocked
from smsform.model import Address, Review
from smsform.plan import SUBMISSIONS, Action, Change, Options, Plan
from smsform.project.accounts import (
    Account,
    PlannedAccount,
    combined,
    make_parts,
    open_account,
)
from smsform.project.api import Project
from smsform.project.workspace import load_state, locked
from smsform.report import waiting as report
from smsform.report.terminal import PLAIN, safe
from smsform.state import State, StateStore
from smsform.words import say

WIPE = "\r\x1b[2K"


class Look(NamedTuple):
    """What one look saw. ``trouble`` are errors the next look may not meet."""

    lines: tuple[Change, ...]
    events: tuple[report.Event, ...] = ()
    trouble: tuple[SmsformError, ...] = ()
    submitted: bool = False

    @property
    def over(self) -> bool:
        """Whether there is nothing left to wait for."""
        return not self.trouble and not waiting.awaited(self.lines)

    @property
    def news(self) -> bool:
        """Whether something moved since the look before."""
        return bool(self.events) or self.submitted


@dataclass(slots=True)
class Wait:
    """One wait for some providers; ``run`` tells how it ended, ``exit`` what with.

    ``held`` are addresses that wait for a signature: when they can be submitted,
    ``submit`` is called with them and says what it tried. ``targets`` limits the wait,
    if there are any.
    """

    project: Project
    store: StateStore
    settings: Mapping[str, Any]
    names: Sequence[str]
    tempo: waiting.Tempo
    live: bool  # whether verdicts go to stdout as they come
    targets: frozenset[Address] = frozenset()
    held: frozenset[Address] = frozenset()
    submit: Callable[[frozenset[Address]], frozenset[Address]] = lambda ready: ready
    accounts: dict[str, Account] = field(default_factory=dict)
    parts: dict[str, PlannedAccount] = field(default_factory=dict)  # last read
    events: list[report.Event] = field(default_factory=list)
    trouble: tuple[SmsformError, ...] = ()  # of the last look, or what ended the wait
    _reviews: dict[tuple[Address, str], Review] = field(default_factory=dict)
    _told: dict[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan as it was last seen: nothing sent again, nothing deleted."""
        return self.planned(list(self.parts.values()))

    def planned(self, parts: Sequence[PlannedAccount]) -> Plan:
        """The parts as one plan."""
        return combined(parts, Options(now=0.0, targets=self.targets))

    def read(self, state: State) -> list[PlannedAccount]:
        """Read and plan every provider once more."""
        return make_parts(
            self.project, state, self.plan.options, self.names,
            on_call(self.settings), self.accounts,
        )  # fmt: skip

    def as_json(self, ended: report.Ended) -> dict[str, Any]:
        """How the wait went, for the command's document."""
        return report.as_json(ended, self.events, self.plan)

    def as_lines(self, ended: report.Ended) -> list[str]:
        """The same in sentences, verdicts first."""
        return [
            *(report.event(each, PLAIN) for each in self.events),
            *self._closing(ended),
        ]

    @property
    def exit(self) -> int:
        """1 or 6 for trouble, 2 for what is still to submit, else 4, 3 or 0.

        Deletions do not count: what policy retires is for the next apply.
        """
        if self.trouble:
            return min(error.exit_code for error in self.trouble)
        if len(self.parts) < len(self.names):
            return Exit.PENDING  # interrupted before anything was seen
        to_make = SUBMISSIONS | {Action.ADOPT}
        if any(line.action in to_make for line in self.plan.lines):
            return Exit.CHANGES
        return review_exit(self.plan)

    def run(self) -> report.Ended:
        """Wait until nothing is pending, the time is up, or Ctrl-C."""
        gc.enable()  # a wait may last for hours
        ended = report.Ended.TIMEOUT
        try:
            for look in self._looks():
                self.trouble = look.trouble
                self._tell(look)
                if look.over:
                    ended = report.Ended.SETTLED
        except KeyboardInterrupt:
            ended = report.Ended.INTERRUPTED
        except SmsformError as error:
            self._wipe()
            show(error)
            self.trouble = (error,)
            ended = report.Ended.FAILED
        self._conclude(ended)
        return ended

    # -- looking -------------------------------------------------------------------

    def _looks(self) -> Iterator[Look]:
        for name in self.names:
            if name not in self.accounts:
                account = open_account(self.project, name, on_call(self.settings))
                self.accounts[name] = account
        for name, block in load_state(self.project, self.store).blocks.items():
            self._reviews.update(waiting.reviews(name, block))
        clock = self._clock()
        end = clock.now() + self.tempo.timeout
        hours = {name: self.project.spec(name).review for name in self.names}
        for look in waiting.watch(
            self._look, clock, self.tempo,
            lambda look, now: waiting.back_at(look.lines, hours, now),
            self._rest,
        ):  # fmt: skip
            if "until" not in self._told and not look.over:
                self._open(look, end)
            yield look

    def _clock(self) -> Clock:
        """The emulator's time if nothing else is waited for: then it costs none."""
        emulated = [each for each in self.accounts.values() if each.config.emulated]
        if emulated and len(emulated) == len(self.accounts):
            return emulated[0].clock
        return SystemClock()

    def _look(self) -> Look:
        look = self._read()
        ready = waiting.opened(look.lines, self.held)
        if not ready:
            return look
        self._wipe()
        self._note(say("waiting.opened"))
        try:
            self.held -= self.submit(frozenset(line.address for line in ready))
        except StateLocked as error:
            return look._replace(trouble=(*look.trouble, error))
        again = self._read()
        return again._replace(events=look.events + again.events, submitted=True)

    def _read(self) -> Look:
        """Read every provider; one that cannot be read just now stays as it was."""
        state = load_state(self.project, self.store)
        parts = self.read(state)
        trouble: list[SmsformError] = []
        events: list[report.Event] = []
        for part in parts:
            error = part.plan.error
            if error is None:
                self.parts[part.plan.provider] = part
                events += self._moved(part)
            elif part.plan.provider in self.parts and _passes(error):
                trouble.append(error)
            else:
                raise error
        trouble += self._remember(state, parts)
        return Look(self.plan.lines, tuple(events), tuple(trouble))

    def _moved(self, part: PlannedAccount) -> list[report.Event]:
        """The verdicts since the last look; the first one asks the state file."""
        name, block = part.plan.provider, part.plan.kept
        entries = part.reading.entries if part.reading else ()
        after = waiting.reviews(name, block)
        notes = waiting.notes(name, block, entries)
        verdicts = waiting.moved(self._reviews, after, notes)
        self._reviews.update(after)
        now = self.accounts[name].clock.now()
        return [report.Event(now, verdict) for verdict in verdicts]

    def _remember(
        self, state: State, parts: Sequence[PlannedAccount]
    ) -> list[SmsformError]:
        """Write verdicts down, if there are any and nobody else wrote meanwhile."""
        fresh = state
        for part in parts:
            if part.plan.error is None:
                fresh = fresh.with_block(part.plan.provider, part.plan.kept)
        if fresh == state:
            return []
        try:
            with locked(self.store):
                if load_state(self.project, self.store) == state:
                    self.store.save(fresh)
                # else the next look compares with what the other run wrote
        except StateLocked as error:
            return [error]
        return []

    # -- telling -------------------------------------------------------------------

    def _open(self, look: Look, end: float) -> None:
        count = report.number(len(waiting.awaited(look.lines)))
        until = report.clock(end, end - self.tempo.timeout)
        self._once("until", say("waiting.waiting", count=count, until=until))

    def _tell(self, look: Look) -> None:
        """Verdicts on stdout, the rest on stderr and only when it is new."""
        for event in look.events:
            self._wipe()
            self.events.append(event)
            text = report.event(event, style_of(self.settings, not self.live))
            tell(text, err=not self.live)
        for error in look.trouble:
            self._once("trouble", say("waiting.trouble", what=safe(error.message())))
        if not look.trouble:
            self._told.pop("trouble", None)
        for name, part in self.parts.items():
            now = self.accounts[name].clock.now()
            hours = self.project.spec(name).review
            lines = waiting.awaited(part.plan.lines)
            self._once(name, report.outlook(name, lines, hours, now))

    def _once(self, about: str, text: str) -> None:
        """Say *text*, unless it is what was said about that last."""
        if text and self._told.get(about) != text:
            self._told[about] = text
            self._note(text)

    def _note(self, text: str) -> None:
        if not self.settings["quiet"]:
            self._wipe()
            tell(text, err=True)

    def _rest(self, look: Look, now: float, until: float) -> None:
        """On a terminal, a sign of life that the next line wipes."""
        if not self.settings["quiet"] and sys.stderr.isatty():
            count = report.number(len(waiting.awaited(look.lines)))
            text = say("waiting.live", count=count, next=report.clock(until, now))
            tell(WIPE + text, nl=False, err=True)

    def _wipe(self) -> None:
        if not self.settings["quiet"] and sys.stderr.isatty():
            tell(WIPE, nl=False, err=True)

    def _conclude(self, ended: report.Ended) -> None:
        self._wipe()
        for line in self._closing(ended):
            self._note(line)

    def _closing(self, ended: report.Ended) -> Iterator[str]:
        """How it ended, and what policy will retire."""
        if ended is not report.Ended.FAILED:
            count = report.number(len(waiting.awaited(self.plan.lines)))
            yield say(f"waiting.ended_{ended}", count=count)
        for part in self.parts.values():
            now = self.accounts[part.plan.provider].clock.now()
            yield from report.retirements(part.plan, now)


def _passes(error: SmsformError) -> bool:
    """Whether an error may be gone at the next look: no answer, or too many calls."""
    if isinstance(error, Refused):
        return error.scope is Scope.THROTTLE
    return isinstance(error, ProviderError)
