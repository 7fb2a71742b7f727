"""``smsform emulate``: serve the emulators, and play reviewer, network and clock."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import Any

import click

from smsform.cli import Group, emulate_admin, emulate_set
from smsform.cli.emulate_admin import emulators
from smsform.cli.emulate_outbox import answer, show_outbox
from smsform.cli.emulate_review import judge_entry
from smsform.project.emulator_admin import MEMORY
from smsform.stopping import until_stopped
from smsform.words import say

PORT = 7300  # the first provider's; the others follow


@click.group("emulate", cls=Group, invoke_without_command=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="An address of this machine."
)
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="For the first provider, the next ones follow; 0 takes free ones.",
)
@click.option(
    "--store",
    metavar=f"PATH|{MEMORY}",
    help="Where it keeps what it was sent; default: the project's store.",
)
@click.option(
    "--virtual-clock",
    is_flag=True,
    help="The project's virtual time instead of the wall clock.",
)
@click.option("--no-pace", is_flag=True, help="Never refuse for too many calls.")
@click.option(
    "--review",
    metavar="WHEN",
    help="When entries pass: immediate, manual, after_reads=N or after=TIME.",
)
@click.pass_context
def command(
    ctx: click.Context,
    host: str,
    port: int,
    store: str | None,
    virtual_clock: bool,
    no_pace: bool,
    review: str | None,
) -> None:
    """Serve every provider's emulator, a port each, and drive them by hand.

    The commands below work on a running server and on `endpoint: emulator` alike:
    both keep what they know in the project's store.

    \b
    Examples:
      smsform emulate --port 7300
      smsform emulate review shop/template.login_code --reject "no code in it"
      smsform emulate fault shop drop-after --nth 2
    """
    ctx.obj = {**ctx.obj, "store": store}
    if ctx.invoked_subcommand is None:
        overrides: dict[str, object] = {"pace": False} if no_pace else {}
        if review is not None:
            overrides["review"] = review
        _serve(ctx.obj, host, port, virtual_clock, overrides)


def _serve(
    settings: Mapping[str, Any],
    host: str,
    port: int,
    virtual: bool,
    overrides: Mapping[str, object],
) -> None:
    from smsform.project.serving import served

    gc.enable()  # off for batch runs; this one lasts
    running = served(
        emulators(settings), host, port, virtual=virtual, overrides=overrides
    )
    with until_stopped() as over, running as all_of_them:
        for each in all_of_them:
            fields = {"name": each.name, "url": each.url}
            id, key = each.demo.id, each.demo.secret  # it opens nothing but emulators
            click.echo(say("emulation.serving", **fields, id=id, key=key))
        click.echo(say("emulation.stop"), err=True)
        while not over.wait(0.5):  # a bounded wait, so that Windows sees Ctrl-C
            pass


BY_HAND = (judge_entry, *emulate_set.COMMANDS, show_outbox, answer)
for each in (*emulate_admin.COMMANDS, *BY_HAND):
    command.add_command(each)
