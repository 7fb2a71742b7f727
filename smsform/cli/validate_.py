"""``smsform validate``: every rule asked about every definition; offline."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from smsform.errors import Problem, SmsformError


REPORTS = ("sarif", "github")  # read elsewhere than in this folder


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="Text for people, JSON for programs, SARIF for code scanning, or annotations "
    "for a GitHub workflow.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.pass_obj
def command(settings: dict[str, Any], form: str, strict: bool) -> int:
    """Check every definition against the rules; needs no account.

    Each problem is printed with its place, its rule and what to do. The exit code
    is 1 when one of them is an error, else 0. SARIF and annotations name files from
    the root of the repository.

    \b
    Examples:
      smsform validate
      smsform validate --strict --format json > problems.json
      smsform validate --format sarif > smsform.sarif
      smsform rules SF201        # what a rule asks for, and why
    """
    from smsform.errors import Level, SmsformError
    from smsform.report.problems import number
    from smsform.words import say

    try:
        problems, count = _check(settings, strict)
    except SmsformError as error:
        if form in REPORTS:
            click.echo(_report(form, (), error))
        raise
    if form in REPORTS:
        problems = list(_from_root(problems, str(settings["directory"])))
        click.echo(_report(form, problems))
    elif problems or form == "json":
        _print(problems, form, settings["color"])
    if not problems:
        line = say("problems.definitions_fine", definitions=number("definition", count))
        click.echo(line, err=True)
    return int(any(problem.level is Level.ERROR for problem in problems))


def _print(problems: Sequence[Problem], form: str, color: str) -> None:
    from smsform.report import problems as report
    from smsform.report.terminal import Style, colour_wanted

    if form == "json":
        click.echo(report.as_json(problems))
        return
    style = Style(colour_wanted(color, sys.stdout, os.environ))
    click.echo(report.as_text(problems, style), color=style.color)


def _report(
    form: str, problems: Sequence[Problem], failure: SmsformError | None = None
) -> str:
    """The problems, or the *failure* to look for them, in a format of other tools."""
    if form == "sarif":
        from smsform.registry import specs
        from smsform.report.sarif import as_sarif
        from smsform.validate import catalogue

        return as_sarif(problems, catalogue(specs()), failure)
    from smsform.report import annotations

    if failure is not None:
        return annotations.as_command(failure)
    return annotations.as_commands(problems)


def _from_root(problems: Sequence[Problem], directory: str) -> Iterator[Problem]:
    """The *problems* with files named from the root of the repository.

    Where there is none, from the current folder.
    """
    from smsform.project.repository import repository

    root = repository(Path(os.path.abspath(directory))) or Path.cwd()
    for problem in problems:
        file = os.path.abspath(problem.at.file)
        if file.startswith(os.path.join(root, "")):
            file = os.path.relpath(file, root).replace(os.sep, "/")
        yield problem._replace(at=problem.at._replace(file=file))


def _check(settings: dict[str, Any], strict: bool) -> tuple[Sequence[Problem], int]:
    """The project's problems, and how many definitions it has."""
    from smsform.errors import DefinitionError
    from smsform.project.api import Project

    try:
        project = Project.load(settings["directory"])
    except DefinitionError as error:  # in smsform.yaml: there is no more to check
        return error.problems, 0
    problems = project.validate(strict=strict)
    definitions = project.definitions
    return problems, len(definitions.signatures) + len(definitions.templates)
