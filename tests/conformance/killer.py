"""The process that has commands killed: forks a run for each order (``killed``)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]


class KillerProcess:
    """Carries out one order after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def carry_out(self, **order: Any) -> dict[str, Any]:
        """What became of a run; ``killed`` says what an order and an answer hold."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def killer_process() -> Iterator[KillerProcess]:
    """A process of its own; it ends with the block."""
    paths = os.pathsep.join([str(TESTS.parent), *sys.path])  # extensions, too
    with subprocess.Popen(
        [sys.executable, "-m", "conformance.killed"],
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as process:
        assert process.stdout
        for line in process.stdout:  # past the help texts it loads the commands with
            if line == "ready\n":
                break
        yield KillerProcess(process)
