"""``smsform apply``."""

from __future__ import annotations

import contextlib
import getpass
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from smsform.apply import Author, Ledger, Outcome, Result, Run, check
from smsform.cli import Exit
from smsform.cli.accounts import (
    Part,
    combined,
    make_parts,
)
from smsform.cli.compose import (
    Project,
    lint_submissions,
    load_state,
    locked,
    open_project,
    open_store,
)
from smsform.cli.options import (
    detailed_option,
    format_option,
    on_call,
    planning_options,
    review_exit,
    style_of,
)
from smsform.cli.plan_ import make_options, show
from smsform.errors import ConfigError, StateError
from smsform.model import Address
from smsform.plan import Plan
from smsform.plan.file import SavedPlan, load
from smsform.plan.saved import Confirmed, confirm
from smsform.report.terminal import safe
from smsform.state import State, StateStore
from smsform.words import say


@click.command("apply")
@click.argument("file", required=False, type=Path)
@planning_options
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
@detailed_option
@format_option
@click.pass_obj
def command(
    settings: dict[str, Any],
    /,
    file: Path | None,
    auto_approve: bool,
    detailed_exitcode: bool,
    form: str,
    providers: tuple[str, ...],
    **chosen: Any,
) -> int:
    """Submit what the plan says, or exactly what a saved plan FILE says.

    Asks first; a saved plan is its own approval. A refusal by the service is reported
    and the others go on.

    \b
    Examples:
      smsform apply
      smsform apply --auto-approve
      smsform apply reviewed.json
    """
    project = open_project(settings)
    saved = _load_file(file, providers, chosen) if file else None
    store = open_store(project)
    with locked(store):
        state = load_state(project, store)
        if saved is not None:
            options = saved.options
            providers = tuple(saved.identities)
        else:
            options = make_options(project, state, chosen)
        parts = make_parts(project, state, options, providers, on_call(settings))
        plan = combined(parts, options)
        confirmed = confirm(saved, plan) if saved is not None else None
        if confirmed is not None:
            plan = confirmed.plan
        lint_submissions(project, plan)
        for part in plan.providers:
            check(part, project.config.policy, options)
        if confirmed is None:
            if form == "text":
                show(project, plan, settings, form)
            if plan.changes and not auto_approve:
                _ask()
        outcomes = _carry_out(plan, parts, state, store, settings, form, project)
    _report(outcomes, confirmed, settings, form)
    return _exit(plan, outcomes, confirmed, detailed_exitcode)


def _load_file(
    file: Path, providers: Sequence[str], chosen: dict[str, Any]
) -> SavedPlan:
    given = [f"--{name.replace('_', '-')}" for name, value in chosen.items() if value]
    given += ["--provider"] if providers else []
    if given:
        flags = ", ".join(given)
        raise ConfigError("apply", say("cli.flags_with_file", flags=flags))
    return load(file)


def _ask() -> None:
    if not sys.stdin.isatty():
        raise ConfigError("apply", say("cli.no_terminal"), say("cli.no_terminal_hint"))
    click.confirm(say("cli.confirm"), abort=True, err=True)


def _carry_out(
    plan: Plan,
    parts: Sequence[Part],
    state: State,
    store: StateStore,
    settings: Mapping[str, Any],
    form: str,
    project: Project,
) -> list[Outcome]:
    """Run every provider's part, side by side, and print outcomes as they come."""
    for part in plan.providers:
        if part.error is None:
            state = state.with_block(part.provider, part.block)
    store.save(state)
    ledger = Ledger(store, state, _author(project))
    outcomes: list[Outcome] = []
    with _stoppable() as stop, _progress(plan, settings, form) as advance:
        runs = [
            Run(
                part, source.account.provider, source.account.spec, source.reading,
                ledger, source.account.clock, lambda: bool(stop),
            )
            for part, source in zip(plan.providers, parts, strict=True)
            if source.account and source.reading and part.changes
        ]  # fmt: skip

        def work(run: Run) -> None:
            for outcome in run.outcomes():
                outcomes.append(outcome)
                advance(outcome)

        if len(runs) == 1:
            work(runs[0])
        elif runs:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(len(runs)) as pool:
                list(pool.map(work, runs))
    return outcomes


@contextlib.contextmanager
def _progress(plan: Plan, settings: Mapping[str, Any], form: str) -> Iterator[Any]:
    """Take outcomes as they come: a bar on a terminal, then or else their lines.

    As JSON the outcomes are printed at the end; progress is then all on stderr.
    """
    from smsform.report.outcome import line

    style, total = style_of(settings), len(plan.changes)
    kept: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        click.echo(line(outcome, style), err=form == "json", color=True)

    if settings["quiet"] or not total:
        yield kept.append
    elif sys.stderr.isatty():
        with click.progressbar(length=total, file=sys.stderr, show_pos=True) as bar:

            def advance(outcome: Outcome) -> None:
                kept.append(outcome)
                bar.update(1)

            yield advance
    else:
        yield tell
    if form == "text":
        for outcome in kept:
            tell(outcome)


@contextlib.contextmanager
def _stoppable() -> Iterator[list[bool]]:
    """First Ctrl-C: stop after the call in flight. Second: stop at once."""
    stop: list[bool] = []

    def on_signal(number: int, frame: object) -> None:
        if stop:
            raise KeyboardInterrupt
        stop.append(True)
        click.echo(say("cli.stopping"), err=True)

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


def _report(
    outcomes: Sequence[Outcome],
    confirmed: Confirmed | None,
    settings: Mapping[str, Any],
    form: str,
) -> None:
    from smsform.report.outcome import as_json, summary

    already = len(confirmed.done) if confirmed else 0
    if form == "json":
        click.echo(as_json(outcomes, already))
        return
    stale: Mapping[Address, str] = confirmed.stale if confirmed else {}
    style = style_of(settings)
    for address, why in stale.items():
        click.echo(style.red(f"{safe(str(address))}: {safe(why)}"), color=True)
    click.echo(summary(outcomes, already))


def _exit(
    plan: Plan,
    outcomes: Sequence[Outcome],
    confirmed: Confirmed | None,
    detailed: bool,
) -> int:
    """1 for a failure, 5 for stale entries; reviews only where asked for."""
    if any(part.error is not None for part in plan.providers):
        return Exit.ERROR
    bad = (Result.FAILED, Result.UNKNOWN)
    if any(outcome.result in bad for outcome in outcomes) or any(
        isinstance(outcome.error, StateError) for outcome in outcomes
    ):
        return Exit.ERROR
    if (confirmed and confirmed.stale) or any(
        outcome.result is Result.STALE for outcome in outcomes
    ):
        return Exit.STALE if detailed else Exit.ERROR
    if not detailed:
        return Exit.FINE
    if any(outcome.result is Result.SKIPPED for outcome in outcomes):
        return Exit.CHANGES
    submitted = any(outcome.result is Result.DONE for outcome in outcomes)
    code = review_exit(plan)
    return code or (Exit.PENDING if submitted else Exit.FINE)
