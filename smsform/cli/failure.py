"""Printing an error on stderr."""

from __future__ import annotations

import click

from smsform.cli import NoCommand
from smsform.errors import DefinitionError, SmsformError
from smsform.report.terminal import safe
from smsform.words import Language, say, spoken


def show(error: SmsformError, sentence: str = "cli.error") -> None:
    """Print *error* and what to do next; *sentence* names the line it is shown in."""
    if isinstance(error, DefinitionError):
        from smsform.report.problems import as_text

        click.echo(as_text(error.problems), err=True)
        return
    click.echo(say(sentence, what=safe(error.message())), err=True)
    if hint := error.hint():
        click.echo(f"  {safe(hint)}", err=True)


def show_usage(error: click.UsageError) -> None:
    """Print how the command is called and what is wrong with this call."""
    if isinstance(error, NoCommand):
        click.echo(error.format_message(), err=True)
        return
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        help_ = f"{error.ctx.command_path} --help"
        click.echo(say("cli.try_help", command=help_), err=True)
    what = error.format_message()
    if spoken() is Language.ZH:
        from smsform.cli.chinese import retold

        what = retold(what)
    click.echo(say("cli.error", what=safe(what)), err=True)
    if isinstance(error, click.NoSuchOption) and _is_for_all(error):
        click.echo(f"  {say('cli.option_first', name=error.option_name)}", err=True)


def _is_for_all(error: click.NoSuchOption) -> bool:
    """Whether an option that this command lacks exists before the command's name."""
    root = error.ctx.find_root() if error.ctx else None
    if root is None or error.ctx is root:
        return False
    return any(error.option_name in option.opts for option in root.command.params)
