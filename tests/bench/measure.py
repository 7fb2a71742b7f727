"""Whole processes, timed in pairs A B A B …: a drifting machine cancels out."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

RUNS = int(os.environ.get("SMSFORM_BENCH_RUNS", "5"))


class Sample(NamedTuple):
    """One process: wall seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


class Pair(NamedTuple):
    """Medians of two commands and of their ratio, pair by pair."""

    ours: float
    theirs: float
    ratio: float
    mebibytes: float


def once(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> Sample:
    """Run *command* to its end; its output goes nowhere. A failure is an error."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, cwd=cwd
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {errors.decode()[-2000:]}")
    return Sample(seconds, usage.ru_maxrss / 1024)


def paired(
    ours: Sequence[str],
    theirs: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    runs: int = RUNS,
) -> Pair:
    """The medians of *runs* pairs, after one warm-up of each."""
    once(ours, env, cwd)
    once(theirs, env, cwd)
    pairs = [(once(ours, env, cwd), once(theirs, env, cwd)) for _ in range(runs)]
    return Pair(
        median(a.seconds for a, _ in pairs),
        median(b.seconds for _, b in pairs),
        median(a.seconds / b.seconds for a, b in pairs),
        median(a.mebibytes for a, _ in pairs),
    )


def alone(
    command: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    runs: int = RUNS,
    rest: float = 0.0,
) -> Sample:
    """Medians of *runs* after one warm-up, with *rest* seconds before each."""

    def rested() -> Sample:
        time.sleep(rest)
        return once(command, env, cwd)

    rested()
    samples = [rested() for _ in range(runs)]
    return Sample(*map(median, zip(*samples, strict=True)))
