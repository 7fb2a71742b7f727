"""Tencent Cloud's emulator on a real socket, for the official SDK."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from served import clock, emulators, store
from smsform.emulation.store import Store
from tencent.official import Emulate, Sdk, build

__all__ = ["clock", "store"]


@pytest.fixture
def emulate(store: Store) -> Iterator[Emulate]:
    """Serve an emulator; the SDK, ready to call it. *ahead* is its clock's error."""
    yield from emulators(build, Sdk, store)
