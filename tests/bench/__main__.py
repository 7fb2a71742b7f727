"""Measure every bar, beside the earlier build, and print a table in Markdown.

``python -m bench`` in ``tests``, on a machine that does nothing else.
SMSFORM_BENCH_RUNS is how often (5), SMSFORM_BENCH_LARGEST the largest project (50000).
With SMSFORM_BENCH_CLOCK=cpu the time that processes compute is compared: on a machine
that others use it says more.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import offline, online, page, serving
from bench.builds import COMMIT, REPOSITORY, installed, older_build
from bench.measure import BUSY, Bench
from bench.projects import write_example, write_own
from bench.rows import Row
from bench.sending import calls_a_second
from projects import UNGATED, demo_keys
from smsform.registry import built_in

HERE = Path(__file__).parents[1]
TIMES = int(os.environ.get("SMSFORM_BENCH_LARGEST", "50000")) / 10_000


def main() -> None:
    """Run all of it; the exit code says whether every bar was kept."""
    began, rows = time.monotonic(), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        with older_build(folder) as older:
            ours = installed(REPOSITORY, folder / "ours")
            for row in measured(folder, ours, older):
                rows.append(row)
                print(row.shown(), file=sys.stderr)
    clock = "time of the processors" if BUSY else "wall clock"
    minutes = (time.monotonic() - began) / 60
    print(f"Medians by {clock}, {time.strftime('%Y-%m-%d')}, {minutes:.0f} minutes.\n")
    print(f"| what | measured | bar | | {COMMIT} |\n|---|---|---|---|---|")
    print(*[row.shown() for row in rows], sep="\n")
    sys.exit(not all(row.kept for row in rows))


def measured(folder: Path, ours: str, older: str) -> Iterator[Row]:
    """Every row."""
    keys = {
        name: value for type in built_in() for name, value in demo_keys(type).items()
    }
    home = folder / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), **keys}
    bench = Bench(folder, environment | {"PYTHONPATH": str(HERE)})
    spec = built_in()[UNGATED]
    own = write_own(folder / "own", 10_000, spec)
    multiplied = write_example(folder / "multiplied", 10_000)
    yield from offline.start(bench, ours, older)
    yield from offline.example(bench, ours, older)
    yield from offline.validate(bench, ours, older, own, "")
    yield from offline.validate(
        bench, ours, older, multiplied, " of the example's texts"
    )
    large = write_own(folder / "large", round(10_000 * TIMES), spec)
    yield from offline.validate_large(bench, ours, own, large, TIMES, "")
    large = write_example(folder / "large_multiplied", round(10_000 * TIMES))
    yield from offline.validate_large(
        bench, ours, multiplied, large, TIMES, " of the example's texts"
    )
    yield from page.rows(bench, ours, older, spec)
    yield from serving.rebuild(bench, ours, older, spec)
    yield from online.plan(bench, ours, older, spec, TIMES)
    for service in built_in().values():
        for latency in (40, 200):
            yield from online.network(bench, ours, older, service, latency)
    rate = max(calls_a_second(Path(tempfile.mkdtemp(dir=folder))) for _ in range(3))
    name = "SendSms into a served emulator, four connections, best of three"
    yield Row(name, rate, 1000, unit="a second", least=True)


if __name__ == "__main__":
    main()
