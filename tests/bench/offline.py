"""Rows that need no account: start, validate, the example's small commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.builds import beside
from bench.measure import RUNS, Bench
from bench.projects import EXAMPLE, edit
from bench.rows import Row

# What PyYAML's own C loader takes for the same files.
LOAD = """\
import sys, glob, yaml
for path in glob.glob(sys.argv[1], recursive=True):
    with open(path, encoding="utf-8") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""
SMALL = 4 * RUNS + 1  # runs of what takes milliseconds


def start(bench: Bench, ours: str, older: str) -> Iterator[Row]:
    """Start-up against importing click alone."""
    floor = [beside(ours), "-c", "import click"]
    for flag, bar in (("--version", 1.15), ("--help", 1.3)):
        us, them, base = bench.medians([ours, flag], [older, flag], floor, runs=SMALL)
        yield Row(
            f"`smsform {flag}` / `import click`",
            us.seconds / base.seconds,
            bar,
            them.seconds / base.seconds,
        )


def example(bench: Bench, ours: str, older: str) -> Iterator[Row]:
    """The example project, all of it approved at its emulators: a copy for each."""
    at = {}
    for number, build in enumerate((ours, older)):
        folder = bench.folder / f"example{number}"
        ignored = shutil.ignore_patterns(".smsform", "*.state.json")
        shutil.copytree(EXAMPLE, folder, ignore=ignored)
        at[build] = ["-C", str(folder)]
        for command in (
            "apply --auto-approve",
            "status",
            "status",
            "apply --auto-approve",
        ):
            bench.once([build, *at[build], *command.split()])
    python = [beside(ours), "-c"]
    yaml, requests, click = (
        [*python, f"import {names}"]
        for names in ("click, yaml", "click, yaml, requests", "click")
    )
    for what, command, bar, floor, said in (
        ("validate, warm", ["validate"], 1.5, yaml, "click, yaml"),
        ("validate, cold", ["validate", "--no-cache"], 2.0, yaml, "click, yaml"),
        ("plan, warm", ["plan"], 1.2, requests, "click, yaml, requests"),
        ("plan, cold", ["plan", "--no-cache"], 1.2, requests, "click, yaml, requests"),
        ("ids", ["ids"], 1.4, click, "click"),
    ):
        before = [each for each in command if each != "--no-cache"]
        us, them, base = bench.medians(
            [ours, *at[ours], *command], [older, *at[older], *before], floor, runs=SMALL
        )
        yield Row(
            f"the example: {what} / `import {said}`",
            us.seconds / base.seconds,
            bar,
            them.seconds / base.seconds,
        )


def validate(
    bench: Bench, ours: str, older: str, project: Path, what: str
) -> Iterator[Row]:
    """Every rule over every template, against merely loading the files."""
    load = [beside(ours), "-c", LOAD, str(project / "**" / "*[0-9].yaml")]
    cold = [ours, "-C", str(project), "validate", "--no-cache"]
    warm, before = cold[:-1], [older, "-C", str(project), "validate"]
    us, them, base = bench.medians(cold, before, load)
    figures = (us.seconds / base.seconds, them.seconds / base.seconds)
    name = f"validate 10,000{what}"
    yield Row(f"{name}, cold / `yaml.load(CSafeLoader)`", figures[0], 0.55, figures[1])
    if what:
        yield Row(f"{name}, cold / the older build", figures[0] / figures[1], 0.8)
    us, base = bench.medians(warm, load)
    yield Row(f"{name}, warm / the same", us.seconds / base.seconds, 0.15)
    us, base = bench.medians(warm, load, before=partial(edit, project))
    yield Row(f"{name}, one of 20 files edited", us.seconds / base.seconds, 0.2)


def validate_large(
    bench: Bench, ours: str, small: Path, large: Path, times: float, texts: str
) -> Iterator[Row]:
    """What *times* the templates cost, in time and memory."""
    cold, warm = ["validate", "--no-cache"], ["validate"]
    for what, command in (("cold", cold), ("warm", warm)):
        few, many = bench.medians(
            [ours, "-C", str(small), *command],
            [ours, "-C", str(large), *command],
            runs=3,
        )
        name = f"validate {10_000 * times:,.0f} / 10,000{texts}, {what}"
        yield Row(name, many.seconds / few.seconds, 1.04 * times)
        if what == "cold":
            name = f"memory of validate {10_000 * times:,.0f}{texts}, all processes"
            held = bench.memory([ours, "-C", str(large), *command])
            yield Row(name, held, 120, unit="MiB")
