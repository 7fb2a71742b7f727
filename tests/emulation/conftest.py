"""What every emulator has, tried with the first service there is."""

from __future__ import annotations

import pytest

from smsform.clock import SystemClock
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import specs


@pytest.fixture
def store() -> Store:
    """What this test's emulators remember, in memory."""
    return Store(None)


@pytest.fixture
def app(store: Store) -> Service:
    """An emulator on the wall clock, without pace."""
    spec = next(iter(specs().values()))
    config = ProviderConfig(
        name="shop", type=spec.type, endpoint="emulator", emulator={"pace": False}
    )
    return spec.emulator(store, SystemClock(), config)
