"""Whole processes, timed in pairs A B A B …: a drifting machine cancels out."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

RUNS = int(os.environ.get("SMSFORM_BENCH_RUNS", "5"))
# On a machine that others use, the time a process computes says more than the clock.
BUSY = os.environ.get("SMSFORM_BENCH_CLOCK") == "cpu"


class Sample(NamedTuple):
    """One process: seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


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
        return Sample(seconds, usage.ru_maxrss / 1024)

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
            Sample(*map(median, zip(*samples, strict=True)))
            for samples in zip(*rounds[warm:], strict=True)
        ]
