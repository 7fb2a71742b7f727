"""``smsform validate``: every rule asked about every definition; offline."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from smsform.cli.output import format_option, show

if TYPE_CHECKING:
    from smsform.errors import Problem


@click.command()
@format_option("problems")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--max-problems",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show so many problems as text, 300 by default, and count the rest.",
)
@click.option("--no-cache", is_flag=True, help="Work everything out anew.")
@click.pass_obj
def command(
    settings: dict[str, Any],
    form: str,
    strict: bool,
    max_problems: int | None,
    no_cache: bool,
) -> int:
    """Check every definition against the rules; needs no account.

    Each problem is printed with its place, its rule and what to do. The exit code
    is 1 when one of them is an error, else 0. SARIF and annotations name files from
    the root of the repository. What did not change since the last run is remembered
    (`smsform cache`).

    \b
    Examples:
      smsform validate
      smsform validate --strict --format json > problems.json
      smsform validate --format sarif > smsform.sarif
      smsform rules SF201        # what a rule asks for, and why
    """
    from smsform.errors import Level, SmsformError
    from smsform.report.formats.reports.offline import ProblemsReport
    from smsform.report.problems import number
    from smsform.words import say

    folder = settings["directory"]
    try:
        problems, count = _check(settings, strict, no_cache)
    except SmsformError as error:
        show(ProblemsReport((), folder, error), form, settings)
        raise
    show(ProblemsReport(problems, folder, most=max_problems), form, settings)
    if not problems:
        line = say("problems.definitions_fine", definitions=number("definition", count))
        click.echo(line, err=True)
    return int(any(problem.level is Level.ERROR for problem in problems))


def _check(
    settings: dict[str, Any], strict: bool, no_cache: bool
) -> tuple[Sequence[Problem], int]:
    """The project's problems, and how many definitions it has."""
    from smsform.errors import DefinitionError
    from smsform.project.validation.validated import cache_for, validated

    root = settings["directory"]
    cache = None if no_cache else cache_for(root, os.environ)
    try:
        return validated(root, strict, cache, os.environ)
    except DefinitionError as error:  # in smsform.yaml: there is no more to check
        return error.problems, 0
