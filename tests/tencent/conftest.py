"""Tencent Cloud's emulator on a real socket, for the official SDK."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from smsform.clock import SystemClock
from smsform.emulation.clock import VirtualClock
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from tencent.official import Emulate, Sdk, build


class Ahead(SystemClock):
    """The wall clock, set forward by some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def now(self) -> float:
        return super().now() + self._seconds


@pytest.fixture
def store() -> Store:
    """What this test's emulators remember, in memory."""
    return Store(None)


@pytest.fixture
def clock(store: Store) -> VirtualClock:
    """Virtual time over that store."""
    return VirtualClock(store)


@pytest.fixture
def emulate(store: Store) -> Iterator[Emulate]:
    """Serve an emulator; the SDK, ready to call it. *ahead* is its clock's error."""
    with ExitStack() as servers:

        def start(ahead: float = 0.0, **settings: Any) -> Sdk:
            app = build(store, Ahead(ahead), **settings)
            app.wall = app.clock  # neither agrees with the SDK's
            return Sdk(servers.enter_context(Server(app)).port)

        yield start
