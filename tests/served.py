"""Emulators on real sockets, for the official SDKs of a service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeVar

import pytest

from smsform.clock import Clock, SystemClock
from smsform.emulation.clock import VirtualClock
from smsform.emulation.server import Server
from smsform.emulation.service import Service
from smsform.emulation.store import Store

Sdk = TypeVar("Sdk")


class Ahead(SystemClock):
    """The wall clock, set forward by some seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def now(self) -> float:
        return super().now() + self.seconds


@pytest.fixture
def store() -> Store:
    """What this test's emulators remember, in memory."""
    return Store(None)


@pytest.fixture
def clock(store: Store) -> VirtualClock:
    """Virtual time over that store."""
    return VirtualClock(store)


def emulators(
    build: Callable[..., Service], sdk: Callable[[int], Sdk], store: Store
) -> Iterator[Callable[..., Sdk]]:
    """Serves an emulator at each call; the SDK, ready to call it.

    *build* makes the service from a store, a clock and settings, *sdk* the SDK from a
    port. ``ahead`` is how far the emulator's clock goes before the SDK's.
    """
    with ExitStack() as servers:

        def start(ahead: float = 0.0, **settings: Any) -> Sdk:
            clock: Clock = Ahead(ahead)
            app = build(store, clock, **settings)
            app.wall = app.clock  # neither agrees with the SDK's
            return sdk(servers.enter_context(Server(app)).port)

        yield start
