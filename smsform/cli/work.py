"""Carry out plans: providers side by side, seen as it goes, stopped by Ctrl-C."""

from __future__ import annotations

import contextlib
import getpass
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from smsform.apply import Author, Ledger, Outcome, Run
from smsform.cli.options import style_of, tell
from smsform.model import Address, Kind
from smsform.plan import Plan
from smsform.project.accounts import PlannedAccount
from smsform.project.compose import Project
from smsform.state import State, StateStore
from smsform.words import say


@dataclass(slots=True)
class Work:
    """What one command carries out, in one or more goes; outcomes in their order.

    ``stopped`` says that Ctrl-C ended one of them.
    """

    project: Project
    store: StateStore
    settings: Mapping[str, Any]
    form: str
    outcomes: list[Outcome] = field(default_factory=list)
    stopped: bool = False

    def carry_out(
        self,
        plan: Plan,
        parts: Sequence[PlannedAccount],
        state: State,
        stale: Collection[Address] = (),
    ) -> None:
        """Run every provider's part and print outcomes as they come.

        The state must be locked. *stale* are the addresses that a saved plan was too
        old for: templates do not go where their signature did not.
        """
        missing = {address for address in stale if address.kind is Kind.SIGNATURE}
        for part in plan.providers:
            if part.error is None:
                state = state.with_block(part.provider, part.kept)
        self.store.save(state)
        ledger = Ledger(self.store, state, _author(self.project))
        with _stoppable() as stop, _progress(plan, self.settings, self.form) as advance:
            runs = [
                Run(
                    part, source.account.provider, source.account.spec, source.reading,
                    ledger, source.account.clock, stopped=lambda: bool(stop),
                    missing=set(missing),
                )
                for part, source in zip(plan.providers, parts, strict=True)
                if source.account and source.reading and part.changes
            ]  # fmt: skip

            def work(run: Run) -> None:
                for outcome in run.outcomes():
                    self.outcomes.append(outcome)
                    advance(outcome)

            if len(runs) == 1:
                work(runs[0])
            elif runs:
                from concurrent.futures import ThreadPoolExecutor

                with ThreadPoolExecutor(len(runs)) as pool:
                    list(pool.map(work, runs))
            self.stopped |= bool(stop)


@contextlib.contextmanager
def _progress(plan: Plan, settings: Mapping[str, Any], form: str) -> Iterator[Any]:
    """Take outcomes as they come: a bar on a terminal, then or else their lines.

    As JSON or Markdown they are printed at the end; progress is then all on stderr.
    """
    from smsform.report.outcome import line

    style, total = style_of(settings, form != "text"), len(plan.changes)
    kept: list[Outcome] = []

    def show(outcome: Outcome) -> None:
        tell(line(outcome, style), err=form != "text")

    try:
        if settings["quiet"] or not total:
            yield kept.append
        elif sys.stderr.isatty():
            with click.progressbar(length=total, file=sys.stderr, show_pos=True) as bar:

                def advance(outcome: Outcome) -> None:
                    kept.append(outcome)
                    bar.update(1)

                yield advance
        else:
            yield show
    finally:  # also when the second Ctrl-C ends it
        if form == "text":
            for outcome in kept:
                show(outcome)


@contextlib.contextmanager
def _stoppable() -> Iterator[list[bool]]:
    """First Ctrl-C: stop after the call in flight. Second: stop at once."""
    stop: list[bool] = []

    def on_signal(number: int, frame: object) -> None:
        if stop:
            raise KeyboardInterrupt
        stop.append(True)
        tell(say("cli.stopping"), err=True)

    try:
        before = signal.signal(signal.SIGINT, on_signal)
    except ValueError:  # not the main thread
        yield stop
        return
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _author(project: Project) -> Author:
    """Who and at which commit; both are empty where nobody can tell."""
    try:
        by = getpass.getuser()
    except (OSError, KeyError, ImportError):
        by = ""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=project.config.root, capture_output=True, text=True, timeout=5,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return Author(by)
    return Author(by, found.stdout.strip() if found.returncode == 0 else "")
