"""``smsform schema``: the JSON Schemas of what is read, printed and kept; offline."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import completion
from smsform.errors import WrongUsage
from smsform.project.suggest import near
from smsform.report.schemas import ROOMS, as_json
from smsform.report.terminal import table
from smsform.words import say


@click.command()
@click.argument("name", required=False, shell_complete=completion.schemas)
@click.pass_obj
def command(settings: dict[str, Any], name: str | None) -> None:
    """Print the JSON Schema called NAME, or list them.

    `definitions` and `project` describe the YAML files: an editor that knows them
    completes and explains keys. The others describe what `--format json` prints and
    what smsform writes.

    \b
    Examples:
      smsform schema
      smsform schema definitions > definitions.schema.json
      smsform schema plan
    """
    if name is None:
        lines = [(each, say(f"schema.{each.replace('-', '_')}")) for each in ROOMS]
        click.echo(table(lines))
    elif name in ROOMS:
        click.echo(as_json(name))
    else:
        hint = near(name, ROOMS) or say("schema.all")
        raise WrongUsage("schema", say("schema.no_such_schema", name=name), hint)
