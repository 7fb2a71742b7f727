"""A real process, killed with SIGKILL at every call and write of a send or a pull."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.killer import KillerProcess, killer_process
from conformance.project import Project
from conformance.sendable import NUMBER, SENDING, a_project, sent
from smsform.emulation import store_path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Store
from smsform.registry import specs

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="runs are killed in forks"
)
MOST = 200  # steps a run may have here
QUEUED = 250  # receipts: three pages
QUEUES = [type for type in SENDING if not specs()[type].sending().queue]  # type: ignore[misc]


class Killer:
    """Has commands carried out that die at a step of their own."""

    def __init__(self, process: KillerProcess) -> None:
        self._process = process

    def __call__(self, root: Path, die_at: int, *arguments: str) -> dict[str, Any]:
        """Run ``smsform -C ROOT …``, which dies at that step (0: lives)."""
        return self._process.carry_out(
            arguments=["-C", str(root), "--quiet", *arguments],
            die_at=die_at,
            broken=False,
            writes=True,
            output=str(root / "said.json"),
        )


@pytest.fixture(scope="module")
def kill() -> Iterator[Killer]:
    """The process that forks them; it ends when its stdin does."""
    with killer_process() as process:
        yield Killer(process)


def twin(project: Project, root: Path) -> Project:
    """The same project once more, in *root*."""
    import copy

    shutil.copytree(project.root, root)
    other = copy.copy(project)
    other.root = root
    other.store = Store(store_path(root))
    other.clock = VirtualClock(other.store)
    return other


@pytest.mark.parametrize("type", SENDING)
def test_a_send_killed_at_every_step_is_sent_once_or_asked_about(
    type: str, kill: Killer, tmp_path: Path
) -> None:
    """The run after never sends a second one by itself, and finds the first."""
    (tmp_path / "prepared").mkdir()
    prepared = a_project(tmp_path / "prepared", type)
    prepared.store.close()
    call = ("send", "p/template.pickup", "--to", NUMBER, "--yes", "--format", "json")
    alive = twin(prepared, tmp_path / "alive")
    steps = kill(alive.root, 0, *call)["steps"]
    assert 0 < steps < MOST
    assert len(sent(alive)) == 1
    wrong, told = [], 0
    for step in range(1, steps + 1):
        project = twin(prepared, tmp_path / str(step))
        assert kill(project.root, step, *call)["signal"] == signal.SIGKILL
        before = len(sent(project))
        said = (project.root / "said.json").read_text("utf-8")
        if before and said:  # who called was told, all of it
            assert json.loads(said)["messages"][0]["result"] == "accepted"
            told += 1
            continue
        again = project(*call)
        after = len(sent(project))
        if after > 1:
            wrong.append(f"step {step}: {after} messages")
        elif before and (again.code != 1 or "did go out" not in again.err):
            wrong.append(f"step {step}: the next run does not know of it: {again.err}")
        elif not before and not after and "nobody knows" not in again.err:
            wrong.append(f"step {step}: neither sent nor asked about: {again.err}")
        project.store.close()
    print(f"\n{type}: a send killed at {steps} steps, {len(wrong)} wrong")
    assert told < steps / 2
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.parametrize("type", QUEUES)
def test_a_pull_killed_at_every_write_loses_nothing_it_had_written(
    type: str, kill: Killer, tmp_path: Path
) -> None:
    """No receipt twice, none lost but a page that was in the air when it died."""
    (tmp_path / "prepared").mkdir()
    prepared = a_project(tmp_path / "prepared", type)
    fill(prepared)
    prepared.store.close()
    alive = twin(prepared, tmp_path / "alive")
    path = str(alive.root / "r.jsonl")
    steps = kill(alive.root, 0, "receipts", "--pull", "-o", path)["steps"]
    assert 0 < steps < MOST
    assert len(lines(alive)) == QUEUED
    wrong, in_the_air = [], 0
    for step in range(1, steps + 1):
        project = twin(prepared, tmp_path / str(step))
        path = str(project.root / "r.jsonl")
        pull = ("receipts", "--pull", "-o", path)
        assert kill(project.root, step, *pull)["signal"] == signal.SIGKILL
        left = queued(project)
        had = lines(project)
        assert project(*pull).code == 0
        found = lines(project)
        if len(set(found)) != len(found):
            wrong.append(f"step {step}: {len(found) - len(set(found))} twice")
        if found[: len(had)] != had:
            wrong.append(f"step {step}: what was there is not there any more")
        if len(found) < len(had) + left:
            wrong.append(f"step {step}: {len(had) + left - len(found)} lost later")
        in_the_air += len(found) < QUEUED
        if len(found) < QUEUED - 100:
            wrong.append(f"step {step}: {QUEUED - len(found)} lost")
        project.store.close()
    print(f"\n{type}: a pull killed at {steps} steps, {len(wrong)} wrong;", end=" ")
    print(f"{in_the_air} deaths between a reply and its write")
    assert in_the_air <= 2 * 3  # before and after the reply, a page each
    assert not wrong, "\n".join(wrong[:10])


def fill(project: Project) -> None:
    """Put many receipts into the queue."""
    assert project("send", "p/template.shipped", "--to", NUMBER, "--yes").code == 0
    [one] = sent(project)
    from smsform.emulation import outbox

    for n in range(1, QUEUED):
        number = f"+8613{n:09d}"
        outbox.keep(
            project.store, one._replace(id=None, number=number, serial=f"8:{n}")
        )
    project.clock.sleep(60)


def queued(project: Project) -> int:
    """How many receipts the queue has."""
    [(count,)] = project.store.rows(
        "SELECT count(*) FROM message WHERE pulled = 0 AND refusal = ''"
    )
    return int(str(count))


def lines(project: Project) -> list[str]:
    """The serials in the file, in its order; every line is whole."""
    path = project.root / "r.jsonl"
    if not path.exists():
        return []
    return [json.loads(line)["serial"] for line in path.read_text("utf-8").splitlines()]
