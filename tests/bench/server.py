"""An emulator in a process of its own, seeded: ``server COUNT LATENCY_MS PACE``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from typing import Any

from bench.projects import seeds
from projects import UNGATED
from smsform.clock import SystemClock
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import specs


def main(count: int, latency: float, pace: bool) -> None:
    """Print the URL, serve until stdin ends, print how many calls were served."""
    config = ProviderConfig(
        "cloud",
        UNGATED,
        region="ap-guangzhou",
        emulator={"pace": pace, "review": "manual"},
    )
    service = specs()[UNGATED].emulator(Store(None), SystemClock(), config)
    service.seed(seeds(count))
    answer, calls = type(service).__call__, 0

    def slowly(self: Any, environ: Any, start_response: Any) -> Iterable[bytes]:
        nonlocal calls
        calls += 1
        time.sleep(latency)
        return answer(self, environ, start_response)

    type(service).__call__ = slowly  # type: ignore[method-assign]
    with serve(service) as server:
        print(server.url, flush=True)
        for line in sys.stdin:
            if line.strip() == "calls":
                print(calls, flush=True)
                calls = 0


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]) / 1000, sys.argv[3] == "pace")
