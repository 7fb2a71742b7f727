"""By hand at an emulator: faults, entries, the call log; verdicts are next door.

All of it goes through the store, so it reaches running servers and the emulators
inside other commands alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import completion
from smsform.cli.output import format_option, is_live, show
from smsform.emulation.faults import ANY, FaultKind
from smsform.errors import ConfigError
from smsform.model import Kind
from smsform.project.emulators import emulated, find_config, make_service
from smsform.words import counted, say

if TYPE_CHECKING:
    from smsform.config import Config
    from smsform.emulation.store import Store
    from smsform.provider import ProviderConfig

MEMORY = "memory"


def utf8(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse what a terminal sent in another encoding: no store can keep it."""
    if value is not None and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise click.BadParameter(say("emulation.not_utf8")) from None
    return value


_provider = click.option(
    "--provider",
    metavar="NAME",
    shell_complete=completion.providers,
    help="Which provider; needed where there are several.",
)


def find_project(settings: Mapping[str, Any]) -> Config | None:
    """The project's smsform.yaml, None when there is none."""
    return find_config(Path(settings["directory"]))


def configs(settings: Mapping[str, Any]) -> list[ProviderConfig]:
    """The project's providers; without a project, one of each type."""
    return emulated(find_project(settings))


def one_provider(settings: Mapping[str, Any], name: str | None) -> ProviderConfig:
    """The provider of that name, or the only one; ConfigError for none such."""
    known = {config.name: config for config in configs(settings)}
    hint = say("emulation.providers", names=", ".join(known))
    if name is None and len(known) > 1:
        raise ConfigError("--provider", say("emulation.which_provider"), hint)
    name = name or next(iter(known))
    if name not in known:
        raise ConfigError("provider", say("emulation.no_provider", name=name), hint)
    return known[name]


def find_store(settings: Mapping[str, Any], *, or_memory: bool = False) -> Path | None:
    """Where the store is; None in memory. ConfigError when nothing says where."""
    from smsform.emulation import store_path

    named = settings["store"]
    if named is not None:
        return None if named == MEMORY else Path(named)
    project = find_project(settings)
    if project is not None:
        return store_path(project.root)
    if or_memory:
        return None
    hint = say("emulation.no_project_hint")
    raise ConfigError("--store", say("emulation.no_project"), hint)


def open_store(settings: Mapping[str, Any]) -> Store:
    """The store of the project, or the one named; ConfigError without either."""
    from smsform.emulation.store import Store

    return Store(find_store(settings))


@click.command("fault")
@click.argument("provider", shell_complete=completion.providers)
@click.argument("kind", type=click.Choice([kind.value for kind in FaultKind]))
@click.option(
    "--action",
    default=ANY,
    callback=utf8,
    help="Only calls of this name, as the service has it.",
)
@click.option(
    "--nth", default=1, type=click.IntRange(1), help="Begin with the Nth such call."
)
@click.option(
    "--times", default=1, type=click.IntRange(1), help="How many calls go wrong."
)
@click.option("--code", default="", callback=utf8, help="The error code of `refuse`.")
@click.option(
    "--status",
    default=503,
    type=click.IntRange(400, 599),
    help="The HTTP status of `unavailable`.",
)
@click.option("--seconds", default=60.0, help="How late `slow` is.")
@click.pass_obj
def plant_fault(
    settings: dict[str, Any], /, provider: str, kind: str, **fields: Any
) -> None:
    """Let calls to a provider go wrong.

    \b
    Examples:
      smsform emulate fault cloud drop-after --nth 2
      smsform emulate fault cloud slow --seconds 30 --times 3
    """
    from smsform.emulation.faults import Fault, plant
    from smsform.report.terminal import safe

    name = one_provider(settings, provider).name
    fault = Fault(name, FaultKind(kind), **fields)
    plant(open_store(settings), fault)
    click.echo(safe(say("emulation.planted", **fault._asdict())))


@click.command("seed")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"), required=False)
@click.option(
    "--generate",
    metavar="N",
    type=click.IntRange(1),
    help="N approved templates instead of a file.",
)
@_provider
@click.pass_obj
def seed(
    settings: dict[str, Any], file: Any, generate: int | None, provider: str | None
) -> None:
    """Put entries there past the submission rules.

    FILE is a JSON list, or an object a line: what the service's list shows, or
    {kind, name, text, international, review, note}.

    \b
    Examples:
      smsform emulate seed entries.json
      smsform emulate seed --generate 200 --provider cloud
    """
    from smsform.emulation.clock import VirtualClock

    if (file is None) == (generate is None):
        raise click.UsageError(say("emulation.seed_shape"))
    items = _items(file.read()) if file else _generated(generate or 0)
    config = one_provider(settings, provider)
    store = open_store(settings)
    count = make_service(store, VirtualClock(store), config).seed(items)
    click.echo(counted("emulation.seeded", count))


def _items(text: str) -> Iterator[Mapping[str, object]]:
    whole = text.lstrip().startswith("[")
    lines = [text] if whole else text.splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            what = say("emulation.seed_unreadable", line=number, what=error)
            raise ConfigError("seed", what, say("emulation.seed_shape")) from error
        for item in value if whole else [value]:
            if not isinstance(item, dict):
                raise ConfigError("seed", say("emulation.seed_shape"))
            yield item


def _generated(count: int) -> Iterator[Mapping[str, object]]:
    for number in range(1, count + 1):
        text = f"您的验证码是{{1}}，序号{number}，请勿告诉他人。"
        yield {"kind": Kind.TEMPLATE, "name": f"template_{number}", "text": text}


@click.command("reset")
@click.pass_obj
def reset(settings: dict[str, Any]) -> None:
    """Forget every entry, fault, call and the virtual time.

    \b
    Example:
      smsform emulate reset
    """
    open_store(settings).reset()
    click.echo(say("emulation.reset"))


@click.command("log")
@_provider
@format_option("calls")
@click.pass_obj
def show_log(settings: dict[str, Any], provider: str | None, form: str) -> None:
    """Show the calls that arrived and what became of them.

    \b
    Example:
      smsform emulate log --provider cloud
    """
    from smsform.emulation.calls import recorded
    from smsform.report.formats.reports.emulated import CallsReport

    calls = recorded(open_store(settings), provider)
    show(CallsReport(calls), form, settings)
    if not calls and is_live(form):
        click.echo(say("emulation.no_calls"), err=True)


COMMANDS = (plant_fault, seed, reset, show_log)
