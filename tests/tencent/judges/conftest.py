"""An emulator on a socket, and the witnesses that can be had on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from witnesses import Account, CommandLine, NodeSdk, Witness

from sdk_processes import NODE
from smsform.clock import SystemClock
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent import SPEC

# Read before any test's environment is cleaned: where tccli is installed, if it is.
COMMAND_LINE = os.environ.get("SMSFORM_TCCLI", "")

Emulate = Callable[..., Account]


@pytest.fixture
def store() -> Store:
    """What the emulator of this test remembers; a test may judge entries in it."""
    return Store(None)


@pytest.fixture
def emulate(store: Store) -> Iterator[Emulate]:
    """Serve an emulator with these settings; where to call it, with its demo key."""
    with ExitStack() as servers:

        def start(**settings: object) -> Account:
            config = ProviderConfig(
                name="judged",
                type=SPEC.type,
                endpoint="emulator",
                region="ap-guangzhou",
                emulator={"pace": False, "review": "manual", **settings},
            )
            app = SPEC.emulator(store, SystemClock(), config)
            server = serve(app)
            servers.callback(server.stop)
            return Account(server.port, SPEC.demo.id, SPEC.demo.secret)

        yield start


@pytest.fixture
def witness(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[Account], Witness]]:
    """The parametrised witness, once it is told where to call; skips when missing."""
    name: str = request.param
    with ExitStack() as opened:

        def summon(account: Account) -> Witness:
            witness = _summon(name, account, tmp_path)
            opened.callback(witness.close)
            return witness

        yield summon


def _summon(name: str, account: Account, home: Path) -> Witness:
    if name == "tccli":
        if not COMMAND_LINE:
            pytest.skip("tccli is not installed: SMSFORM_TCCLI names no program")
        return CommandLine(Path(COMMAND_LINE), home, account)
    if not shutil.which("node"):
        pytest.skip("the Node SDK needs node")
    if not (NODE / "node_modules").is_dir():
        pytest.skip("the Node SDK is not installed: run npm ci in tests/node")
    _, sign_method, http_method, *how = name.split()
    return NodeSdk(account, sign_method, http_method, *how)
