"""``smsform notify``: tell people what they have not been told, or try it out."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import Exit
from smsform.cli.options import project_of
from smsform.cli.output import format_option, show
from smsform.errors import ConfigError, WrongUsage
from smsform.words import say


@click.command("notify")
@click.option("--test", is_flag=True, help="Send each target one test message.")
@click.option(
    "--to",
    "only",
    multiple=True,
    metavar="VARIABLE",
    help="Only the target whose address is in this variable; may be repeated.",
)
@format_option("notified")
@click.pass_obj
def command(
    settings: dict[str, Any], test: bool, only: tuple[str, ...], form: str
) -> int:
    """Tell the targets of `notify` in smsform.yaml what they have not been told.

    `status` and `apply` do this by themselves when they end; this is for a run that
    could not, and for trying a target out. Fails where a target did not take it.

    \b
    Examples:
      smsform notify --test
      smsform notify --test --to SMSFORM_NOTIFY_OPS
      smsform notify --format json
    """
    from smsform.report.formats.reports.told import NotifiedReport
    from smsform.report.notified import is_trouble

    project = project_of(settings)
    known = [wish.variable for wish in project.config.notify]
    if not known:
        what, todo = say("notify.no_notify"), say("notify.no_notify_hint")
        raise ConfigError("notify", what, todo)
    for name in only:
        if name not in known:
            hint = say("cli.known", known=", ".join(known))
            raise WrongUsage("--to", say("notify.no_such", name=name), hint)
    notified = project.notify(only, test=test)
    show(NotifiedReport(notified, test), form, settings)
    return Exit.ERROR if any(map(is_trouble, notified)) else Exit.FINE
