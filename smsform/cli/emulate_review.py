"""By hand at an emulator: the verdicts of its reviewer."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import completion
from smsform.cli.emulate_admin import find_project, open_store, utf8
from smsform.errors import ConfigError
from smsform.model import Review
from smsform.project.emulators import locate
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
    from smsform.emulation.clock import VirtualClock
    from smsform.emulation.reviewer import judge
    from smsform.report.terminal import safe

    if (review is None) == (note is None):
        raise click.UsageError(say("emulation.one_verdict"))
    verdict = Review(review) if review else Review.REJECTED
    store = open_store(settings)
    clock = VirtualClock(store)
    located = locate(find_project(settings), store, clock, entry)
    if located is None:
        raise click.UsageError(say("emulation.no_address", address=entry))
    service, found = located
    if verdict not in service.reviews:
        raise ConfigError("entry", say("emulation.no_review", review=verdict))
    judge(store, found.id, verdict, clock.now(), note or "")
    service.tell()
    kind, name = found.kind, safe(found.name)
    told = say("emulation.judged", kind=kind, id=found.id, name=name, review=verdict)
    click.echo(told)
