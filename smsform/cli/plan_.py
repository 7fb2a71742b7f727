"""``smsform plan``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from smsform.cli.comment import frame_of, report_options
from smsform.cli.options import (
    check_asked,
    detailed_option,
    on_call,
    plan_exit,
    planning_options,
    style_of,
)
from smsform.cli.reviewed import insist, report, reviewed_option
from smsform.errors import ConfigError, UnsafePlan
from smsform.plan import Options, Plan
from smsform.project.accounts import combined, make_parts, read_ahead
from smsform.project.addresses import addresses
from smsform.project.compose import (
    Project,
    defined,
    lint_submissions,
    load_state,
    open_empty,
    open_store,
)
from smsform.report.terminal import Style, safe
from smsform.state import State
from smsform.words import say


@click.command("plan")
@planning_options
@click.option(
    "-o", "output", metavar="FILE", type=Path,
    help="Save the plan; `smsform apply FILE` applies exactly it.",
)  # fmt: skip
@reviewed_option
@click.option(
    "--show-unmanaged", is_flag=True, help="List the entries that are unmanaged, too."
)
@detailed_option
@report_options
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
    **chosen: Any,
) -> int:
    """Show what apply would submit, change or delete.

    Reads the providers afresh and writes nothing.

    \b
    Examples:
      smsform plan
      smsform plan --target cloud/template.login_code
      smsform plan -o reviewed.json && smsform apply reviewed.json
      smsform plan --format markdown --marker shop > comment.md
    """
    frame = frame_of("plan", form, max_chars, marker)
    project = open_empty(settings)
    state = load_state(project, open_store(project))
    # What takes longest by far, over a network, begins first.
    tell_calls = on_call(settings)
    with read_ahead(project, state, providers, tell_calls) as accounts:
        project = defined(project)
        options = make_options(project, state, chosen, show_unmanaged)
        parts = make_parts(project, state, options, providers, tell_calls, accounts)
    plan = combined(parts, options)
    check_asked(plan)
    problems = lint_submissions(project, plan)
    if form == "json":
        from smsform.report.plan_json import as_json

        click.echo(as_json(plan))
    elif form == "markdown":
        from smsform.report.markdown.plan import as_markdown

        titles, unsafe = project.titles(), _unsafe(project, plan)
        click.echo(report(plan, frame, lambda f: as_markdown(plan, titles, unsafe, f)))
    else:
        click.echo(plan_text(project, plan, style_of(settings)), color=True)
    if problems:
        from smsform.report.problems import as_text

        click.echo(as_text(problems), err=True)
    if reviewed:
        style = style_of(settings, err=True)
        insist(plan, reviewed, lambda rest: plan_text(project, rest, style))
    if output is not None:
        _save(plan, output)
    return plan_exit(plan, detailed_exitcode)


def make_options(
    project: Project, state: State, chosen: dict[str, Any], show_unmanaged: bool = False
) -> Options:
    """The command line's planning options, addresses checked."""
    flags = ("targets", "resubmit", "retire", "delete")
    sets = {name: addresses(project, state, chosen[name]) for name in flags}
    return Options(
        now=0.0,
        prune=chosen["prune"],
        allow_changes=chosen["allow_changes"],
        allow_deletes=chosen["allow_deletes"],
        show_unmanaged=show_unmanaged,
        **sets,
    )


def plan_text(project: Project, plan: Plan, style: Style) -> str:
    """A plan for people, with what apply would refuse."""
    from smsform.report.plan import as_text

    return as_text(plan, project.titles(), style, _unsafe(project, plan))


def _unsafe(project: Project, plan: Plan) -> dict[str, UnsafePlan]:
    from smsform.apply import check

    found = {}
    for part in plan.providers:
        try:
            check(part, project.config.policy, plan.options)
        except UnsafePlan as error:
            found[part.provider] = error
    return found


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
