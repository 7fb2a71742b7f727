"""Measure every bar and print a table in Markdown."""

from __future__ import annotations

import contextlib
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.measure import alone, once, paired
from bench.projects import write_project, write_zones
from bench.sending import calls_a_second
from projects import UNGATED, demo_keys

HERE = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
SMSFORM = str(BIN / "smsform")
LOAD = """\
import sys, glob, yaml
for path in glob.glob(sys.argv[1]):
    with open(path, encoding="utf-8") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""
WINDOW = 1.1  # seconds; a little more than a service counts calls over
LARGEST = int(os.environ.get("SMSFORM_BENCH_LARGEST", "50000"))


class Row(NamedTuple):
    """A line of the table."""

    what: str
    measured: str
    bar: str
    kept: bool


def main() -> None:
    """Run all of it; the exit code says whether every bar was kept."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for measure in (start, validate, plan, network, sending):
            for row in measure(Path(folder)):
                rows.append(row)
                print(f"{row.what}: {row.measured} (bar {row.bar})", file=sys.stderr)
    print("| what | measured | bar | |\n|---|---|---|---|")
    for row in rows:
        mark = "✓" if row.kept else "✗"
        print(f"| {row.what} | {row.measured} | {row.bar} | {mark} |")
    sys.exit(not all(row.kept for row in rows))


def environment(folder: Path) -> dict[str, str]:
    """A clean environment with the emulator's key pair."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(HERE),
        **demo_keys(UNGATED),
    }


def start(folder: Path) -> Iterator[Row]:
    """Start-up against importing click alone."""
    env = environment(folder)
    floor = [sys.executable, "-c", "import click"]
    for flag, bar in (("--version", 1.15), ("--help", 1.3)):
        pair = paired([SMSFORM, flag], floor, env, folder, runs=51)
        yield Row(
            f"`smsform {flag}` against `import click`",
            f"{pair.ratio:.2f} ×", f"≤ {bar} ×", pair.ratio <= bar,
        )  # fmt: skip


def sending(folder: Path) -> Iterator[Row]:
    """Messages into a served emulator: durable, signed, one number a call."""
    rate = max(calls_a_second(Path(tempfile.mkdtemp(dir=folder))) for _ in range(3))
    yield Row(
        "SendSms into a served emulator, four connections, best of three",
        f"{rate:,.0f} a second", "≥ 1,000 a second", rate >= 1000,
    )  # fmt: skip


def validate(folder: Path) -> Iterator[Row]:
    """Every rule over every template, against merely loading the files."""
    env, seconds = environment(folder), {}
    for count in (1_000, 10_000, LARGEST):
        project = write_project(folder / f"validate{count}", count)
        load = [sys.executable, "-c", LOAD, str(project / "definitions" / "*.yaml")]
        pair = paired([SMSFORM, "-C", str(project), "validate"], load, env, folder)
        seconds[count] = pair.ours
        bar = 0.6 if count == 10_000 else math.inf
        yield Row(
            f"validate {count:,} against `yaml.load(CSafeLoader)`",
            f"{pair.ratio:.2f} × ({pair.ours:.2f} s, {pair.mebibytes:.0f} MiB)",
            f"≤ {bar} ×" if bar < math.inf else "–", pair.ratio <= bar,
        )  # fmt: skip
        if count == 10_000:
            yield memory("validate", pair.mebibytes)
    yield growth("validate", seconds[LARGEST] / seconds[10_000])


def memory(what: str, mebibytes: float) -> Row:
    """The memory bar at 10,000 templates."""
    name = f"memory of {what} at 10,000"
    return Row(name, f"{mebibytes:.0f} MiB", "≤ 100 MiB", mebibytes <= 100)


def growth(what: str, ratio: float) -> Row:
    """The growth bar."""
    bar = 1.1 * LARGEST / 10_000
    name = f"{what} {LARGEST:,} against 10,000"
    return Row(name, f"{ratio:.2f} ×", f"≤ {bar:.1f} ×", ratio <= bar)


@contextlib.contextmanager
def emulator(
    count: int, latency: int, pace: str, env: dict[str, str]
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A seeded emulator in another process; its URL."""
    command = [sys.executable, "-m", "bench.server", str(count), str(latency), pace]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.terminate()


def adopted(
    folder: Path, count: int, url: str, env: dict[str, str], rate: int = 0
) -> list[str]:
    """A project whose state file knows every entry; the plan command.

    It lists *rate* times a second at most, with 0 as fast as it can.
    """
    project = write_project(folder, count, url, rate)
    command = [SMSFORM, "-C", str(project)]
    once([*command, "apply", "--auto-approve"], env, folder)
    return [*command, "plan", "--detailed-exitcode"]


def plan(folder: Path) -> Iterator[Row]:
    """A plan with nothing to do, against octoDNS's dry run over as many records."""
    env, seconds = environment(folder), {}
    for count in (1_000, 10_000, LARGEST):
        with emulator(count, 0, "nopace", env) as (url, _):
            ours = adopted(folder / f"plan{count}", count, url, env)
            if count == LARGEST:
                seconds[count] = alone(ours, env, folder).seconds
                continue
            config = write_zones(folder / f"zones{count}", count)
            theirs = [str(BIN / "octodns-sync"), "--config-file", str(config)]
            pair = paired(ours, theirs, env, folder)
        seconds[count] = pair.ours
        times = pair.theirs / pair.ours
        yield Row(
            f"plan {count:,} against octoDNS's dry run",
            f"{times:.1f} × faster ({pair.ours:.2f} s, {pair.mebibytes:.0f} MiB)",
            "≥ 5 × faster" if count == 10_000 else "–",
            times >= 5 or count != 10_000,
        )  # fmt: skip
        if count == 10_000:
            yield memory("plan", pair.mebibytes)
    yield growth("plan", seconds[LARGEST] / seconds[10_000])


def network(folder: Path) -> Iterator[Row]:
    """A plan at 40 ms a call and 20 calls a second, against what these allow."""
    env = environment(folder)
    with emulator(10_000, 40, "pace", env) as (url, process):
        ours = adopted(folder / "network", 10_000, url, env, rate=20)
        assert process.stdin
        assert process.stdout
        process.stdin.write("calls\n")
        process.stdin.flush()
        process.stdout.readline()
        # The bound is that of a service nobody has called within its window.
        alone(ours, env, folder, runs=1, rest=WINDOW)
        process.stdin.write("calls\n")
        process.stdin.flush()
        calls = int(process.stdout.readline()) // 2
        seconds = alone(ours, env, folder, rest=WINDOW).seconds
    bound = max((calls - 1) // 20, math.ceil(calls / 10) * 0.04)
    ratio = seconds / bound
    yield Row(
        f"plan 10,000 over a network ({calls} calls)",
        f"{ratio:.2f} × the bound of {bound:.1f} s", "≤ 1.2 ×", ratio <= 1.2,
    )  # fmt: skip


if __name__ == "__main__":
    main()
