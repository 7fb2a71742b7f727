"""``smsform rules``: what is checked, and why; offline."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import completion

if TYPE_CHECKING:
    from smsform.rule import Rule


@click.command()
@click.argument("ids", metavar="[ID]…", nargs=-1, shell_complete=completion.rules)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text",
    help="Text for people, JSON for programs.",
)  # fmt: skip
@click.pass_obj
def command(settings: dict[str, Any], ids: tuple[str, ...], form: str) -> None:
    """List the rules, or explain the ones named.

    An explanation gives the service's own code, where the fact is from and when it
    was read, and an example that fails and one that passes.

    \b
    Examples:
      smsform rules
      smsform rules SF201
    """
    from smsform.registry import specs
    from smsform.report import rules as report
    from smsform.report.terminal import style_for
    from smsform.validate import catalogue

    rules = catalogue(specs())
    shown = [_find(id, rules) for id in ids] if ids else rules
    if form == "json":
        click.echo(report.as_json(shown))
        return
    style = style_for(settings["color"], sys.stdout, os.environ)
    as_text = report.explained if ids else report.listed
    click.echo(as_text(shown, style), color=style.color)


def _find(id: str, rules: Sequence[Rule]) -> Rule:
    """The rule called *id*, in whatever case; a wrong id is answered with near ones."""
    from smsform.errors import ConfigError
    from smsform.project.suggest import near
    from smsform.words import say

    by_id = {rule.id: rule for rule in rules}
    if found := by_id.get(id.upper()):
        return found
    hint = near(id.upper(), by_id, most=3) or say("rules.all")
    raise ConfigError("rules", say("rules.no_such_rule", id=id), hint)
