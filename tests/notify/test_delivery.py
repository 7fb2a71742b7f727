"""Every verdict is told once: whatever the target answers, whenever a run dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.project import Project
from notify import receivers
from notify.project import a_project, judge, loud, notices
from notify.receivers import (
    PASSWORD,
    SECRET,
    SORTS,
    TOKEN,
    VARIABLE,
    VENDORS,
    Post,
    Receiver,
)

Target = Receiver | Post


@pytest.fixture(params=SORTS)
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """One of every sort."""
    with receivers.target(request.param) as found:
        yield found


@pytest.fixture
def project(tmp_path: Path, target: Target, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two templates, one approved and one rejected since anybody looked."""
    project = a_project(tmp_path)
    judge(project)
    monkeypatch.setenv(VARIABLE, target.address)
    return project


def told(target: Target) -> str:
    """The one message that was taken."""
    assert target.wrong == []
    [text] = target.taken
    return text


def secrets_in(*texts: str) -> list[str]:
    """What of an address stands in texts that anybody may read."""
    return [s for s in (TOKEN, SECRET, PASSWORD) if any(s in each for each in texts)]


def test_a_run_tells_both_verdicts_in_one_message(project: Project, target: Target):
    """With the reviewer's note and what to do, the rejection first."""
    result = loud(project, "status")
    assert result.code == 0
    text = told(target)
    assert text.index("shipped") < text.index("pickup")
    assert "内容与签名不符" in text
    assert "--resubmit" in text
    assert f"{VARIABLE} (" in result.err
    assert "told 2" in result.err
    assert notices(project) == []
    assert secrets_in(result.out, result.err, project.state_path.read_text()) == []


def test_the_next_runs_are_silent(project: Project, target: Target):
    """Nothing is new, so nothing is sent."""
    for _ in range(3):
        assert loud(project, "status").code == 0
    told(target)
    assert "told" not in loud(project, "status").err


@pytest.mark.parametrize("answer", [500, 429, "garbage", "nothing"])
def test_a_target_that_fails_is_a_warning_and_tried_again(
    project: Project, target: Target, answer: object
):
    """The exit code stays, the state remembers; then it is told once."""
    if answer == "garbage" and getattr(target, "vendor", None) is VENDORS["webhook"]:
        answer = 404  # one that is no chat's may say what it likes
    target.answers = [answer]
    first = loud(project, "status")
    assert first.code == 0
    assert "warning" in first.err
    assert {each["to"][0] for each in notices(project)} == {VARIABLE}
    assert target.taken == []
    second = loud(project, "status")
    assert second.code == 0
    assert "warning" not in second.err
    assert "shipped" in told(target)
    assert notices(project) == []
    assert secrets_in(first.out, first.err, second.err) == []


KILLED = """
import os, signal, sys
from smsform.cli import run
from smsform.project import telling

real = telling.deliver

def dies(*arguments):
    if sys.argv[1] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

telling.deliver = dies
run(sys.argv[2:])
"""


@pytest.mark.parametrize(("when", "times"), [("before", 1), ("after", 2)])
def test_a_run_that_dies_leaves_it_to_the_next(
    project: Project, target: Target, when: str, times: int
):
    """Killed before the send, it is told once; after it, before that is remembered, it
    is told again: at least once, and by the same id where there is one."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, when, "-C", str(project.root), "status"],
        env={**os.environ},
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(notices(project)) == 2
    for _ in range(2):
        assert loud(project, "status").code == 0
    assert target.wrong == []
    assert len(target.taken) == times
    assert len(set(target.taken)) == 1
    assert secrets_in(done.stdout, done.stderr) == []
