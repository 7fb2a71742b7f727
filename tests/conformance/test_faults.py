"""A fault at every call of an apply, then a plain one: exactly once, and no lie.

Faults are the emulator's and full disks; the judge reads the emulator's own books.
``-m exhaustive`` tries every pair of faults at every pair of calls.
"""

from __future__ import annotations

import errno
import itertools
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conformance import mixed
from conformance.mixed import Mixed
from conformance.project import facts
from smsform.apply.run import Run
from smsform.apply.submission import Submission
from smsform.emulation.faults import Fault, FaultKind
from smsform.errors import Unclear, Unreachable
from smsform.registry import specs
from smsform.state import writing

PAIRS = int(os.environ.get("SMSFORM_FAULT_PAIRS", "400"))
SEED = 20261121


@pytest.fixture(params=sorted(specs()), scope="module")
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mixed:
    """The project with one apply of everything ahead of it, for every type."""
    return mixed.prepare(tmp_path_factory.mktemp("mixed"), request.param)


@pytest.fixture
def no_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing wait for the disk: what is killed here is not the machine."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


class Tally:
    """Counts cases that happened, and keeps what was wrong with them."""

    def __init__(self, prepared: Mixed) -> None:
        self.prepared, self.count = prepared, 0
        self.wrong: list[str] = []

    def with_faults(self, *planted: Fault) -> None:
        """One case; it counts if each fault fired exactly once."""
        with self._case() as project:
            result = mixed.disturbed(project, *planted)
            if result is None:
                return
            self.count += 1
            self.wrong += [
                f"{[(f.kind, f.action, f.nth, f.code) for f in planted]}: {each}"
                for each in mixed.judge(self.prepared, project, result)
            ]

    def with_full_disk(self, disk: FullDisk) -> None:
        """One case; it counts if the disk was full when it was written to."""
        with self._case() as project:
            with disk:
                result = mixed.apply(project)
            if not disk.hits:
                return
            self.count += 1
            self.wrong += [
                f"{disk}: {each}"
                for each in mixed.judge(self.prepared, project, result)
            ]

    @contextmanager
    def _case(self) -> Iterator[Any]:
        with tempfile.TemporaryDirectory() as folder:
            project = self.prepared.copied(Path(folder) / "case")
            try:
                yield project
            finally:
                project.store.close()

    def settle(self, what: str, least: int) -> None:
        """Print the count; fail for what was wrong, or if too little happened."""
        print(
            f"\n{what} at {self.prepared.project.type}: {self.count} cases, "
            f"{len(self.wrong)} violations"
        )
        assert not self.wrong, "\n".join(self.wrong[:10])
        assert self.count >= least


def single(prepared: Mixed) -> list[Fault]:
    """Every fault at every call of the undisturbed apply."""
    return [
        fault._replace(action=action, nth=nth)
        for action, nth in mixed.places(prepared)
        for fault in mixed.every_fault(prepared.project.type)
    ]


def pairs(prepared: Mixed) -> Iterator[tuple[Fault, Fault]]:
    """Every fault at every call with every other at a later one of its sort, or at any
    of another; recovering makes more calls, so some later ones belong in."""
    first = single(prepared)
    later = [
        fault._replace(action=action, nth=nth + more)
        for action, nth in mixed.places(prepared)
        for more in range(3)
        for fault in mixed.every_fault(prepared.project.type)
    ]
    for one, other in itertools.product(first, dict.fromkeys(later)):
        if (one.action, one.nth) < (other.action, other.nth):
            yield one, other


@pytest.mark.usefixtures("no_power_cuts")
def test_a_fault_at_every_call(prepared: Mixed):
    """Whatever goes wrong at whichever call: nothing twice, nothing lost, no lie."""
    tally = Tally(prepared)
    for fault in single(prepared):
        tally.with_faults(fault)
    tally.settle("one fault", least=250)


@pytest.mark.usefixtures("no_power_cuts")
@pytest.mark.parametrize("half", [0, 1])
def test_two_faults_in_one_apply(prepared: Mixed, half: int):
    """The same with a second fault, often one that hits the recovery; a sample."""
    tally = Tally(prepared)
    chosen = list(pairs(prepared))
    wanted = facts(prepared.project.type).get("pairs", PAIRS) // 2
    random.Random(SEED + half).shuffle(chosen)
    for one, other in chosen:
        tally.with_faults(one, other)
        if tally.count >= wanted:
            break
    tally.settle("two faults", least=wanted)


@pytest.mark.exhaustive
@pytest.mark.usefixtures("no_power_cuts")
def test_every_two_faults_in_one_apply(prepared: Mixed):
    """All pairs; takes an hour."""
    tally = Tally(prepared)
    for one, other in pairs(prepared):
        tally.with_faults(one, other)
    tally.settle("every two faults", least=10_000)


# -- full disks ------------------------------------------------------------------------


class FullDisk:
    """Lets the n-th use of one step of writing the state fail, and if *lasting* all
    after it, until the ``with`` ends."""

    STEPS = ("open", "write", "fsync", "chmod", "replace")

    def __init__(self, step: str, nth: int, lasting: bool) -> None:
        self.step, self.nth, self.lasting = step, nth, lasting
        self.uses = self.hits = 0
        self._patch = pytest.MonkeyPatch()

    def __str__(self) -> str:
        return f"disk full at {self.step} {self.nth}{' and after' * self.lasting}"

    def __enter__(self) -> FullDisk:
        # Some steps go into the journal, then the state is written whole, and so on.
        self._patch.setattr(writing, "perf_counter", itertools.count().__next__)
        self._patch.setattr(writing, "REST", 4.0)
        if self.step == "write":
            for module in ("durable", "journal"):
                name = f"smsform.state.{module}.open"
                self._patch.setattr(name, self._open, raising=False)
        else:
            self._patch.setattr(os, self.step, self._failing())
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()

    def _failing(self) -> Callable[..., Any]:
        real = getattr(os, self.step)

        def step(*arguments: Any, **named: Any) -> Any:
            self._use()
            return real(*arguments, **named)

        return step

    def _open(self, *arguments: Any, **named: Any) -> Any:
        file = open(*arguments, **named)  # noqa: SIM115 -- _Through closes it
        real = file.write

        def write(data: bytes) -> int:
            try:
                self._use()
            except OSError:
                real(data[: len(data) // 2])
                raise
            return real(data)

        return _Through(file, write)

    def _use(self) -> None:
        self.uses += 1
        if self.uses == self.nth or (self.lasting and self.uses > self.nth):
            self.hits += 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class _Through:
    """A file with a ``write`` of ours."""

    def __init__(self, file: Any, write: Callable[[bytes], int]) -> None:
        self._file, self.write = file, write

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Through:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._file.close()


@pytest.mark.parametrize("lasting", [False, True])
def test_a_full_disk_at_every_write_of_the_state(prepared: Mixed, lasting: bool):
    """What cannot be written down is not sent; what was sent is found again."""
    tally = Tally(prepared)
    for step in FullDisk.STEPS:
        for nth in itertools.count(1):
            before = tally.count
            tally.with_full_disk(FullDisk(step, nth, lasting))
            if tally.count == before:  # the apply had no such write any more
                break
    tally.settle(f"disk full{' for good' * lasting}", least=50)


# -- the judge is judged ---------------------------------------------------------------


def repeats_blindly(patch: pytest.MonkeyPatch) -> None:
    """After no answer, submit again at once."""

    def recovered(self: Submission, error: Unclear) -> Any:
        return self.provider.create(self.change.desired, self.name)

    patch.setattr(Submission, "_recovered", recovered)


def takes_silence_for_a_no(patch: pytest.MonkeyPatch) -> None:
    """After no answer, forget the submission and call it failed."""

    def recovered(self: Submission, error: Unclear) -> Any:
        raise Unreachable(error.provider, error.action, error.text)

    patch.setattr(Submission, "_recovered", recovered)


def calls_it_failed(patch: pytest.MonkeyPatch) -> None:
    """After no answer to an update or a deletion, call it failed."""

    def repeat(self: Run, change: Any, call: Any, done: Any) -> None:
        try:
            call()
        except Unclear as error:
            raise Unreachable(error.provider, error.action, error.text) from None

    patch.setattr(Run, "_repeat", repeat)


BROKEN = (repeats_blindly, takes_silence_for_a_no, calls_it_failed)


@pytest.mark.usefixtures("no_power_cuts")
@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_apply_fails_the_matrix(
    prepared: Mixed, monkeypatch: pytest.MonkeyPatch, broken: Callable[..., None]
):
    """The judge finds what an apply does that is careless about missing answers."""
    broken(monkeypatch)
    tally = Tally(prepared)
    for fault in single(prepared):
        if fault.kind in (FaultKind.DROP_AFTER, FaultKind.NO_PAYLOAD):
            tally.with_faults(fault)
    print(f"\n{broken.__name__}: {len(tally.wrong)} violations found")
    assert tally.wrong
