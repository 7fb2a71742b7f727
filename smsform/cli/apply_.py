"""``smsform apply``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from smsform.apply import Outcome, Result, check
from smsform.cli import Exit
from smsform.cli.comment import frame_of, report_options
from smsform.cli.failure import show as show_error
from smsform.cli.options import (
    check_asked,
    detailed_option,
    on_call,
    planning_options,
    review_exit,
    style_of,
    tell,
    wait_options,
)
from smsform.cli.plan_ import make_options, plan_text
from smsform.cli.waiting import Wait
from smsform.cli.work import Work
from smsform.errors import PlanMoved, WrongUsage
from smsform.model import Address
from smsform.plan import Options, Plan
from smsform.plan.confirm import Confirmed, check_providers, confirm
from smsform.plan.file import SavedPlan, dump, load
from smsform.project.accounts import PlannedAccount, combined, make_parts
from smsform.project.compose import (
    lint_submissions,
    load_state,
    locked,
    open_project,
    open_store,
)
from smsform.report.markdown.folding import Frame
from smsform.report.terminal import safe
from smsform.report.waiting import Ended
from smsform.waiting import Tempo, held, only
from smsform.words import say

# Seconds a question may be open before what it was about is read again.
PATIENCE = 60.0


class Waited(NamedTuple):
    """A wait that is over."""

    wait: Wait
    ended: Ended


@click.command("apply")
@click.argument("file", required=False, type=Path)
@planning_options
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
@wait_options(
    "Then wait for the reviews, and submit what waited for a signature. "
    "Ends with 0: all approved, 4: rejected, 3: still pending."
)
@detailed_option
@report_options
@click.pass_obj
def command(
    settings: dict[str, Any],
    /,
    file: Path | None,
    auto_approve: bool,
    wait: bool,
    timeout: float,
    interval: float,
    detailed_exitcode: bool,
    form: str,
    max_chars: int | None,
    marker: str | None,
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
      smsform apply --auto-approve --wait --timeout 4h
    """
    frame = frame_of("apply", form, max_chars, marker)
    project = open_project(settings)
    saved = _load_file(file, providers, chosen) if file else None
    store = open_store(project)
    with locked(store):
        state = load_state(project, store)
        if saved is not None:
            check_providers(saved, project.config.providers)
            options = saved.options
            providers = tuple(saved.identities)
        else:
            options = make_options(project, state, chosen)

        def read() -> list[PlannedAccount]:
            return make_parts(project, state, options, providers, on_call(settings))

        parts = read()
        plan = combined(parts, options)
        confirmed = confirm(saved, plan) if saved is not None else None
        if confirmed is not None:
            plan = confirmed.plan
        else:
            check_asked(plan, repeatable=True)
        lint_submissions(project, plan)
        for part in plan.providers:
            check(part, project.config.policy, options)
        if confirmed is None:
            asks = bool(plan.changes) and not auto_approve
            if form == "text" or asks:
                err = form != "text"
                tell(plan_text(project, plan, style_of(settings, err)), err=err)
            if asks:
                parts = _approved(plan, parts, read)
                plan = combined(parts, options)
        work = Work(project, store, settings, form)
        stale = confirmed.stale if confirmed else {}
        try:
            work.carry_out(plan, parts, state, stale)
        except KeyboardInterrupt:
            tell(say("cli.cut_short"), err=True)
            raise
    waited = None
    if wait and not work.stopped:
        if form == "text":
            _report(plan, work, confirmed, frame, waits=True)
        # What was held back is not in a plan file: nobody approved it.
        more = frozenset() if saved else held(plan.lines)
        waited = _wait(work, plan, options, Tempo(interval, timeout), more)
    if waited is None or form != "text":
        _report(plan, work, confirmed, frame, waited)
    if work.stopped:
        return Exit.INTERRUPTED
    detailed = detailed_exitcode or wait
    return _exit(plan, work.outcomes, confirmed, detailed, waited)


def _load_file(
    file: Path, providers: Sequence[str], chosen: dict[str, Any]
) -> SavedPlan:
    options = {"targets": "--target"}
    given = [
        options.get(name, f"--{name.replace('_', '-')}")
        for name, value in chosen.items()
        if value not in (None, ()) and value is not False
    ]
    given += ["--provider"] if providers else []
    if given:
        what = say("cli.flags_with_file", flags=", ".join(given))
        raise WrongUsage("apply", what)
    return load(file)


def _approved(
    plan: Plan, parts: list[PlannedAccount], read: Callable[[], list[PlannedAccount]]
) -> list[PlannedAccount]:
    """Ask; the parts to carry out, *read* again when the answer took its time.

    An answer is about what was shown: PlanMoved when that is not the plan any more.
    """
    if not sys.stdin.isatty():
        raise WrongUsage("apply", say("cli.no_terminal"), say("cli.no_terminal_hint"))
    [clock, *_] = [part.account.clock for part in parts if part.account]
    asked = clock.now()
    if not click.confirm(say("cli.confirm"), err=True):
        tell(say("cli.declined"), err=True)
        raise click.exceptions.Exit(Exit.ERROR)
    if clock.now() - asked <= PATIENCE:
        return parts
    parts = read()
    if dump(combined(parts, plan.options)) != dump(plan):
        raise PlanMoved(say("cli.confirm"))
    return parts


def _wait(
    work: Work, plan: Plan, options: Options, tempo: Tempo, waiting: frozenset[Address]
) -> Waited:
    """Wait for the reviews of every provider that could be read.

    *waiting* are addresses to submit once their signature is there.
    """
    names = [part.provider for part in plan.providers if part.error is None]
    wait = Wait(
        work.project, work.store, work.settings, names, tempo, work.form,
        options.targets, waiting,
    )  # fmt: skip

    def submit(ready: frozenset[Address]) -> frozenset[Address]:
        with locked(work.store):
            state = load_state(work.project, work.store)
            parts = wait.read(state)
            part_of = only(wait.planned(parts), ready)
            lint_submissions(work.project, part_of)
            for part in part_of.providers:
                check(part, work.project.config.policy, options)
            work.carry_out(part_of, parts, state)
            if work.stopped:
                raise KeyboardInterrupt
        return frozenset(line.address for line in part_of.lines)

    wait.submit = submit
    return Waited(wait, wait.run())


def _report(
    plan: Plan,
    work: Work,
    confirmed: Confirmed | None,
    frame: Frame,
    waited: Waited | None = None,
    waits: bool = False,
) -> None:
    from smsform.report.outcome import as_json, summary

    already = len(confirmed.done) if confirmed else 0
    stale: Mapping[Address, str] = confirmed.stale if confirmed else {}
    if work.form == "json":
        wait = waited.wait.as_json(waited.ended) if waited else None
        click.echo(as_json(work.outcomes, plan, already, stale, wait))
        return
    if work.form == "markdown":
        from smsform.report.markdown.outcome import as_markdown

        told = waited.wait.as_lines(waited.ended) if waited else []
        click.echo(as_markdown(work.outcomes, plan, frame, already, stale, told))
        return
    if confirmed is None and not work.outcomes:
        return  # the plan that was shown says why
    if confirmed:
        for error in [part.error for part in plan.providers if part.error]:
            show_error(error)
    style = style_of(work.settings)
    for address, why in stale.items():
        tell(style.red(f"{safe(str(address))}: {safe(why)}"))
    tell(summary(work.outcomes, already, len(stale), plan.unread, next=not waits))


def _exit(
    plan: Plan,
    outcomes: Sequence[Outcome],
    confirmed: Confirmed | None,
    detailed: bool,
    waited: Waited | None,
) -> int:
    """1 for a failure, 5 for stale entries; reviews only where asked for."""
    if any(part.error is not None for part in plan.providers):
        return Exit.ERROR
    if any(outcome.fell_short for outcome in outcomes):
        return Exit.ERROR
    if (confirmed and confirmed.stale) or any(
        outcome.result is Result.STALE for outcome in outcomes
    ):
        return Exit.STALE if detailed else Exit.ERROR
    if not detailed:
        return Exit.FINE
    if waited is not None:
        return waited.wait.exit
    if any(outcome.result is Result.SKIPPED for outcome in outcomes):
        return Exit.CHANGES
    submitted = any(outcome.result is Result.DONE for outcome in outcomes)
    code = review_exit(plan)
    return code or (Exit.PENDING if submitted else Exit.FINE)
