"""``smsform receipts``: what became of messages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from smsform.cli.options import (
    checked_project,
    duration,
    on_call,
    provider_option,
)
from smsform.cli.output import format_option, is_live, show
from smsform.errors import WrongUsage
from smsform.words import counted, say

if TYPE_CHECKING:
    from smsform.project.api import Project
    from smsform.project.receipts import ExplainedReceipt


@click.command("receipts")
@click.option(
    "--to",
    metavar="NUMBER",
    help="The messages to this number; -: read it from stdin.",
)
@click.option(
    "--since",
    type=duration,
    metavar="DURATION",
    default="24h",
    show_default=True,
    help="How far back --to looks.",
)
@click.option(
    "--pull",
    is_flag=True,
    help="Empty the service's queue of receipts into the file of -o. Every receipt "
    "exists once: it is on disk before the next is asked for.",
)
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where --pull adds a JSON object a line, with whole numbers; only for your "
    "eyes (mode 0600).",
)
@click.option(
    "--ingest",
    type=click.File("rb"),
    metavar="FILE",
    help="Read the receipts that a service pushed, a JSON array a line or a file; - is "
    "stdin.",
)
@provider_option
@click.option("--show-numbers", is_flag=True, help="Do not mask the numbers.")
@format_option("receipts")
@click.pass_obj
def command(
    settings: dict[str, Any],
    to: str | None,
    since: float,
    pull: bool,
    output: Path | None,
    ingest: BinaryIO | None,
    providers: tuple[str, ...],
    show_numbers: bool,
    form: str,
) -> None:
    """Say whether messages arrived, and why not.

    Asks for one number's messages, empties the service's queue, or reads what a service
    pushed to you. Numbers are masked, and the values in texts are hidden.

    \b
    Examples:
      smsform receipts --to 13800138000
      smsform receipts --pull -o receipts.jsonl --provider cloud
      smsform receipts --ingest pushed.json --provider shop --format csv
    """
    from smsform.project import receipts
    from smsform.report.formats.reports.messages import ReceiptsReport

    ways = [to is not None, pull, ingest is not None]
    if sum(ways) != 1:
        raise WrongUsage("receipts", say("receipts.one_way"))
    if pull is not (output is not None):
        raise WrongUsage("-o", say("receipts.pull_file"))
    project = checked_project(settings)
    state = project.state()
    names = receipts.able(project, providers, queue=pull)
    if to is not None:
        number = _number(to)
        found = receipts.asked(project, state, names, number, since, on_call(settings))
    elif ingest is not None:
        found = receipts.ingested(project, state, names, ingest)
    else:
        assert output is not None
        found = _pulled(project, names, output, settings)
    if found or not is_live(form):
        show(ReceiptsReport(found, show_numbers), form, settings)
    else:
        click.echo(say("receipts.none"), err=True)


def _number(given: str) -> str:
    from smsform.sending.numbers import LONGEST, read

    if given == "-":
        data = sys.stdin.buffer.read(LONGEST)
        given = data.decode(errors="replace").strip()
    return read(given, "--to")


def _pulled(
    project: Project,
    names: Sequence[str],
    output: Path,
    settings: dict[str, Any],
) -> list[ExplainedReceipt]:
    """Empty every queue into the file *output*; the receipts that were in them."""
    from smsform.project import receipts
    from smsform.project.dispatch import open_for_sending
    from smsform.project.own_files import spare_own
    from smsform.project.receipt_file import ReceiptFile
    from smsform.project.reply_spool import ReplySpool

    spare_own(project, output)
    state = project.state()
    file = ReceiptFile(output)
    found: list[ExplainedReceipt] = []
    try:
        for name in names:
            spool = ReplySpool(output, name)
            account = open_for_sending(project, name, on_call(settings), spool.keep)
            taken = list(receipts.pull(account, name, file, spool))
            found += receipts.told(project, state, name, taken)
    finally:
        file.close()
        count = counted("receipts.written", len(found))
        click.echo(say("receipts.pulled", count=count, path=output), err=True)
    return found
