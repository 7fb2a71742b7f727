"""By hand at an emulator: the verdicts of its reviewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import completion
from smsform.cli.emulate_admin import (
    configs,
    find_project,
    make_service,
    open_store,
    utf8,
)
from smsform.errors import ConfigError
from smsform.model import Address, Review
from smsform.project.addresses import matching, one_address
from smsform.state import FileState, State
from smsform.words import say

if TYPE_CHECKING:
    from smsform.clock import Clock
    from smsform.emulation.service import Service
    from smsform.emulation.store import Entry, Store


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
    service, found = _located(settings, store, clock, entry)
    if verdict not in service.reviews:
        raise ConfigError("entry", say("emulation.no_review", review=verdict))
    judge(store, found.id, verdict, clock.now(), note or "")
    service.tell()
    kind, name = found.kind, safe(found.name)
    told = say("emulation.judged", kind=kind, id=found.id, name=name, review=verdict)
    click.echo(told)


def _located(
    settings: Mapping[str, Any], store: Store, clock: Clock, text: str
) -> tuple[Service, Entry]:
    """The entry an address or an id means, and the service that has it."""
    provider, id = None, text
    states = [FileState(path).load() for path in _state_paths(settings)]
    if at := _address(text, {at for state in states for at in state.addresses()}):
        provider, id = at.provider, _newest(states, at)
    for config in configs(settings):
        if provider in (None, config.name):
            service = make_service(store, clock, config)
            if (found := service.locate(id)) is not None:
                return service, found
    if provider is None and not text.isdecimal():
        raise click.UsageError(say("emulation.no_address", address=text))
    raise ConfigError("entry", say("emulation.no_entry", id=text))


def _state_paths(settings: Mapping[str, Any]) -> list[Path]:
    from smsform.emulation import state_path

    project = find_project(settings)
    return [state_path(project.root), project.state] if project else []


def _address(text: str, known: Collection[Address]) -> Address | None:
    """The address that *text* is or means; None where it may be an id."""
    if "/" in text or matching(text, known):
        return one_address(text, known)
    return None


def _newest(states: Iterable[State], address: Address) -> str:
    """The id of the newest version an address owns, by the state files."""
    for state in states:
        block = state.blocks.get(address.provider)
        record = block.record((address.kind, address.key)) if block else None
        if record is not None and record.versions:
            return record.versions[-1].id
    what = say("emulation.no_address", address=address)
    hint = "emulation.no_address_hint"
    raise ConfigError("entry", what, say(hint))
