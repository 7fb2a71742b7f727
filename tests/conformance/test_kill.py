"""A real process, killed with SIGKILL at every call and every step of every state
write, or asked to end there; then a plain apply in another: exactly once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance import mixed
from conformance.killer import KillerProcess, killer_process
from conformance.mixed import Mixed
from smsform.registry import specs

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="applies are killed in forks"
)
MOST = 400  # steps one apply may have here; what has more deserves a look
EVERY = 19  # of those steps an apply is asked to end at one


@pytest.fixture(params=sorted(specs()), scope="module")
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mixed:
    """The project with one apply of everything ahead of it, for every type."""
    return mixed.prepare(tmp_path_factory.mktemp("killed"), request.param)


class Killer:
    """Has applies carried out that die at a step of their own."""

    def __init__(self, prepared: Mixed, process: KillerProcess) -> None:
        self._prepared, self._process = prepared, process
        self.alive = 0

    def apply(self, root: Path, die_at: int, **how: Any) -> dict[str, Any]:
        """Let an apply on a copy in *root* die at that step (0: live)."""
        arguments = ["-C", str(root), "--quiet", "apply", "--auto-approve"]
        order = {"arguments": [*arguments, *mixed.FLAGS], "broken": False, **how}
        return self._process.carry_out(die_at=die_at, **order)

    def steps(self, root: Path, broken: bool = False) -> int:
        """How many steps an apply has that lives."""
        self._prepared.copied(root).store.close()
        answer = self.apply(root, 0, broken=broken)
        assert answer["signal"] == 0
        assert 0 < answer["steps"] < MOST
        self.alive = int(answer["steps"])
        return self.alive

    def kill_at(self, step: int, root: Path, broken: bool = False) -> list[str]:
        """What is wrong after an apply killed there and a plain one after it."""
        project = self._prepared.copied(root)
        answer = self.apply(root, step, broken=broken)
        assert answer["signal"] == signal.SIGKILL
        try:
            return mixed.judge(self._prepared, project, None)
        finally:
            project.store.close()

    def end_at(self, step: int, root: Path, number: int, twice: bool) -> list[str]:
        """What is wrong after an apply asked to end there and a plain one after it."""
        project = self._prepared.copied(root)
        answer = self.apply(root, step, **{"with": number, "twice": twice})
        wrong = []
        late = answer["steps"] == self.alive  # when all was done
        if answer["signal"] or (answer["code"] != 128 + number and not late):
            wrong.append(f"ended with {answer}")
        beside = {each.name for each in project.state_path.parent.iterdir()}
        if left := {each for each in beside if each.endswith((".journal", ".lock"))}:
            wrong.append(f"left behind: {left}")
        try:
            return wrong + mixed.judge(self._prepared, project, None)
        finally:
            project.store.close()


@pytest.fixture
def killer(prepared: Mixed) -> Iterator[Killer]:
    """The process that forks them; it ends when its stdin does."""
    with killer_process() as process:
        yield Killer(prepared, process)


def test_an_apply_killed_at_every_step_is_finished_by_the_next(
    killer: Killer, tmp_path: Path
):
    """Nothing twice, nothing lost, the state file whole, wherever it died."""
    steps = killer.steps(tmp_path / "alive")
    wrong = [
        f"killed at step {step}: {each}"
        for step in range(1, steps + 1)
        for each in killer.kill_at(step, tmp_path / str(step))
    ]
    print(f"\nkilled: {steps} cases, {len(wrong)} violations")
    assert not wrong, "\n".join(wrong[:10])


def test_an_apply_without_intents_on_disk_fails_when_killed(
    killer: Killer, tmp_path: Path
):
    """The judge finds what an apply forgets that does not write down what it is about
    to submit."""
    steps = killer.steps(tmp_path / "alive", broken=True)
    wrong = [
        each
        for step in range(1, steps + 1, 2)
        for each in killer.kill_at(step, tmp_path / str(step), broken=True)
    ]
    print(f"\nkilled without intents: {len(wrong)} violations found")
    assert wrong


@pytest.mark.parametrize(
    ("name", "twice", "begin"),
    [("SIGTERM", False, 1), ("SIGTERM", True, 3), ("SIGHUP", False, 7)],
)
def test_an_apply_that_is_asked_to_end_leaves_a_whole_state(
    killer: Killer, tmp_path: Path, name: str, twice: bool, begin: int
):
    """Wherever the signal comes, and another one right after it: no journal, no lock,
    the exit code of that signal; nothing twice, nothing lost."""
    number = getattr(signal, name)
    steps = killer.steps(tmp_path / "alive")
    chosen = range(begin, steps, EVERY)
    wrong = [
        f"{name} at step {step}: {each}"
        for step in chosen
        for each in killer.end_at(step, tmp_path / str(step), number, twice)
    ]
    print(f"\n{name}: {len(chosen)} cases, {len(wrong)} violations")
    assert not wrong, "\n".join(wrong[:10])
