"""Applying a plan to a project: under the lock, providers in parallel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from msgspec import Struct, field

from smsform.apply.ledger import Ledger
from smsform.apply.run import Run
from smsform.apply.values import Outcome, Result
from smsform.clock import Awaited, ToldClock
from smsform.errors import ConfigError, PlanMoved, SmsformError, StateError
from smsform.model import Address, Kind
from smsform.plan import Plan
from smsform.plan.confirm import Confirmed, check_providers, confirm
from smsform.plan.file import SavedPlan, dump, load, loads
from smsform.project.author import author_of
from smsform.project.connections import TellCall
from smsform.project.lint import Broken, not_sent, refused, sound
from smsform.project.news import Notes
from smsform.project.planning import (
    Choice,
    Planned,
    check_safe,
    in_vain,
    planned_parts,
)
from smsform.project.provider_parts import PlannedAccount
from smsform.project.workspace import (
    Workspace,
    load_state,
    locked,
    open_store,
)
from smsform.state import State, StateStore
from smsform.words import say

# Seconds an approval may take; after that, everything is read again.
PATIENCE = 60.0

NOTHING_BROKEN: Broken = MappingProxyType({})
NOTHING_STALE: Mapping[Address, str] = MappingProxyType({})


class Watcher(Protocol):
    """A listener to an apply, which may also stop it."""

    def approve(self, planned: Planned) -> bool:
        """Whether to go on with a plan that nobody has approved yet."""

    def note(self, error: ConfigError) -> None:
        """A flag had no effect; an earlier run may have done it."""

    def start(self, plan: Plan) -> None:
        """The first change is about to be made."""

    def done(self, outcome: Outcome) -> None:
        """The outcome of one change; called by one thread per provider."""

    def pauses(self, provider: str, awaited: Awaited, seconds: float) -> None:
        """A provider's run waits, for so many seconds still; called every second."""

    def stopped(self) -> bool:
        """Whether to stop before the next change; asked before each."""


class Applied(Struct):
    """The result of an apply; outcomes in the order they came.

    ``confirmed`` says of a saved plan what was done before and what is stale. Nothing
    was done when ``declined``. ``unsaved`` is why the last steps are not in the state
    file, but in the journal beside it: the next run that writes puts them there.
    """

    plan: Plan
    outcomes: list[Outcome] = field(default_factory=list)
    confirmed: Confirmed | None = None
    declined: bool = False
    stopped: bool = False
    unsaved: StateError | None = None

    @property
    def stale(self) -> Mapping[Address, str]:
        """The addresses a saved plan was too old for, and why."""
        return self.confirmed.stale if self.confirmed else NOTHING_STALE

    @property
    def already(self) -> int:
        """How many of a saved plan's changes were made before."""
        return len(self.confirmed.done) if self.confirmed else 0

    @property
    def errors(self) -> tuple[SmsformError, ...]:
        """Why providers could not be read."""
        return tuple(part.error for part in self.plan.providers if part.error)

    @property
    def ok(self) -> bool:
        """Whether everything that was planned is done."""
        fell_short = any(
            each.fell_short or each.result is Result.STALE for each in self.outcomes
        )
        wrong = self.errors or self.stale or self.unsaved
        return not (wrong or self.declined or fell_short)


class Callbacks(Struct, frozen=True):
    """A watcher made of two functions, each of them optional."""

    approval: Callable[[Planned], bool] | None = None
    on_outcome: Callable[[Outcome], None] | None = None

    def approve(self, planned: Planned) -> bool:
        """The answer of ``approval``; True without one."""
        return self.approval is None or self.approval(planned)

    def note(self, error: ConfigError) -> None:
        """Do nothing."""

    def start(self, plan: Plan) -> None:
        """Do nothing."""

    def done(self, outcome: Outcome) -> None:
        """Call ``on_outcome``, if there is one."""
        if self.on_outcome is not None:
            self.on_outcome(outcome)

    def pauses(self, provider: str, awaited: Awaited, seconds: float) -> None:
        """Do nothing."""

    def stopped(self) -> bool:
        """Always False."""
        return False


def apply(
    project: Workspace,
    what: Planned | Plan | SavedPlan | Path | Choice | None,
    watcher: Watcher,
    on_call: TellCall = None,
) -> Applied:
    """Make exactly the changes of a plan, or without one those that are to be made now.

    A refusal by the service is an outcome; the other changes go on.
    """
    project.checked()
    what = _meant(what)
    store = open_store(project)
    with locked(store):
        state = load_state(project, store)
        confirmed = None
        if isinstance(what, SavedPlan):
            check_providers(what, project.config.providers)
            options, providers = what.options, tuple(what.identities)
        else:
            asked = what.asked(project, state)
            options, providers = what.options(asked), tuple(what.providers)
        parts, made = planned_parts(project, state, options, providers, on_call)
        if isinstance(what, SavedPlan):
            confirmed = confirm(what, made)
            made = confirmed.plan
        else:
            for error in in_vain(made, asked):
                if error.where == "--target":
                    raise error
                watcher.note(error)
        planned = check_safe(project, made)
        applied = Applied(made, confirmed=confirmed)
        if confirmed is None:
            begun = _now(parts)
            if not watcher.approve(planned):
                applied.declined = True
                return applied
            if _now(parts) - begun > PATIENCE:
                parts, fresh = planned_parts(
                    project, state, options, providers, on_call
                )
                if dump(fresh) != dump(made):
                    raise PlanMoved(say("cli.confirm"))
                applied.plan = made = fresh
        carry_out(project, store, applied, made, parts, state, watcher, planned.broken)
    return applied


def _meant(
    what: Planned | Plan | SavedPlan | Path | Choice | None,
) -> SavedPlan | Choice:
    """A plan as read from its file; one made here is held to the same checks."""
    if isinstance(what, Planned):
        what = what.plan
    if isinstance(what, Plan):
        return loads(dump(what))
    return load(what) if isinstance(what, Path) else what or Choice()


def _now(parts: Sequence[PlannedAccount]) -> float:
    """The time at the first provider that could be opened."""
    clocks = [part.account.clock for part in parts if part.account]
    return clocks[0].now() if clocks else 0.0


def carry_out(
    project: Workspace,
    store: StateStore,
    applied: Applied,
    made: Plan,
    parts: Sequence[PlannedAccount],
    state: State,
    watcher: Watcher,
    broken: Broken = NOTHING_BROKEN,
) -> None:
    """Make the changes of *made* and add their outcomes to *applied*.

    The state must be locked. A template is not submitted when its signature was not, or
    when a saved plan was too old for the signature. Addresses in *broken* fail, the
    others go on.
    """
    whole = made is applied.plan and not made.options.targets
    kept_back = [*applied.stale, *broken]
    missing = {each for each in kept_back if each.kind is Kind.SIGNATURE}
    failed = [not_sent(line, broken[line.address]) for line in refused(made, broken)]
    made = sound(made, broken)
    applied.plan = sound(applied.plan, broken)
    notes, before = Notes(project, parts), state
    for part in made.providers:
        if part.error is None:
            state = state.with_block(part.provider, notes.begun(part, before, whole))
    store.save(state)
    ledger = Ledger(store, state, author_of(project), notes.verdicts)
    watcher.start(made)

    def done(outcome: Outcome) -> None:
        applied.outcomes.append(outcome)
        notes.ended(ledger, outcome)
        watcher.done(outcome)

    runs = [
        Run(
            part,
            source.account.provider,
            source.account.spec,
            source.reading,
            ledger,
            source.account.clock,
            stopped=watcher.stopped,
            missing=set(missing),
        )
        for part, source in zip(made.providers, parts, strict=True)
        if source.account and source.reading and part.changes
    ]

    def work(run: Run) -> None:
        if isinstance(run.clock, ToldClock):
            run.clock.on_pause = partial(watcher.pauses, run.part.provider)
            run.clock.stopped = watcher.stopped
        for outcome in run.outcomes():
            done(outcome)

    try:
        for each in failed:
            done(each)
        if len(runs) == 1:
            work(runs[0])
        elif runs:
            _at_once(runs, work, ledger)
    finally:
        try:
            ledger.close()
            applied.unsaved = None
        except StateError as error:
            applied.unsaved = error.with_traceback(None)
    applied.stopped |= watcher.stopped()


def _at_once(runs: Sequence[Run], work: Callable[[Run], None], ledger: Ledger) -> None:
    """Do the work of several providers, each in a thread."""
    from concurrent.futures import ThreadPoolExecutor

    pool, killed = ThreadPoolExecutor(len(runs)), False
    try:
        list(pool.map(work, runs))
    except KeyboardInterrupt:  # the second Ctrl-C: calls in flight are on record
        killed = True
        ledger.close()
        raise
    finally:
        pool.shutdown(wait=not killed, cancel_futures=killed)
