"""Rows of plans: at a service in another process, at once and over a network."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Bench, Sample
from bench.projects import (
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
    """A plan with nothing to do, against octoDNS's dry run over as many records."""
    project = write_own(bench.folder / "served", 10_000, spec)
    with served(bench, project, 0, "nopace") as service:
        us = adopted(bench, ours, spec, service, 10_000, 0)
        them = adopted(bench, older, spec, service, 10_000, 0)
        config = write_zones(bench.folder / "zones", 10_000)
        zones = [OCTODNS, "--config-file", str(config)]
        new, old, dns = bench.medians(us, them, zones)
    yield from _faster("", dns, new, old)
    yield Row("memory of plan 10,000", new.mebibytes, 70, old.mebibytes, "MiB")
    many = round(10_000 * times)
    project = write_own(bench.folder / "served_many", many, spec)
    with served(bench, project, 0, "nopace") as service:
        (large,) = bench.medians(adopted(bench, ours, spec, service, many, 0), runs=2)
    yield Row(f"plan {many:,} / 10,000", large.seconds / new.seconds, 1.04 * times)
    yield from _plan_example(bench, ours, older, zones)


def _plan_example(
    bench: Bench, ours: str, older: str, zones: list[str]
) -> Iterator[Row]:
    """The same of the example's texts, at both its services together."""
    project = write_example(bench.folder / "served_example", 10_000 // 2)
    with served(bench, project, 0, "nopace") as service:
        us = adopted_example(bench, ours, project, service)
        them = adopted_example(bench, older, project, service)
        new, old, dns = bench.medians(us, them, zones)
    yield from _faster(" of the example's texts", dns, new, old)
    name = "memory of plan 10,000 of the example's texts"
    yield Row(name, new.mebibytes, 70, old.mebibytes, "MiB")


def _faster(what: str, dns: Sample, new: Sample, old: Sample) -> Iterator[Row]:
    was, is_ = dns.seconds / old.seconds, dns.seconds / new.seconds
    for how, bar in (("cold", 3), ("warm: plan keeps no cache", 6)):
        name = f"plan 10,000{what}, {how}: times as fast as octoDNS"
        yield Row(name, is_, bar, was, least=True)


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
