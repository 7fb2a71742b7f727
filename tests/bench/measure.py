"""Whole processes, timed in pairs A B A B …: a drifting machine cancels out."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

RUNS = int(os.environ.get("SMSFORM_BENCH_RUNS", "5"))
# On a machine that others use, the time a process computes says more than the clock.
BUSY = os.environ.get("SMSFORM_BENCH_CLOCK") == "cpu"


LOOKS = 0.005  # seconds between two looks at how much memory processes hold


class Sample(NamedTuple):
    """One process and those it started: seconds."""

    seconds: float


class Bench(NamedTuple):
    """Where processes run, and in what environment."""

    folder: Path
    env: Mapping[str, str]

    def once(self, command: Sequence[str], by_clock: bool = not BUSY) -> Sample:
        """Run *command* to its end; its output goes nowhere. A failure is an error."""
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=self.env,
            cwd=self.folder,
        )
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: {errors.decode()[-2000:]}")
        seconds = took if by_clock else usage.ru_utime + usage.ru_stime
        return Sample(seconds)

    def memory(self, command: Sequence[str]) -> float:
        """The most MiB that *command* and the processes it starts hold together.

        Pages that several of them share count once.
        """
        most = 0.0
        with subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.env,
            cwd=self.folder,
        ) as process:
            while process.poll() is None:
                most = max(most, sum(map(_held, _family(process.pid))))
                time.sleep(LOOKS)
        return most

    def medians(
        self,
        *commands: Sequence[str],
        runs: int = RUNS,
        before: Callable[[int], object] = int,
        rest: Callable[[int], object] = int,
        by_clock: bool = not BUSY,
        warm: bool = True,
    ) -> list[Sample]:
        """The medians of each, run in turn; the first round does not count if *warm*.

        *before* is called with the number of the round, before each; *rest* before each
        command.
        """
        rounds: list[list[Sample]] = []
        for number in range(runs + warm):
            before(number)
            samples = []
            for each in commands:
                rest(number)
                samples.append(self.once(each, by_clock))
            rounds.append(samples)
        return [
            Sample(median(each.seconds for each in samples))
            for samples in zip(*rounds[warm:], strict=True)
        ]


def _family(process: int) -> Iterator[int]:
    """A process and all it started, as far as they still run."""
    yield process
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text()
        for child in children.split():
            yield from _family(int(child))


def _held(process: int) -> float:
    """MiB of a process, with its share of common pages; 0 when it has ended."""
    with suppress(OSError):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        for line in rollup.splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
