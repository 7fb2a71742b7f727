"""Rows of plans: at a service in another process, at once and over a network."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.measure import Bench, Sample
from bench.projects import (
    edit,
    point_at,
    write_config,
    write_example,
    write_own,
    write_zones,
)
from bench.rows import Row
from smsform.account.connect import READERS
from smsform.card import ProviderSpec
from smsform.model import Kind

FAST = 20  # calls a second
WINDOW = 1.1  # seconds; a little more than a service counts calls over
OCTODNS = str(Path(sys.executable).parent / "octodns-sync")


class Served:
    """Services in another process, and how often these were called.

    ``urls`` is where each is, by the name of its provider.
    """

    def __init__(self, urls: Mapping[str, str], process: subprocess.Popen[str]) -> None:
        self.urls, self._process = urls, process

    def calls(self) -> int:
        """The calls since it was asked last."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("calls\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def served(bench: Bench, project: Path, latency: int, pace: str) -> Iterator[Served]:
    """The services of *project*, which hold all it defines."""
    command = [
        sys.executable,
        "-m",
        "bench.server",
        str(project),
        str(latency),
        pace,
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=bench.env
    ) as process:
        assert process.stdout
        try:
            lines = iter(process.stdout.readline, "\n")
            yield Served(dict(line.split() for line in lines), process)
        finally:
            process.terminate()


def adopted(
    bench: Bench, build: str, spec: ProviderSpec, service: Served, count: int, rate: int
) -> list[str]:
    """A project of *build* whose state file knows every entry; its plan command."""
    folder = bench.folder / f"plan{len(list(bench.folder.iterdir()))}"
    project = write_own(folder, count, spec)
    write_config(project, spec, service.urls[spec.type], rate)
    return _adopt(bench, build, project)


def adopted_example(
    bench: Bench, build: str, project: Path, service: Served
) -> list[str]:
    """The same with a copy of *project*, whose texts are the example's."""
    folder = bench.folder / f"plan{len(list(bench.folder.iterdir()))}"
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".smsform"))
    point_at(folder, service.urls)
    return _adopt(bench, build, folder)


def _adopt(bench: Bench, build: str, project: Path) -> list[str]:
    bench.once([build, "-C", str(project), "apply", "--auto-approve"])
    return [build, "-C", str(project), "plan"]


def plan(
    bench: Bench, ours: str, older: str, spec: ProviderSpec, times: float
) -> Iterator[Row]:
    """A plan with nothing to do, against octoDNS's dry run over as many records.

    The older build keeps nothing between runs: its figure stands beside the cold one.
    """
    project = write_own(bench.folder / "served", 10_000, spec)
    with served(bench, project, 0, "nopace") as service:
        us = adopted(bench, ours, spec, service, 10_000, 0)
        them = adopted(bench, older, spec, service, 10_000, 0)
        config = write_zones(bench.folder / "zones", 10_000)
        zones = [OCTODNS, "--config-file", str(config)]
        cold, warm = yield from _plans(bench, us, them, zones, "")
    many = round(10_000 * times)
    project = write_own(bench.folder / "served_many", many, spec)
    with served(bench, project, 0, "nopace") as service:
        us = adopted(bench, ours, spec, service, many, 0)
        larger = bench.medians([*us, "--no-cache"], us, runs=2)
    for what, large, small in zip(("cold", "warm"), larger, (cold, warm), strict=True):
        name = f"plan {many:,} / 10,000, {what}"
        yield Row(name, large.seconds / small.seconds, 1.04 * times)
    yield from _plan_example(bench, ours, older, zones)


def _plan_example(
    bench: Bench, ours: str, older: str, zones: list[str]
) -> Iterator[Row]:
    """The same of the example's texts, at both its services together."""
    project = write_example(bench.folder / "served_example", 10_000 // 2)
    with served(bench, project, 0, "nopace") as service:
        us = adopted_example(bench, ours, project, service)
        them = adopted_example(bench, older, project, service)
        yield from _plans(bench, us, them, zones, " of the example's texts")


def _plans(
    bench: Bench, us: list[str], them: list[str], zones: list[str], what: str
) -> Generator[Row, None, tuple[Sample, Sample]]:
    """The rows of one corpus; returns how long it took cold and warm."""
    cold, old, dns = bench.medians([*us, "--no-cache"], them, zones)
    warm, dns_warm = bench.medians(us, zones)
    project = Path(us[us.index("-C") + 1])
    edited, dns_edited = bench.medians(us, zones, before=partial(edit, project))
    for how, bar, ours, theirs in (
        ("cold", 3, cold, dns),
        ("warm", 6, warm, dns_warm),
        ("one of 20 files edited", 6, edited, dns_edited),
    ):
        name = f"plan 10,000{what}, {how}: times as fast as octoDNS"
        was = dns.seconds / old.seconds if how == "cold" else None
        yield Row(name, theirs.seconds / ours.seconds, bar, was, least=True)
    name = f"memory of plan 10,000{what}"
    held, was = bench.memory([*us, "--no-cache"]), bench.memory(them)
    yield Row(f"{name}, cold, all processes", held, 70, was, "MiB")
    yield Row(f"{name}, warm", bench.memory(us), 70, unit="MiB")
    return cold, warm


def network(
    bench: Bench, ours: str, older: str, spec: ProviderSpec, latency: int
) -> Iterator[Row]:
    """A plan at the service's own pace, against what pace, pages and latency allow."""
    rate, _ = spec.kinds[Kind.TEMPLATE].pace["read"]
    count = 10_000 if rate >= FAST else 2_500  # some five seconds, either way
    project = write_own(bench.folder / f"{spec.type}{latency}", count, spec)
    with served(bench, project, latency, "pace") as service:
        us = adopted(bench, ours, spec, service, count, rate)
        them = adopted(bench, older, spec, service, count, rate)
        service.calls()
        rest(0)
        bench.once(us, by_clock=True)
        calls = service.calls()
        new, old = bench.medians(us, them, runs=3, rest=rest, by_clock=True, warm=False)
    bound = max((calls - 1) // rate, math.ceil(calls / READERS) * latency / 1000)
    name = f"{spec.title}, {latency} ms, {rate} calls a second"
    yield Row(
        f"plan {count:,} at {name} / the bound of {bound:.1f} s",
        new.seconds / bound,
        1.08,
        old.seconds / bound,
    )


def rest(_: int) -> None:
    """The bound is that of a service nobody has called within its window."""
    time.sleep(WINDOW)
