"""``smsform emulate``: serve the emulators, and play reviewer, network and clock."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import click

from smsform.cli import emulate_admin, emulate_set
from smsform.cli.emulate_admin import MEMORY, configs, find_store
from smsform.cli.emulate_outbox import answer, show_outbox
from smsform.cli.emulate_review import judge_entry
from smsform.errors import ConfigError
from smsform.loopback import is_loopback
from smsform.project.emulators import make_service
from smsform.words import say

PORT = 7300  # the first provider's; the others follow


@click.group("emulate", invoke_without_command=True)
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
    from smsform.clock import SystemClock
    from smsform.emulation.clock import VirtualClock
    from smsform.emulation.server import serve
    from smsform.emulation.store import Store
    from smsform.registry import specs

    _check_host(host)
    gc.enable()  # off for batch runs; this one lasts
    chosen = configs(settings)
    store = Store(find_store(settings, or_memory=True))
    clock = VirtualClock(store) if virtual else SystemClock()
    over = threading.Event()
    with ExitStack() as servers:
        for number in (signal.SIGINT, signal.SIGTERM):  # before anybody knows the port
            before = signal.signal(number, lambda *_: over.set())
            servers.callback(signal.signal, number, before)
        for index, config in enumerate(chosen):
            config = replace(config, emulator={**config.emulator, **overrides})
            app = make_service(store, clock, config)
            try:
                server = serve(app, host, port + index if port else 0)
            except (OSError, OverflowError) as error:
                what = say("emulation.port_taken", host=host, port=port, what=error)
                hint = say("emulation.port_taken_hint")
                raise ConfigError("--port", what, hint) from error
            servers.callback(server.stop)
            demo = specs()[config.type].demo  # opens nothing but emulators
            fields = {"name": config.name, "url": server.url}
            click.echo(say("emulation.serving", **fields, id=demo.id, key=demo.secret))
        click.echo(say("emulation.stop"), err=True)
        while not over.wait(0.5):  # a bounded wait, so that Windows sees Ctrl-C
            pass
    store.close()


def _check_host(host: str) -> None:
    if not is_loopback(host):
        raise ConfigError("--host", say("emulation.host"))


BY_HAND = (judge_entry, *emulate_set.COMMANDS, show_outbox, answer)
for each in (*emulate_admin.COMMANDS, *BY_HAND):
    command.add_command(each)
