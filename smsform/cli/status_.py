"""``smsform status``."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli.accounts import (
    combined,
    make_parts,
)
from smsform.cli.compose import (
    load_state,
    locked,
    open_project,
    open_store,
)
from smsform.cli.options import (
    detailed_option,
    format_option,
    on_call,
    plan_exit,
    provider_option,
    style_of,
)
from smsform.plan import Options
from smsform.report.plan import summary
from smsform.report.status import as_json, as_text, moved, rows


@click.command("status")
@provider_option
@detailed_option
@format_option
@click.pass_obj
def command(
    settings: dict[str, Any],
    providers: tuple[str, ...],
    detailed_exitcode: bool,
    form: str,
) -> int:
    """Show where every entry is in review, and why one was rejected.

    Writes verdicts to the state file and moves `active` to what was approved.

    \b
    Examples:
      smsform status
      smsform status --detailed-exitcode --format json
    """
    project = open_project(settings)
    store = open_store(project)
    options = Options(now=0.0)
    with locked(store):
        state = load_state(project, store)
        parts = make_parts(project, state, options, providers, on_call(settings))
        for part in parts:
            if part.plan.error is None:
                state = state.with_block(part.plan.provider, part.plan.block)
        store.save(state)
    plan = combined(parts, options)
    found = [
        row
        for part in parts
        if part.reading is not None
        for row in rows(part.plan, part.reading.entries)
    ]
    if form == "json":
        click.echo(as_json(plan, found))
    else:
        click.echo(as_text(plan, found, style_of(settings)), color=True)
        for part in parts:
            for line in moved(part.verdicts):
                click.echo(line, err=True)
        click.echo(summary(plan), err=True)
    return plan_exit(plan, detailed_exitcode)
