"""A project's emulators on sockets of this machine, a port each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from msgspec.structs import replace

from smsform.clock import SystemClock
from smsform.emulation.clock import VirtualClock
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.errors import ConfigError
from smsform.loopback import is_loopback
from smsform.project.emulator_admin import EmulatorAdmin
from smsform.project.emulators import make_service
from smsform.provider import Credentials
from smsform.registry import specs
from smsform.words import say


class Served(NamedTuple):
    """An emulator that is being served: whose, where, and the key it takes."""

    name: str
    url: str
    demo: Credentials


@contextmanager
def served(
    admin: EmulatorAdmin,
    host: str,
    port: int,
    *,
    virtual: bool,
    overrides: Mapping[str, object],
) -> Iterator[list[Served]]:
    """Serve every provider, from *port* on (0: free ones), until the block ends.

    *virtual*: by the store's clock instead of the wall's. *overrides* are emulator
    settings that go before those of smsform.yaml. ConfigError for a host that is not
    this machine, and for a port that is taken.
    """
    if not is_loopback(host):
        raise ConfigError("--host", say("emulation.host"))
    configs = list(admin.providers.values())
    store = Store(admin.path(or_memory=True))
    clock = VirtualClock(store) if virtual else SystemClock()
    found = []
    with ExitStack() as opened:
        opened.callback(store.close)
        for index, config in enumerate(configs):
            config = replace(config, emulator={**config.emulator, **overrides})
            app = make_service(store, clock, config)
            try:
                server = serve(app, host, port + index if port else 0)
            except (OSError, OverflowError) as error:
                what = say("emulation.port_taken", host=host, port=port, what=error)
                hint = say("emulation.port_taken_hint")
                raise ConfigError("--port", what, hint) from error
            opened.callback(server.stop)
            demo = specs()[config.type].demo  # it opens nothing but emulators
            found.append(Served(config.name, server.url, demo))
        yield found
