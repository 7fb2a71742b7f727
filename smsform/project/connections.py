"""How a provider is reached: over the network, or at the emulator in this process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.clock import Clock, SystemClock, ToldClock
from smsform.project.workspace import Workspace
from smsform.provider import CallRecord, Connection

if TYPE_CHECKING:
    from smsform.transport import Transport

TellCall = Callable[[CallRecord], None] | None
TellReply = Callable[[str, bytes], None] | None


def connection_to(
    project: Workspace,
    name: str,
    on_call: TellCall = None,
    wanted: Callable[[], bool] | None = None,
    on_reply: TellReply = None,
) -> Connection:
    """The connection to a provider: over the network, or to the emulator in this
    process."""
    config, spec = project.config.providers[name], project.spec(name)
    clock: Clock = ToldClock(SystemClock())
    transport: Transport | None = None
    if config.emulated:
        from smsform.emulation import store_path
        from smsform.emulation.clock import VirtualClock
        from smsform.emulation.store import Store
        from smsform.project.in_process import InProcess

        store = Store(store_path(project.config.root))
        clock = VirtualClock(store)
        transport = InProcess(spec.emulator(store, clock, config))
    return Connection(
        config=config,
        environ=os.environ,
        home=Path.home(),
        clock=clock,
        transport=transport,
        credentials=spec.demo if config.emulated else None,
        on_call=on_call,
        on_reply=on_reply,
        wanted=wanted,
    )


def clock_of(project: Workspace, name: str) -> Clock:
    """The clock of a provider: the emulator's own, or the wall clock."""
    if not project.config.providers[name].emulated:
        return SystemClock()
    from smsform.emulation import store_path
    from smsform.emulation.clock import VirtualClock
    from smsform.emulation.store import Store

    return VirtualClock(Store(store_path(project.config.root)))
