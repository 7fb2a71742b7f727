"""``smsform status``."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, BinaryIO

import click

from smsform.cli.comment import frame_of, report_options
from smsform.cli.notifying import notify_option, tell_people
from smsform.cli.options import (
    checked_project,
    detailed_option,
    on_call,
    plan_exit,
    provider_option,
    wait_options,
)
from smsform.cli.output import is_live, show
from smsform.cli.waiting import as_json, as_lines, wait_exit, wait_for_reviews
from smsform.errors import WrongUsage
from smsform.plan import Options
from smsform.project.api import Project
from smsform.project.ingest import OPTION
from smsform.project.provider_parts import PlannedAccount, combined
from smsform.report import ingest as ingest_report
from smsform.report.formats import TABLE
from smsform.report.formats.reports.runs import StatusReport
from smsform.report.markdown.frame import Frame
from smsform.report.plan import summary
from smsform.report.status import moved, rows
from smsform.report.terminal import safe
from smsform.report.waiting import outlook
from smsform.waiting import WaitTiming, awaited
from smsform.words import say


@click.command("status")
@provider_option
@wait_options(
    "Wait until no review is pending, and print verdicts as they come. "
    "Ends with 0: all approved, 4: rejected, 3: still pending."
)
@click.option(
    OPTION,
    "file",
    type=click.File("rb"),
    metavar="FILE",
    help="Take over the reports a service pushed, a JSON array a line or a file; - is "
    "stdin. Asks the service nothing.",
)
@click.option(
    "--delivery",
    is_flag=True,
    help="Ask of every id that is handed out whether its messages arrive, a call each.",
)
@click.option("--all", "everything", is_flag=True, help="List replaced versions, too.")
@notify_option
@detailed_option
@report_options("status")
@click.pass_obj
def command(
    settings: dict[str, Any],
    providers: tuple[str, ...],
    file: BinaryIO | None,
    delivery: bool,
    everything: bool,
    wait: bool,
    timeout: float,
    interval: float,
    no_notify: bool,
    detailed_exitcode: bool,
    form: str,
    max_chars: int | None,
    marker: str | None,
) -> int:
    """Show where every entry is in review, and why one was rejected.

    Writes verdicts to the state file, moves `active` to what was approved, and tells
    the targets of `notify` in smsform.yaml.

    \b
    Examples:
      smsform status
      smsform status --all
      smsform status --detailed-exitcode --format json
      smsform status --wait --timeout 2h --interval 30s
      smsform status --ingest reports.jsonl --provider shop
    """
    frame = frame_of("status", form, max_chars, marker)
    project = checked_project(settings)
    tell = partial(_show, project, settings, form, frame, everything)
    if file is not None:
        if wait:
            raise WrongUsage(OPTION, say("cli.ingest_wait"))
        part, taken = project.ingest(file, providers)
        tell([part], {"reports": ingest_report.as_json(taken)})
        for line in ingest_report.as_text(part.plan.provider, taken):
            click.echo(line, err=True)
        tell_people(project, settings, no_notify)
        return plan_exit(combined([part], Options(now=0.0)), detailed_exitcode)
    if wait:
        waited = wait_for_reviews(
            project,
            settings,
            is_live(form),
            providers=providers,
            timing=WaitTiming(interval, timeout),
        )
        if waited.parts or not waited.trouble:
            parts = list(waited.parts.values())
            tell(parts, {"wait": as_json(waited)}, as_lines(waited))
        tell_people(project, settings, no_notify)
        return wait_exit(waited)
    status = project.status(providers, on_call=on_call(settings), delivery=delivery)
    tell(status.parts)
    _show_stale(project)
    tell_people(project, settings, no_notify)
    return plan_exit(status.plan, detailed_exitcode)


def _show_stale(project: Project) -> None:
    """Name the generated modules that differ from what the state says now."""
    if project.config.code:
        from smsform.project.senders import stale_modules

        for target in stale_modules(project):
            line = say("senders.check_stale", path=safe(target.path))
            click.echo(line, err=True)


def _show(
    project: Project,
    settings: Mapping[str, Any],
    form: str,
    frame: Frame,
    replaced: bool,
    parts: Sequence[PlannedAccount],
    more: Mapping[str, Any] = MappingProxyType({}),
    told: Sequence[str] = (),
) -> None:
    """Print the table, with *more* for the JSON document and *told* for Markdown.

    A wait has printed its verdicts already.
    """
    plan = combined(parts, Options(now=0.0))
    found = [
        row
        for part in parts
        if part.reading is not None
        for row in rows(
            part.plan,
            part.reading.entries,
            part.account.clock.now() if part.account else time.time(),
            project.spec(part.plan.provider).review,
        )
    ]
    verdicts = (v._replace(note="") for part in parts for v in part.verdicts)
    news = told or list(moved(verdicts))  # the notes are in the table
    show(StatusReport(plan, found, more, news, replaced), form, settings, frame)
    if TABLE[form].all:
        return
    for part in parts:
        if "wait" not in more:
            _tell(project, part)
    click.echo(summary(plan), err=True)


def _tell(project: Project, part: PlannedAccount) -> None:
    """Say on stderr what moved since the last look, and when to look again."""
    for line in moved(part.verdicts):
        click.echo(line, err=True)
    if part.account is not None:
        name, now = part.plan.provider, part.account.clock.now()
        hours = project.spec(name).review
        if text := outlook(name, awaited(part.plan.lines), hours, now):
            click.echo(text, err=True)
