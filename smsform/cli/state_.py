"""``smsform state``: look at and mend what is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import click

from smsform.cli import COMMAND, Exit, NoCommand, completion
from smsform.cli.options import project_of
from smsform.cli.output import format_option, is_live
from smsform.cli.output import show as show_report
from smsform.errors import ConfigError, StateLocked
from smsform.model import Address, Identity
from smsform.project.addresses import parse_address
from smsform.project.api import Project
from smsform.project.checkup import locks
from smsform.project.suggest import near
from smsform.project.workspace import locked, open_store
from smsform.report import state as report
from smsform.report.formats.reports import StateReport
from smsform.report.terminal import safe
from smsform.state import Block, Record, State
from smsform.words import say


@click.group("state", invoke_without_command=True, subcommand_metavar=COMMAND)
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
    state = open_store(project_of(settings)).load()
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
      smsform state show cloud/template.login_code
    """
    at = parse_address(address)
    state = open_store(project_of(settings)).load()
    _known(state, at)
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
      smsform state rm cloud/template.login_code
      smsform state rm cloud
    """
    store = open_store(project_of(settings))
    with locked(store):
        state = store.load()
        meant = [at for at in _owners(state) if address == at.provider]
        if not meant:
            meant = [parse_address(address)]
            _known(state, meant[0])
        for at in meant:
            block, slot = state.blocks[at.provider], (at.kind, at.key)
            if block.record(slot).protected and not force:
                raise ConfigError("state", say("cli.protected", address=at))
            block = block.with_record(slot, Record()).with_intent(slot, None)
            state = state.with_block(at.provider, block)
        store.save(state)
    for at in meant:
        click.echo(say("cli.removed", address=safe(str(at))), err=True)
    return Exit.FINE


@command.command("mv")
@click.argument("origin", shell_complete=completion.remembered)
@click.argument("address", shell_complete=completion.addresses)
@click.pass_obj
def mv(settings: dict[str, Any], origin: str, address: str) -> int:
    """Move what ORIGIN owns to ADDRESS, which must own nothing yet.

    Between providers only where ids mean the same: one service, site, region, account.

    \b
    Example:
      smsform state mv cloud/template.pickup cloud/template.pickup_ready
    """
    source, target = parse_address(origin), parse_address(address)
    if source.kind is not target.kind:
        raise ConfigError("state", say("cli.mv_kind", origin=source, address=target))
    project = project_of(settings)
    store = open_store(project)
    with locked(store):
        state = store.load()
        _known(state, source)
        _check_target(project, state, source, target)
        old, slot = state.blocks[source.provider], (source.kind, source.key)
        record, intent = old.record(slot), old.intents.get(slot)
        emptied = old.with_record(slot, Record()).with_intent(slot, None)
        state = state.with_block(source.provider, emptied)
        new = state.blocks.get(target.provider, Block(old.identity))
        slot = (target.kind, target.key)
        new = new.with_record(slot, record).with_intent(slot, intent)
        store.save(state.with_block(target.provider, new))
    done = say("cli.mv_done", origin=safe(origin), address=safe(address))
    click.echo(done, err=True)
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
    store = open_store(project_of(settings))
    try:
        found = store.unlock(id or "?")
    except StateLocked:
        there = next(locks(store))
        what = say("state.other_lock", id=id, lock=there.found)
        raise ConfigError("state", what, there.todo) from None
    if not found:
        raise ConfigError("state", say("state.no_lock"), say("state.no_lock_hint"))
    click.echo(say("cli.unlocked"), err=True)
    return Exit.FINE


def _owners(state: State) -> Iterable[Address]:
    """Every address with a version or an open submission."""
    for provider, block in state.blocks.items():
        for slot in {**block.records, **block.intents}:
            yield Address(provider, *slot)


def _known(state: State, at: Address) -> None:
    """Raise ConfigError for an address that has nothing in the state file."""
    known = set(_owners(state))
    if at in known:
        return
    hint = near(str(at), map(str, known)) or say("state.see_list")
    raise ConfigError("state", say("cli.no_state", address=at), hint)


def _check_target(
    project: Project, state: State, source: Address, target: Address
) -> None:
    """Raise ConfigError for a place the ids of *source* must not go to."""
    if target in _owners(state):
        raise ConfigError("state", say("cli.mv_exists", address=target))
    project.providers([target.provider])
    if source.provider == target.provider:
        return
    for was, now in product(*[_places(project, state, at) for at in (source, target)]):
        field = was.contradiction(now)
        if field == "endpoint":
            raise ConfigError("state", say("state.other_world", origin=source))
        if field:
            what = say(
                "state.other_place", origin=source, address=target, field=field,
                was=getattr(was, field), now=getattr(now, field),
            )  # fmt: skip
            raise ConfigError("state", what, say("state.other_place_hint"))


def _places(project: Project, state: State, at: Address) -> list[Identity]:
    """Where the provider of *at* is, by smsform.yaml and by the state file.

    One that smsform.yaml lacks is remembered in the committed file, so it is not at the
    emulator.
    """
    remembered = state.blocks.get(at.provider, Block(Identity(""))).identity
    config = project.config.providers.get(at.provider)
    if config is None:
        return [remembered.filled(Identity("", endpoint="service"))]
    said = Identity(
        config.type, config.site, config.region,
        "emulator" if config.emulated else "service", config.expect_account,
    )  # fmt: skip
    return [said, remembered]
