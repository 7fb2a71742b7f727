"""``emulate fault``, ``seed``, ``reset`` and ``log``; verdicts are in
``emulate_review``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from smsform.cli import completion
from smsform.cli.output import format_option, is_live, show
from smsform.errors import ConfigError
from smsform.project.emulator_admin import ANY, EmulatorAdmin, FaultKind
from smsform.words import counted, say

MOST = 1_000_000  # calls that are counted, entries that are made up, messages shown
LATEST = 86_400  # seconds


def utf8(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse what a terminal sent in another encoding: no store can keep it."""
    if value is not None and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise click.BadParameter(say("emulation.not_utf8")) from None
    return value


def number(ctx: click.Context, param: click.Parameter, value: float) -> float:
    """Refuse ``nan``, which is in every range and is no number."""
    if math.isnan(value):
        raise click.BadParameter(say("emulation.nan"))
    return value


_provider = click.option(
    "--provider",
    metavar="NAME",
    shell_complete=completion.providers,
    help="Which provider; needed where there are several.",
)


def emulators(settings: Mapping[str, Any]) -> EmulatorAdmin:
    """The emulators of the ``-C`` folder, with the store of ``--store`` where it is
    given."""
    return EmulatorAdmin(Path(settings["directory"]), settings["store"])


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
    "--nth",
    default=1,
    type=click.IntRange(1, MOST),
    metavar="N",
    help="Begin with the Nth such call.",
)
@click.option(
    "--times",
    default=1,
    type=click.IntRange(1, MOST),
    metavar="N",
    help="How many calls go wrong.",
)
@click.option(
    "--code",
    default="",
    callback=utf8,
    shell_complete=completion.codes,
    help="The error code of `refuse`.",
)
@click.option(
    "--status",
    default=503,
    type=click.IntRange(400, 599),
    help="The HTTP status of `unavailable`.",
)
@click.option(
    "--seconds",
    default=60.0,
    type=click.FloatRange(0, LATEST),
    callback=number,
    metavar="SECONDS",
    help="How late `slow` is.",
)
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
    from smsform.report.terminal import safe

    fault = emulators(settings).plant(provider, FaultKind(kind), **fields)
    click.echo(safe(say("emulation.planted", **fault._asdict())))


@click.command("seed")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"), required=False)
@click.option(
    "--generate",
    metavar="N",
    type=click.IntRange(1, MOST),
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
    if (file is None) == (generate is None):
        raise click.UsageError(say("emulation.seed_shape"))
    admin = emulators(settings)
    if file:
        try:
            text = file.read()
        except UnicodeDecodeError as error:
            what = say("emulation.seed_not_utf8")
            raise ConfigError("seed", what, say("emulation.seed_shape")) from error
        count = admin.seed(_items(text), provider)
    else:
        count = admin.generate(generate or 0, provider)
    click.echo(counted("emulation.seeded", count))


def _items(text: str) -> Iterator[Mapping[str, object]]:
    whole = text.lstrip().startswith("[")
    lines = [text] if whole else text.splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            json.dumps(value, ensure_ascii=False).encode()  # no half of a pair
        except (ValueError, RecursionError) as error:
            what = say("emulation.seed_unreadable", line=number, what=error)
            raise ConfigError("seed", what, say("emulation.seed_shape")) from error
        for item in value if whole else [value]:
            if not isinstance(item, dict):
                raise ConfigError("seed", say("emulation.seed_shape"))
            yield item


@click.command("reset")
@click.pass_obj
def reset(settings: dict[str, Any]) -> None:
    """Forget every entry, fault, call and the virtual time.

    \b
    Example:
      smsform emulate reset
    """
    emulators(settings).reset()
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
    from smsform.report.formats.reports.emulated import CallsReport

    calls = emulators(settings).calls(provider)
    show(CallsReport(calls), form, settings)
    if not calls and is_live(form):
        click.echo(say("emulation.no_calls"), err=True)


COMMANDS = (plant_fault, seed, reset, show_log)
