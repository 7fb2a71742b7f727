"""``emulate set`` and ``emulate advance``: an emulator's settings and its clock."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import completion
from smsform.cli.emulate_admin import emulators, utf8
from smsform.words import say


@click.command("set")
@click.argument("provider", shell_complete=completion.providers)
@click.argument("name", callback=utf8)
@click.argument("value", required=False, callback=utf8)
@click.pass_obj
def change(
    settings: dict[str, Any], provider: str, name: str, value: str | None
) -> None:
    """Change a setting of an emulator from now on, written as in YAML.

    Without VALUE it is again what smsform.yaml says. A running server takes it up with
    the next call; `emulate reset` forgets it.

    \b
    Examples:
      smsform emulate set cloud review manual
      smsform emulate set cloud carriers "{unicom: failed, telecom: 5d}"
      smsform emulate set cloud carriers
    """
    from smsform.report.terminal import safe

    emulators(settings).change_setting(provider, name, value)
    word = "emulation.set_back" if value is None else "emulation.set"
    click.echo(safe(say(word, provider=provider, name=name, value=value)))


@click.command("advance")
@click.argument("time")
@click.pass_obj
def advance(settings: dict[str, Any], time: str) -> None:
    """Let TIME pass on the virtual clock: 90s, 5m, 2h or 14d.

    Reviews, registrations and letters age by it. A server keeps the wall clock, unless
    it was started with --virtual-clock.

    \b
    Example:
      smsform emulate advance 5d
    """
    from smsform.report.moments import moment

    now = emulators(settings).advance(time)
    click.echo(say("emulation.advanced", now=moment(round(now))))


COMMANDS = (change, advance)
