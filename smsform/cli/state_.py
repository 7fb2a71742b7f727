"""``smsform state``: look at and mend what is remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from smsform.cli import Exit
from smsform.cli.compose import locked, open_project, open_store
from smsform.cli.options import parse_address
from smsform.errors import ConfigError
from smsform.model import Address, Identity
from smsform.report.terminal import readable_json, safe, table
from smsform.state import Block, Record, State
from smsform.state.codec import record_out
from smsform.words import say


@click.group("state")
def command() -> None:
    """Look at and mend the state file.

    The services are the truth: nothing here changes them.
    """


@command.command("list")
@click.pass_obj
def list_(settings: dict[str, Any]) -> int:
    """List every address and the ids it owns."""
    state = open_store(open_project(settings)).load()
    rows = []
    for address in state.addresses():
        record = _record(state, address)
        for version in record.versions:
            mark = "*" if version.id == record.active else " "
            rows.append([safe(str(address)), mark, safe(version.id), version.review])
    if rows:
        click.echo(table(rows))
    return Exit.FINE


@command.command("show")
@click.argument("address")
@click.pass_obj
def show(settings: dict[str, Any], address: str) -> int:
    """Show everything remembered about ADDRESS, as JSON."""
    at = parse_address(address)
    record = _record(open_store(open_project(settings)).load(), at)
    if not record.versions:
        raise ConfigError("state", say("cli.no_state", address=safe(address)))
    click.echo(readable_json(record_out(record)))
    return Exit.FINE


@command.command("rm")
@click.argument("address")
@click.option("--force", is_flag=True, help="Also when it is protected.")
@click.pass_obj
def rm(settings: dict[str, Any], address: str, force: bool) -> int:
    """Forget ADDRESS and its open submission; its entries at the service stay."""
    at = parse_address(address)
    store = open_store(open_project(settings))
    with locked(store):
        state = store.load()
        record, block = _record(state, at), state.blocks.get(at.provider)
        slot = (at.kind, at.key)
        if block is None or not (record.versions or slot in block.intents):
            raise ConfigError("state", say("cli.no_state", address=safe(address)))
        if record.protected and not force:
            raise ConfigError("state", say("cli.protected", address=safe(address)))
        block = block.with_record(slot, replace(record, versions=()))
        store.save(state.with_block(at.provider, block.with_intent(slot, None)))
    click.echo(say("cli.removed", address=safe(address)), err=True)
    return Exit.FINE


@command.command("mv")
@click.argument("origin")
@click.argument("address")
@click.pass_obj
def mv(settings: dict[str, Any], origin: str, address: str) -> int:
    """Move what ORIGIN owns to ADDRESS, which must own nothing yet."""
    source, target = parse_address(origin), parse_address(address)
    if source.kind is not target.kind:
        raise ConfigError("state", say("cli.mv_kind", origin=source, address=target))
    store = open_store(open_project(settings))
    with locked(store):
        state = store.load()
        record = _record(state, source)
        if not record.versions:
            raise ConfigError("state", say("cli.no_state", address=safe(origin)))
        if _record(state, target).versions:
            raise ConfigError("state", say("cli.mv_exists", address=safe(address)))
        old = state.blocks[source.provider]
        slot = (source.kind, source.key)
        intent = old.intents.get(slot)
        emptied = old.with_record(slot, replace(record, versions=()))
        state = state.with_block(source.provider, emptied.with_intent(slot, None))
        new = state.blocks.get(target.provider, Block(_unknown(old.identity)))
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
    """Break the lock with ID, which the error about it names."""
    open_store(open_project(settings)).unlock(id)
    click.echo(say("cli.unlocked"), err=True)
    return Exit.FINE


def _record(state: State, address: Address) -> Record:
    block = state.blocks.get(address.provider)
    return block.record((address.kind, address.key)) if block else Record()


def _unknown(identity: Identity) -> Identity:
    """The same type; where exactly the new provider is, its next run will say."""
    return Identity(identity.type)
