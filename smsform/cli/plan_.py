"""``smsform plan``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from smsform.cli.comment import frame_of, report_options
from smsform.cli.options import (
    detailed_option,
    on_call,
    plan_exit,
    planning_options,
    project_of,
    style_of,
)
from smsform.cli.output import show, spare
from smsform.cli.reviewed import insist, reviewed_option
from smsform.errors import ConfigError
from smsform.plan import Plan
from smsform.project.api import Project
from smsform.project.planning import Choice, Planned
from smsform.project.planning import plan as make_plan
from smsform.project.validation.validated import cache_for
from smsform.report.formats import TABLE
from smsform.report.formats.reports.runs import PlanReport
from smsform.report.terminal import Style, safe
from smsform.words import say


@click.command("plan")
@planning_options
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=Path,
    help="Save the plan; `smsform apply FILE` applies exactly it.",
)
@reviewed_option
@click.option(
    "--show-unmanaged",
    is_flag=True,
    help="List what is unmanaged and what was replaced, too.",
)
@detailed_option
@report_options("plan")
@click.option("--no-cache", is_flag=True, help="Work everything out anew.")
@click.pass_obj
def command(
    settings: dict[str, Any],
    /,
    output: Path | None,
    reviewed: tuple[str, ...],
    show_unmanaged: bool,
    detailed_exitcode: bool,
    form: str,
    max_chars: int | None,
    marker: str | None,
    providers: tuple[str, ...],
    no_cache: bool,
    **chosen: Any,
) -> int:
    """Show what apply would submit, change or delete.

    Reads the providers afresh and writes nothing. Definitions that did not change
    since the last run are remembered (`smsform cache`), unless the plan is saved.

    \b
    Examples:
      smsform plan
      smsform plan --target login_code
      smsform plan -o reviewed.json && smsform apply reviewed.json
      smsform plan --format markdown --marker shop > comment.md
    """
    frame = frame_of("plan", form, max_chars, marker)
    project = project_of(settings)
    if output is not None:
        from smsform.project.own_files import spare_own

        spare_own(project, output)
    choice = Choice(providers=providers, show_unmanaged=show_unmanaged, **chosen)
    cache = None if no_cache else cache_for(settings["directory"], os.environ)
    # What others are to go by is made from the files themselves.
    brief = output is None and not reviewed and TABLE[form].live
    told = on_call(settings)
    planned = make_plan(project, choice, told, cache, only_shown=brief)
    spare(planned)
    plan = planned.plan
    report = PlanReport(plan, project.titles(), planned.unsafe)
    show(report, form, settings, frame)
    if planned.warnings:
        from smsform.report.problems import as_text

        click.echo(as_text(planned.warnings), err=True)
    if reviewed:
        style = style_of(settings, err=True)

        def shown(rest: Plan) -> str:
            return plan_text(project, Planned(rest, (), project.unsafe(rest)), style)

        insist(plan, reviewed, shown)
    if output is not None:
        _save(plan, output)
    return plan_exit(plan, detailed_exitcode)


def plan_text(project: Project, planned: Planned, style: Style) -> str:
    """A plan for people, with what apply would refuse."""
    from smsform.report.plan import as_text

    return as_text(planned.plan, project.titles(), style, planned.unsafe)


def _save(plan: Plan, output: Path) -> None:
    from smsform.plan.file import dump

    for part in plan.providers:
        if part.error is not None:
            raise part.error
    try:
        # A lone surrogate from a service becomes the escape that JSON has for it.
        output.write_bytes(dump(plan).encode(errors="backslashreplace"))
    except OSError as error:
        raise ConfigError(str(output), error.strerror or str(error)) from None
    click.echo(safe(say("cli.saved", path=output)), err=True)
