"""What docs/emulators.md shows of the official SDKs runs as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from smsform.clock import SystemClock
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import built_in

PAGE = Path(__file__).parents[2] / "docs" / "emulators.md"
SNIPPET = re.compile(r"<!-- snippet: (\w+) -->\n```python\n(.*?)```", re.S)
SNIPPETS = dict(SNIPPET.findall(PAGE.read_text("utf-8")))


def test_there_is_one_for_each_service() -> None:
    """A service without one is a gap in the page."""
    assert set(SNIPPETS) == set(built_in())


@pytest.mark.judge
@pytest.mark.parametrize("type", sorted(SNIPPETS))
def test_a_snippet_runs_as_pasted(type: str) -> None:
    """The demo key and the address are all the SDK needs; only the port is another."""
    service = built_in()[type].emulator(
        Store(None), SystemClock(), ProviderConfig(type, type)
    )
    with serve(service) as server:
        code = re.sub(r"127\.0\.0\.1:\d+", server.url.split("//")[1], SNIPPETS[type])
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
        )
    assert ran.returncode == 0, ran.stderr
    assert "RequestId" in ran.stdout
