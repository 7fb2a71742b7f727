"""``emulate review``: a verdict on an entry of an emulator, given by hand."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import completion
from smsform.cli.emulate_admin import emulators, utf8
from smsform.model import Review
from smsform.words import say


@click.command("review")
@click.argument("entry", metavar="ADDRESS|ID", shell_complete=completion.remembered)
@click.option(
    "--approve", "review", flag_value=Review.APPROVED.value, help="It can be used now."
)
@click.option(
    "--approve-inactive",
    "review",
    flag_value=Review.APPROVED_INACTIVE.value,
    help="Passed, but not effective yet.",
)
@click.option(
    "--cancel",
    "review",
    flag_value=Review.CANCELLED.value,
    help="Withdrawn in the console, before a verdict.",
)
@click.option(
    "--reject",
    "note",
    metavar="NOTE",
    callback=utf8,
    help="Refused, with these words.",
)
@click.pass_obj
def judge_entry(
    settings: dict[str, Any], entry: str, review: str | None, note: str | None
) -> None:
    """Give a verdict by hand, also on what was approved before.

    \b
    Examples:
      smsform emulate review login_code --approve
      smsform emulate review pickup_ready --reject "no sample"
    """
    from smsform.report.terminal import safe

    if (review is None) == (note is None):
        raise click.UsageError(say("emulation.one_verdict"))
    verdict = Review(review) if review else Review.REJECTED
    found = emulators(settings).judge(entry, verdict, note or "")
    if found is None:
        raise click.UsageError(say("emulation.no_address", address=entry))
    kind, name = found.kind, safe(found.name)
    told = say("emulation.judged", kind=kind, id=found.id, name=name, review=verdict)
    click.echo(told)
