"""``smsform apply``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from smsform.apply.values import Result
from smsform.cli import Exit
from smsform.cli.apply_progress import Display
from smsform.cli.asking import agreed
from smsform.cli.comment import frame_of, report_options
from smsform.cli.failure import show as show_error
from smsform.cli.notifying import notify_option, tell_people
from smsform.cli.options import (
    detailed_option,
    on_call,
    planning_options,
    project_of,
    review_exit,
    style_of,
    tell,
    wait_options,
)
from smsform.cli.output import is_live, show
from smsform.cli.plan_ import plan_text
from smsform.cli.waiting import as_json, as_lines, wait_exit, wait_for_reviews
from smsform.errors import WrongUsage
from smsform.plan.file import SavedPlan, load
from smsform.project.applying import Applied
from smsform.project.planning import Choice, Planned
from smsform.project.waiting import Wait
from smsform.report.formats.reports.runs import OutcomeReport
from smsform.report.markdown.frame import Frame
from smsform.waiting import WaitTiming, held
from smsform.words import say


@click.command("apply")
@click.argument("file", required=False, type=Path)
@planning_options
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
@wait_options(
    "Then wait for the reviews, and submit what waited for a signature. "
    "Ends with 0: all approved, 4: rejected, 3: still pending."
)
@notify_option
@detailed_option
@report_options("outcome")
@click.pass_obj
def command(
    settings: dict[str, Any],
    /,
    file: Path | None,
    auto_approve: bool,
    wait: bool,
    timeout: float,
    interval: float,
    no_notify: bool,
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
    project = project_of(settings)
    if file:
        what: Choice | SavedPlan = _load_file(file, providers, chosen)
    else:
        what = Choice(providers=providers, **chosen)
    aside = not is_live(form)

    def ask(planned: Planned) -> bool:
        asks = bool(planned.changes) and not auto_approve
        if asks or not aside:
            tell(plan_text(project, planned, style_of(settings, aside)), err=aside)
        return not asks or _approved()

    display = Display(settings, aside, ask)
    try:
        with display:
            applied = project.apply(what, watcher=display, on_call=on_call(settings))
    except KeyboardInterrupt:
        if display.stopped():
            tell(say("cli.cut_short"), err=True)
        raise
    if applied.declined:
        return Exit.ERROR
    waited = None
    if wait and not applied.stopped:
        if is_live(form):
            _report(applied, form, settings, frame, waits=True)
        # What was held back is not in a plan file: nobody approved it.
        more = frozenset() if file else held(applied.plan.lines)
        waited = wait_for_reviews(
            project,
            settings,
            is_live(form),
            timing=WaitTiming(interval, timeout),
            applied=applied,
            held=more,
        )
    if waited is None or aside:
        _report(applied, form, settings, frame, waited)
    if applied.unsaved:
        show_error(applied.unsaved)
    tell_people(project, settings, no_notify)
    if applied.stopped:
        return display.exit_code
    return _exit(applied, detailed_exitcode or wait, waited)


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


def _approved() -> bool:
    """Ask, and say that nothing was done where the answer is no."""
    if not sys.stdin.isatty():
        raise WrongUsage("apply", say("cli.no_terminal"), say("cli.no_terminal_hint"))
    if agreed(say("cli.confirm")):
        return True
    tell(say("cli.declined"), err=True)
    return False


def _report(
    applied: Applied,
    form: str,
    settings: Mapping[str, Any],
    frame: Frame,
    waited: Wait | None = None,
    waits: bool = False,
) -> None:
    live = is_live(form)
    if live and applied.confirmed is None and not applied.outcomes:
        return  # the plan that was shown says why
    if live and applied.confirmed:
        for error in applied.errors:
            show_error(error)
    report = OutcomeReport(
        applied.plan,
        applied.outcomes,
        applied.already,
        applied.stale,
        wait=as_json(waited) if waited else None,
        told=as_lines(waited) if waited else (),
        waits=waits,
    )
    show(report, form, settings, frame)


def _exit(applied: Applied, detailed: bool, waited: Wait | None) -> int:
    """1 for a failure, 5 for stale entries; reviews only where asked for."""
    outcomes = applied.outcomes
    if (
        applied.errors
        or applied.unsaved
        or any(outcome.fell_short for outcome in outcomes)
    ):
        return Exit.ERROR
    if applied.stale or any(each.result is Result.STALE for each in outcomes):
        return Exit.STALE if detailed else Exit.ERROR
    if not detailed:
        return Exit.FINE
    if waited is not None:
        return wait_exit(waited)
    if any(outcome.result is Result.SKIPPED for outcome in outcomes):
        return Exit.CHANGES
    submitted = any(outcome.result is Result.DONE for outcome in outcomes)
    code = review_exit(applied.plan)
    return code or (Exit.PENDING if submitted else Exit.FINE)
