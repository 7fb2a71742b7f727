"""``smsform emulate outbox`` and ``reply``: what was sent, and an answer to it."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import completion
from smsform.cli.emulate_admin import MOST, emulators, utf8
from smsform.cli.output import format_option, is_live, show
from smsform.words import counted, say


@click.command("outbox")
@click.option(
    "--to",
    "number",
    metavar="NUMBER",
    shell_complete=completion.numbers,
    help="Only messages to this number.",
)
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, MOST),
    metavar="N",
    help="At most N.",
)
@click.option(
    "--clear",
    is_flag=True,
    help="Then hide these, and older ones that --limit left out.",
)
@format_option("outbox")
@click.pass_obj
def show_outbox(
    settings: dict[str, Any], number: str | None, limit: int, clear: bool, form: str
) -> None:
    """Show the messages that were accepted, newest first, with whole numbers.

    Cleared ones still count: for limits, records and statistics.

    \b
    Examples:
      smsform emulate outbox
      smsform emulate outbox --to 13800138000 --format json
      smsform emulate outbox --clear
    """
    from smsform.report.formats.reports.emulated import OutboxReport

    admin = emulators(settings)
    messages = admin.messages(number, limit)
    show(OutboxReport(messages, admin.clock.now()), form, settings)
    if is_live(form) and not messages:
        click.echo(say("emulation.no_messages"), err=True)
    if clear:
        # What came meanwhile was not shown, and stays.
        newest = (messages[0].id or 0) if messages else 0
        cleared = admin.clear(number, newest)
        click.echo(counted("emulation.cleared", cleared), err=True)


@click.command("reply")
@click.argument("number", shell_complete=completion.numbers)
@click.argument("text", callback=utf8)
@click.option(
    "--provider",
    metavar="NAME",
    shell_complete=completion.providers,
    help="Only to what this provider sent.",
)
@click.pass_obj
def answer(
    settings: dict[str, Any], number: str, text: str, provider: str | None
) -> None:
    """Let a number answer the last message it got.

    A word like R or 退订 puts it on the black list for that signature and type of
    message.

    \b
    Example:
      smsform emulate reply 13800138000 R
    """
    from smsform.report.terminal import safe

    message, left = emulators(settings).reply(number, text, provider)
    word = "emulation.answered_left" if left else "emulation.answered"
    click.echo(safe(say(word, provider=message.provider, name=message.name)))
