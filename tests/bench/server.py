"""A project's services in a process of their own, holding all that it defines.

``server FOLDER LATENCY_MS PACE``: prints a line ``provider URL`` for each, then serves
until stdin ends, and answers ``calls`` with how many there were.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import replace

from smsform import Project
from smsform.clock import SystemClock
from smsform.emulation.messages import Answered, HttpRequest
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.model import Desired
from smsform.project.desired.attributes import desired_of


def main(folder: Path, latency: float, pace: bool) -> None:
    """Serve what the project at *folder* defines, approved."""
    project, calls = Project.load(folder), 0
    with ExitStack() as servers:
        for name, config in project.config.providers.items():
            spec = project.spec(name)
            settings = {"pace": pace, "review": "manual"}
            service = spec.emulator(
                Store(None), SystemClock(), replace(config, emulator=settings)
            )
            service.seed(map(entry, desired_of(project, name).values()))
            respond = service.respond

            def slowly(
                request: HttpRequest,
                respond: Callable[[HttpRequest], Answered] = respond,
            ) -> Answered:
                nonlocal calls
                calls += 1
                time.sleep(latency)
                return respond(request)

            service.respond = slowly  # type: ignore[assignment, method-assign]
            print(name, servers.enter_context(serve(service)).url, flush=True)
        print(flush=True)
        for line in sys.stdin:
            if line.strip() == "calls":
                print(calls, flush=True)
                calls = 0


def entry(want: Desired) -> Mapping[str, object]:
    """What the service has of one address, approved."""
    return {
        "kind": want.address.kind,
        "name": want.name,
        "international": int(want.international),
        **want.delivered,
        **want.review_only,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) / 1000, sys.argv[3] == "pace")
