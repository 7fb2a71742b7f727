"""What ``apply`` says while it waits for its turn, or for a service to answer."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from cli.test_apply import a_template
from conformance.project import Project
from projects import UNGATED
from scripted import JumpingClock
from smsform.cli import run
from smsform.clock import Awaited, Halted, ToldClock, let_pass
from smsform.emulation.faults import FaultKind
from smsform.project import accounts


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose emulator takes time like a service."""
    connect = accounts.connection_to

    def connection(*told: object):
        made = connect(*told)
        return replace(made, clock=ToldClock(made.clock))

    monkeypatch.setattr(accounts, "connection_to", connection)
    project = Project(tmp_path, UNGATED, {"review": "manual"})
    project.templates["shipped"] = a_template()
    project.write()
    return project


def apply(project: Project, capsys: pytest.CaptureFixture[str], *options: str):
    """Stdout and stderr of an apply."""
    form = ("--format", "json") if "-v" in options else ()
    call = ["-C", str(project.root), *options, "apply", "--auto-approve", *form]
    assert run(call) == 0
    return capsys.readouterr()


@pytest.mark.parametrize("options", [(), ("-v",)])
def test_a_pause_is_a_line_on_stderr(project, capsys, options):
    """For what, how long still; standard output is left to the document."""
    project.fault(FaultKind.THROTTLE, project.create_action, times=3)
    out, err = apply(project, capsys, *options)
    assert "p: called too fast, trying again in 4 s" in err.splitlines()
    assert "too fast" not in out


def test_quiet_is_quiet(project, capsys):
    """``--quiet``: no word about it."""
    project.fault(FaultKind.THROTTLE, project.create_action, times=3)
    assert "too fast" not in apply(project, capsys, "--quiet").err


def test_the_bar_says_it_and_takes_it_back(project, capsys, monkeypatch):
    """On a terminal the bar counts down, and ends without a word about a pause."""

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    project.fault(FaultKind.THROTTLE, project.create_action, times=3)
    call = ["-C", str(project.root), "apply", "--auto-approve"]
    assert run(call) == 0
    shown = screen.getvalue().split("\r")
    left = [int(line.split(" in ")[1][0]) for line in shown if "too fast" in line]
    assert left[-4:] == [4, 3, 2, 1]
    assert "too fast" not in shown[-1]


def test_a_long_pause_is_told_every_second_and_a_short_one_not():
    """The whole time passes either way, and without a listener at once."""
    heard: list[tuple[Awaited, float]] = []
    inner = JumpingClock()
    clock = ToldClock(inner)
    let_pass(clock, 3.5, Awaited.TURN)
    assert inner.pauses == [3.5]
    clock.on_pause = lambda awaited, left: heard.append((awaited, left))
    let_pass(clock, 1.0, Awaited.TURN)
    let_pass(clock, 2.5, Awaited.UNANSWERED)
    assert heard == [(Awaited.UNANSWERED, left) for left in (2.5, 1.5, 0.5)]
    assert sum(inner.pauses) == 7.0


def test_a_pause_ends_within_a_second_where_the_run_is_to_end():
    """And nothing is called after it."""
    inner = JumpingClock()
    clock = ToldClock(inner)
    clock.on_pause = lambda awaited, left: None
    clock.stopped = lambda: len(inner.pauses) == 2
    with pytest.raises(Halted):
        let_pass(clock, 60.0, Awaited.THROTTLED)
    assert inner.pauses == [1.0, 1.0]
    with pytest.raises(Halted):
        let_pass(clock, 0.5, Awaited.TURN)
    assert inner.pauses == [1.0, 1.0]
