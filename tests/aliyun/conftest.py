"""Alibaba Cloud's emulator on a real socket, for the official SDKs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from darabonba.core import DaraCore
from sdks import Emulate, Sdk, build

from served import clock, emulators, store
from smsform.emulation.store import Store

__all__ = ["clock", "store"]


@pytest.fixture
def emulate(store: Store) -> Iterator[Emulate]:
    """Serve an emulator; the SDK, ready to call it. *ahead* is its clock's error."""
    yield from emulators(build, Sdk, store)
    for session in DaraCore._sessions.values():  # the SDK keeps them for good
        session.close()
    DaraCore._sessions.clear()
