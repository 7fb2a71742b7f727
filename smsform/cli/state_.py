"""``smsform state``: look at the state file, and correct it by hand."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import COMMAND, Exit, Group, NoCommand, completion
from smsform.cli.options import project_of
from smsform.cli.output import format_option, is_live
from smsform.cli.output import show as show_report
from smsform.project.addresses import one_address
from smsform.project.forget import forget
from smsform.project.recovery import recover as recover_state
from smsform.project.relocate import check_owns, move, owners
from smsform.project.unlock import unlock as unlock_state
from smsform.report import state as report
from smsform.report.formats.reports.memory import StateReport
from smsform.report.terminal import safe
from smsform.words import say


@click.group(
    "state", cls=Group, invoke_without_command=True, subcommand_metavar=COMMAND
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Look at and mend the state file.

    The services are the truth: nothing here changes them.
    """
    if ctx.invoked_subcommand is None:
        raise NoCommand(ctx)


@command.command("list")
@format_option("state")
@click.pass_obj
def list_(settings: dict[str, Any], form: str) -> int:
    """List every address, the ids it owns, and open submissions.

    \b
    Examples:
      smsform state list
      smsform state list --format json
    """
    state = project_of(settings).remembered()
    show_report(StateReport(state), form, settings)
    if is_live(form) and not report.listed(state):
        click.echo(say("state.nothing"), err=True)
    return Exit.FINE


@command.command("show")
@click.argument("address", shell_complete=completion.remembered)
@click.pass_obj
def show(settings: dict[str, Any], address: str) -> int:
    """Show everything remembered about ADDRESS, as JSON.

    \b
    Example:
      smsform state show login_code
    """
    state = project_of(settings).remembered()
    at = one_address(address, {*owners(state)})
    check_owns(state, at)
    click.echo(report.shown(state, at))
    return Exit.FINE


@command.command("rm")
@click.argument(
    "address", metavar="ADDRESS|PROVIDER", shell_complete=completion.remembered
)
@click.option("--force", is_flag=True, help="Also when it is protected.")
@click.pass_obj
def rm(settings: dict[str, Any], address: str, force: bool) -> int:
    """Forget ADDRESS and its open submission, or all that PROVIDER has.

    Entries at the service stay.

    \b
    Examples:
      smsform state rm login_code
      smsform state rm cloud
    """
    meant = forget(project_of(settings), address, force)
    for at in meant:
        click.echo(say("cli.removed", address=safe(str(at))), err=True)
    return Exit.FINE


@command.command("mv")
@click.argument(
    "origin", metavar="ORIGIN|PROVIDER", shell_complete=completion.remembered
)
@click.argument(
    "address", metavar="ADDRESS|PROVIDER", shell_complete=completion.addresses
)
@click.pass_obj
def mv(settings: dict[str, Any], origin: str, address: str) -> int:
    """Move what ORIGIN owns to ADDRESS, which must own nothing yet.

    Between providers only where ids mean the same: one service, site, region, account.
    With the names of two providers all that the first has moves to the second.

    \b
    Examples:
      smsform state mv login_code sign_in_code
      smsform state mv cloud production
    """
    was, now = move(project_of(settings), origin, address)
    click.echo(say("cli.mv_done", origin=safe(was), address=safe(now)), err=True)
    return Exit.FINE


@command.command("recover")
@click.pass_obj
def recover(settings: dict[str, Any]) -> int:
    """Put what a killed run left in the journal into the state file.

    Every command that writes does it, too; this is for pipelines, which commit the
    state file alone.

    \b
    Example:
      smsform state recover
    """
    found = recover_state(project_of(settings))
    click.echo(say("cli.recovered" if found else "cli.nothing_left"), err=True)
    return Exit.FINE


@command.command("unlock")
@click.argument("id")
@click.pass_obj
def unlock(settings: dict[str, Any], id: str) -> int:
    """Break the lock with ID.

    The error of the run that was kept out shows the id, and so does `smsform doctor`.

    \b
    Example:
      smsform state unlock 3f9c0a51d2e84b67
    """
    unlock_state(project_of(settings), id)
    click.echo(say("cli.unlocked"), err=True)
    return Exit.FINE
