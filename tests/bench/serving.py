"""A row of ``preview --serve``: from a save to the page that shows it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.measure import RUNS, Bench
from bench.projects import edit, write_own
from bench.rows import Row
from smsform.card import ProviderSpec


def rebuild(bench: Bench, ours: str, older: str, spec: ProviderSpec) -> Iterator[Row]:
    """The page of 1,000 templates after an edit in one file, by the clock."""
    projects = [
        write_own(bench.folder / f"serve{number}", 1_000, spec) for number in range(2)
    ]
    with (
        _serving(bench, ours, projects[0]) as here,
        _serving(bench, older, projects[1]) as there,
    ):
        took: list[list[float]] = [[], []]
        for run in range(RUNS + 1):  # the first one loads what pages need
            for samples, project, url in zip(
                took, projects, (here, there), strict=True
            ):
                edit(project, run)
                began = time.perf_counter()
                _shown(url)
                samples.append(time.perf_counter() - began)
    us, them = (median(samples[1:]) for samples in took)
    name = "`preview --serve` of 1,000: from a save to the page / the older build"
    yield Row(name, us / them)


def _shown(url: str) -> bytes:
    """The page; on a slow machine the first answer may be cut off, not the next."""
    for _ in range(9):
        with suppress(ConnectionError), urlopen(url, timeout=60) as page:
            return bytes(page.read())
    raise SystemExit(f"{url} shows no page")


@contextmanager
def _serving(bench: Bench, program: str, project: Path) -> Iterator[str]:
    command = [program, "-C", str(project), "preview", "--serve", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=bench.env,
        cwd=bench.folder,
    ) as process:
        assert process.stdout
        try:
            words = process.stdout.readline().split()
            yield next(word for word in words if word.startswith("http://"))
        finally:
            process.terminate()
