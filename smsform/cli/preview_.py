"""``smsform preview``: messages as their recipients read them; offline."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from smsform.config import Config
    from smsform.definitions import Definitions
    from smsform.errors import Problem
    from smsform.model import Template
    from smsform.preview import Preview


@click.command()
@click.argument("keys", metavar="[KEY]…", nargs=-1)
@click.option(
    "--format", "layout", type=click.Choice(["text", "json"]), default="text",
    help="text for people, json for programs.",
)  # fmt: skip
@click.option(
    "--provider", metavar="NAME", help="Only templates and texts of this provider."
)
@click.pass_obj
def command(
    settings: dict[str, Any], keys: tuple[str, ...], layout: str, provider: str | None
) -> int:
    """Show each sample as its recipient reads it; needs no account.

    Beside it: the text the service gets, the segments that will be billed and where
    they are cut, and what the rules say. KEY is a template's key; all are shown
    without one. The exit code is 1 when a template cannot be shown, else 0.

    \b
    Example:
      smsform preview
      smsform preview login_code pickup
      smsform preview --provider cloud --format json > preview.json
    """
    from smsform.config import load
    from smsform.definitions import load as load_definitions
    from smsform.preview import preview
    from smsform.registry import specs
    from smsform.report import preview as report
    from smsform.report.terminal import Style, colour_wanted
    from smsform.validate import check
    from smsform.words import say

    config = load(settings["directory"], os.environ, specs())
    names = _providers(config, provider)
    definitions = load_definitions(config, specs())
    problems = _by_template(check(definitions, config, specs()), names)
    templates = _chosen(keys, definitions, problems)
    failures: list[str] = []  # one a preview, "" for a fine one

    def previews() -> Iterator[Preview]:
        for template in templates:
            reached = _reached(template, names)
            if reached or not provider:
                each = preview(template, definitions, config, specs(), reached)
                failures.append(each.failure)
                yield each

    if layout == "json":
        click.echo(report.as_json(previews(), problems))
    else:
        style = Style(colour_wanted(settings["color"], sys.stdout, os.environ))
        columns = shutil.get_terminal_size().columns
        for each in previews():
            found = problems.get(each.template.key, ())
            text = report.as_text(each, found, style, columns)
            click.echo(text if len(failures) == 1 else f"\n{text}", color=style.color)
    if not failures:
        click.echo(say("preview.no_templates"), err=True)
    complete = bool(keys) or not _lacking(problems, definitions)
    return int(not complete or any(failures))


def _providers(config: Config, only: str | None) -> list[str]:
    """The configured providers, or the one that was asked for."""
    from smsform.errors import WrongUsage
    from smsform.words import say

    if only is None:
        return list(config.providers)
    if only in config.providers:
        return [only]
    known = say("cli.known", known=", ".join(config.providers))
    raise WrongUsage("--provider", say("cli.no_provider", name=only), known)


def _reached(template: Template, names: Sequence[str]) -> list[str]:
    chosen = template.providers
    return [name for name in names if chosen is None or name in chosen]


def _by_template(
    problems: Iterable[Problem], names: Sequence[str]
) -> dict[str, list[Problem]]:
    """Problems by template key, those of other providers left out; "" the rest."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        _, _, entry = problem.address.rpartition("/")
        kind, _, key = entry.partition(".")
        ours = not problem.provider or set(problem.provider.split(", ")) & set(names)
        if ours:
            found.setdefault(key if kind == "template" else "", []).append(problem)
    return found


def _chosen(
    keys: Sequence[str],
    definitions: Definitions,
    problems: dict[str, list[Problem]],
) -> list[Template]:
    """The templates called *keys*, all without any, in the order of the files."""
    from difflib import get_close_matches

    from smsform.errors import ConfigError, DefinitionError
    from smsform.words import say

    for key in keys:
        if key in definitions.templates:
            continue
        if key in problems:
            raise DefinitionError(problems[key])
        near = get_close_matches(key, definitions.templates, n=1)
        hint = say("preview.did_you_mean", near=near[0]) if near else ""
        raise ConfigError("preview", say("preview.no_such_template", key=key), hint)
    return [t for key, t in definitions.templates.items() if not keys or key in keys]


def _lacking(
    problems: dict[str, list[Problem]], definitions: Definitions
) -> Sequence[Problem]:
    """Errors for which templates may be missing here; says so on stderr."""
    from smsform.errors import Level
    from smsform.report.problems import number
    from smsform.words import say

    errors = [
        problem
        for key, found in problems.items()
        for problem in found
        if problem.level is Level.ERROR and key not in definitions.templates
    ]
    if errors:
        count = number("error", len(errors))
        click.echo(say("preview.elsewhere", errors=count), err=True)
    return errors
