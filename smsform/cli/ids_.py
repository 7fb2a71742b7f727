"""``smsform ids``."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import Exit
from smsform.cli.options import checked_project, completing
from smsform.cli.output import format_option, show
from smsform.project.published import defined_addresses
from smsform.report.formats.reports.memory import IdsReport
from smsform.report.terminal import safe
from smsform.words import say


@click.command("ids")
@format_option("ids")
@click.option(
    "--require",
    multiple=True,
    metavar="ADDRESS",
    shell_complete=completing("addresses"),
    help="Fail when this address has no approved id.",
)
@click.pass_obj
def command(settings: dict[str, Any], form: str, require: tuple[str, ...]) -> int:
    """Print the approved ids, for applications; of signatures the names.

    Reads the state file alone. An address without an approved id is left out and named
    on stderr. Ids from an emulator are marked.

    \b
    Examples:
      smsform ids > ids.json
      smsform ids --format env --require login_code
    """
    project = checked_project(settings)
    found = project.ids()
    have = {each.address for each in found}
    wanted = have
    if require:
        from smsform.project.addresses import addresses

        wanted = {*addresses(project, project.state(), require, have)}
    show(IdsReport(found), form, settings)
    for at in defined_addresses(project):
        if at not in have:
            click.echo(say("cli.no_id", address=safe(str(at))), err=True)
    missing = wanted - have
    for each in sorted(missing):
        click.echo(say("cli.required", address=safe(str(each))), err=True)
    return Exit.ERROR if missing else Exit.FINE
