"""``smsform stats``: what went out."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli.options import checked_project, on_call, provider_option
from smsform.cli.output import format_option, show


@click.command("stats")
@click.option(
    "--from",
    "begin",
    metavar="DATE",
    help="The first day or hour: 2026-11-01, 2026-11-01T09; default: six days ago.",
)
@click.option(
    "--to",
    "end",
    metavar="DATE",
    help="The last day or hour; default: today.",
)
@click.option(
    "--by",
    type=click.Choice(["hour", "day"]),
    default="day",
    show_default=True,
    help="What is counted together.",
)
@provider_option
@format_option("stats")
@click.pass_obj
def command(
    settings: dict[str, Any],
    begin: str | None,
    end: str | None,
    by: str,
    providers: tuple[str, ...],
    form: str,
) -> None:
    """Count what went out, by day or by hour in Beijing.

    What was accepted, billed, delivered and failed, as far as the service counts it,
    and what is left of the packages that domestic messages need.

    \b
    Examples:
      smsform stats
      smsform stats --from 2026-11-28T08 --to 2026-11-28T20 --by hour --provider cloud
      smsform stats --from 2026-11-01 --to 2026-11-28 --format csv > november.csv
    """
    from smsform.project.counts import counted
    from smsform.project.receipts import able
    from smsform.report.formats.reports.messages import StatsReport

    project = checked_project(settings)
    names = able(project, providers)
    found = counted(project, names, begin, end, by == "hour", on_call(settings))
    show(StatsReport(found, by), form, settings)
