"""``smsform rules``: what is checked, and why; offline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import completion
from smsform.cli.output import format_option, show

if TYPE_CHECKING:
    from smsform.rule import Rule


@click.command()
@click.argument("ids", metavar="[ID]…", nargs=-1, shell_complete=completion.rules)
@format_option("rules")
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
    from smsform.report.formats.reports.offline import RulesReport
    from smsform.validate import catalogue

    rules = catalogue(specs())
    shown = [_find(id, rules) for id in ids] if ids else rules
    show(RulesReport(shown, explained=bool(ids)), form, settings)


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
