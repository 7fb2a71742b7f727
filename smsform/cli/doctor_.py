"""``smsform doctor``: what works here and what does not, and what to do about it."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import Exit
from smsform.cli.options import on_call, project_of, provider_option
from smsform.cli.output import format_option, show
from smsform.errors import SmsformError
from smsform.model import Check, Health
from smsform.project import own_checks


@click.command("doctor")
@provider_option
@click.option(
    "--shapes",
    is_flag=True,
    help="Instead, compare what the accounts answer with the services' documents.",
)
@format_option("doctor")
@click.pass_obj
def command(
    settings: dict[str, Any], providers: tuple[str, ...], shapes: bool, form: str
) -> int:
    """Check the project, its state, and every account.

    Says of each provider whether it is emulated, where its key was found, whether the
    account answers, how far off the clock is, what a key may not do, and how much of
    the quotas is used. Reads only. The exit code is 1 when something must be mended.

    With --shapes it lists fields and values in the accounts' replies that no document
    of the service has: names and types, no content. It may be pasted in an issue.

    \b
    Examples:
      smsform doctor
      smsform doctor --provider cloud --format json
      smsform doctor --shapes
    """
    if shapes:
        return _shapes(settings, providers, form)
    from smsform.report import doctor as report
    from smsform.report.formats.reports.runs import DoctorReport

    sections: dict[str, list[Check]] = {"": [own_checks.versions()]}
    titles: dict[str, str] = {}
    try:
        project = project_of(settings)
    except SmsformError as error:
        sections[""].append(own_checks.broken_config(error))
    else:
        titles = project.titles()
        found = project.check_up(providers, on_call=on_call(settings))
        sections = {**found, "": [*sections[""], *found[""]]}
    show(DoctorReport(sections, titles), form, settings)
    return Exit.ERROR if report.counts(sections)[Health.FAIL] else Exit.FINE


def _shapes(settings: dict[str, Any], providers: tuple[str, ...], form: str) -> int:
    """``--shapes``; what a service said of a failure is for ``doctor`` alone."""
    from smsform.report.formats.reports.runs import ShapesReport

    services = project_of(settings).shapes(providers, on_call=on_call(settings))
    show(ShapesReport(services), form, settings)
    return Exit.ERROR if any(each.failures for each in services) else Exit.FINE
