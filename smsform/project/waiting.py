"""Waiting for reviews: look, record verdicts, submit what a signature held back.

The state is locked only while something is written to it, never between looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from smsform import waiting
from smsform.clock import Clock, SystemClock
from smsform.errors import ProviderError, Refused, Scope, SmsformError, StateLocked
from smsform.model import Address, Review
from smsform.plan import Change, Options, Plan
from smsform.project.accounts import OpenedAccount, open_account
from smsform.project.applying import Applied, Callbacks, Watcher, carry_out
from smsform.project.connections import TellCall
from smsform.project.news import with_news
from smsform.project.planning import check_safe
from smsform.project.provider_parts import PlannedAccount, combined, make_parts
from smsform.project.workspace import Workspace, load_state, locked, open_store
from smsform.state import State
from smsform.waiting import Event, WaitEnd, WaitTiming


class Look(NamedTuple):
    """What one look saw. ``trouble`` are errors that may be gone at the next look."""

    lines: tuple[Change, ...]
    events: tuple[Event, ...] = ()
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


class WaitWatcher(Protocol):
    """A listener to a wait; times are unix seconds."""

    def begun(self, wait: Wait, look: Look, now: float, end: float) -> None:
        """The first look left something to wait for, until *end* at most."""

    def looked(self, wait: Wait, look: Look) -> None:
        """Every provider was read once more."""

    def opened(self) -> None:
        """Templates that waited for their signature are about to be submitted."""

    def submitting(self) -> AbstractContextManager[Watcher]:
        """The watcher of that submission; called when the state is locked."""

    def resting(self, look: Look, now: float, until: float) -> None:
        """The next look is made at *until*."""

    def failed(self, error: SmsformError) -> None:
        """The wait cannot go on."""


class VerdictCallback(Struct, frozen=True):
    """A watcher that calls one function with every verdict."""

    on_verdict: Callable[[Event], None] | None = None

    def begun(self, wait: Wait, look: Look, now: float, end: float) -> None:
        """Do nothing."""

    def looked(self, wait: Wait, look: Look) -> None:
        """Call the function."""
        if self.on_verdict is not None:
            for event in look.events:
                self.on_verdict(event)

    def opened(self) -> None:
        """Do nothing."""

    def submitting(self) -> AbstractContextManager[Watcher]:
        """A watcher that does nothing."""
        return nullcontext(Callbacks())

    def resting(self, look: Look, now: float, until: float) -> None:
        """Do nothing."""

    def failed(self, error: SmsformError) -> None:
        """Do nothing: the error is in the ``trouble`` of the wait."""


class Wait(Struct):
    """One wait for some providers, and how it went.

    ``applied`` is the apply before it: its targets limit the wait, and ``held``, the
    addresses that wait for a signature, are submitted with its options as soon as they
    can be. ``parts`` is how each provider was last seen, ``trouble`` the errors of the
    last look, or what ended the wait.
    """

    project: Workspace
    names: Sequence[str]
    timing: WaitTiming
    watcher: WaitWatcher
    on_call: TellCall = None
    applied: Applied | None = None
    held: frozenset[Address] = frozenset()
    ended: WaitEnd = WaitEnd.TIMEOUT
    accounts: dict[str, OpenedAccount] = field(default_factory=dict)
    parts: dict[str, PlannedAccount] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    trouble: tuple[SmsformError, ...] = ()
    _reviews: dict[tuple[Address, str], Review] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan as last seen: without resubmissions and deletions."""
        return self._planned(list(self.parts.values()))

    def run(self) -> None:
        """Wait until nothing is pending, the time is up, or Ctrl-C."""
        try:
            for look in self._looks():
                self.trouble = look.trouble
                self.events += look.events
                self.watcher.looked(self, look)
                if look.over:
                    self.ended = WaitEnd.SETTLED
        except KeyboardInterrupt:
            self.ended = WaitEnd.INTERRUPTED
        except SmsformError as error:
            self.watcher.failed(error)
            self.trouble = (error,)
            self.ended = WaitEnd.FAILED

    def _looks(self) -> Iterator[Look]:
        for name in self.names:
            if name not in self.accounts:
                self.accounts[name] = open_account(self.project, name, self.on_call)
        store = open_store(self.project)
        for name, block in load_state(self.project, store).blocks.items():
            self._reviews.update(waiting.reviews(name, block))
        clock = self._clock()
        end = clock.now() + self.timing.timeout
        hours = {name: self.project.spec(name).review for name in self.names}
        begun = False

        def back(look: Look, now: float) -> float:
            return waiting.back_at(look.lines, hours, now)

        rest = self.watcher.resting
        for look in waiting.watch(self._look, clock, self.timing, back, rest):
            if not begun and not look.over:
                begun = True
                self.watcher.begun(self, look, end - self.timing.timeout, end)
            yield look

    def _clock(self) -> Clock:
        """The emulator's clock when all are emulated: waiting then takes no time."""
        emulated = [each for each in self.accounts.values() if each.config.emulated]
        if emulated and len(emulated) == len(self.accounts):
            return emulated[0].clock
        return SystemClock()

    def _look(self) -> Look:
        look = self._read_all()
        ready = waiting.opened(look.lines, self.held)
        if self.applied is None or not ready:
            return look
        self.watcher.opened()
        try:
            addresses = frozenset(line.address for line in ready)
            self.held -= self._submit(self.applied, addresses)
        except StateLocked as error:
            return look._replace(trouble=(*look.trouble, error))
        again = self._read_all()
        return again._replace(events=look.events + again.events, submitted=True)

    def _submit(
        self, applied: Applied, ready: frozenset[Address]
    ) -> frozenset[Address]:
        """Submit what is *ready* and still to do; returns the addresses it tried."""
        store = open_store(self.project)
        with locked(store), self.watcher.submitting() as watcher:
            state = load_state(self.project, store)
            parts = self._read(state)
            chosen = waiting.only(self._planned(parts), ready)
            chosen = replace(chosen, options=applied.plan.options)
            broken = check_safe(self.project, chosen).broken
            carry_out(
                self.project, store, applied, chosen, parts, state, watcher, broken
            )
            if applied.stopped:
                raise KeyboardInterrupt
        return frozenset(line.address for line in chosen.lines)

    def _planned(self, parts: Sequence[PlannedAccount]) -> Plan:
        targets = self.applied.plan.options.targets if self.applied else frozenset()
        return combined(parts, Options(now=0.0, targets=targets))

    def _read(self, state: State) -> list[PlannedAccount]:
        """Read and plan every provider once more."""
        options, names = self.plan.options, self.names
        return make_parts(
            self.project, state, options, names, self.on_call, self.accounts
        )

    def _read_all(self) -> Look:
        """Read every provider; one that cannot be read now stays as it was."""
        state = load_state(self.project, open_store(self.project))
        parts = self._read(state)
        trouble: list[SmsformError] = []
        events: list[Event] = []
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

    def _moved(self, part: PlannedAccount) -> list[Event]:
        """The verdicts since the last look, or since what the state file says."""
        name, block = part.plan.provider, part.plan.kept
        entries = part.reading.entries if part.reading else ()
        after = waiting.reviews(name, block)
        notes = waiting.notes(name, block, entries)
        verdicts = waiting.moved(self._reviews, after, notes)
        self._reviews.update(after)
        now = self.accounts[name].clock.now()
        return [Event(now, verdict) for verdict in verdicts]

    def _remember(
        self, state: State, parts: Sequence[PlannedAccount]
    ) -> list[SmsformError]:
        """Record verdicts, if there are any and nobody else wrote meanwhile."""
        fresh = state
        for part in parts:
            if part.plan.error is None:
                name = part.plan.provider
                now = self.accounts[name].clock.now()
                block = with_news(self.project, name, state, part.plan.kept, now)
                fresh = fresh.with_block(name, block)
        if fresh == state:
            return []
        store = open_store(self.project)
        try:
            with locked(store):
                if load_state(self.project, store) == state:
                    store.save(fresh)
                # Otherwise the next look compares with what the other run wrote.
        except StateLocked as error:
            return [error]
        return []


def wait(
    project: Workspace,
    providers: Sequence[str],
    timing: WaitTiming,
    watcher: WaitWatcher,
    applied: Applied | None = None,
    held: frozenset[Address] = frozenset(),
    on_call: TellCall = None,
) -> Wait:
    """Wait for the reviews of *providers*, or of those *applied* could read."""
    project.checked()
    if applied is None:
        names = project.providers(providers)
    else:
        plan = applied.plan
        names = [part.provider for part in plan.providers if part.error is None]
    done = Wait(project, names, timing, watcher, on_call, applied, held)
    done.run()
    return done


def _passes(error: SmsformError) -> bool:
    """Whether an error may be gone at the next look: no answer, or too many calls."""
    if isinstance(error, Refused):
        return error.scope is Scope.THROTTLE
    return isinstance(error, ProviderError)
