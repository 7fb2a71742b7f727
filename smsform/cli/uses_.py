"""``smsform uses``: where source code has the project's ids; offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from smsform.cli import Exit
from smsform.cli.options import checked_project
from smsform.cli.output import format_option, show
from smsform.errors import WrongUsage
from smsform.words import say


@click.command("uses")
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
@format_option("uses")
@click.pass_obj
def command(settings: dict[str, Any], paths: tuple[Path, ...], form: str) -> int:
    """Find the ids of this project in source code.

    Looks for every id of the state file as a whole word, and for the names of
    signatures in quotes, in all files below each PATH that git does not ignore; without
    a PATH below those of policy.uses. A line that says "smsform: unused" does not
    count. Fails when a PATH holds no file.

    \b
    Examples:
      smsform uses ../shop
      smsform uses src config --format json
    """
    from smsform.project.uses import uses
    from smsform.report.formats.reports.memory import UsesReport
    from smsform.report.uses import unsearched

    project = checked_project(settings)
    if not paths and not project.config.policy.uses:
        raise WrongUsage("uses", say("uses.no_path"), say("uses.no_path_hint"))
    state = project.state()
    found, searched = uses(project, state, paths or project.config.policy.uses)
    show(UsesReport(found, searched), form, settings)
    lines = list(unsearched(searched))
    for line in lines:
        click.echo(line, err=True)
    return Exit.ERROR if lines else Exit.FINE
