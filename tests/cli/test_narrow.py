"""What is printed on a terminal fits into it."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from conformance.project import Project
from projects import UNGATED
from smsform.cli import run
from smsform.report.terminal import width


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project at the emulator, with a signature to submit."""
    project = Project(tmp_path, UNGATED, {})
    project.write()
    return project.root


class Narrow(StringIO):
    """A terminal of 40 columns, as a pane of tmux has."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize("words", ["doctor", "status", "state list", "plan", "stats"])
def test_no_line_is_wider_than_a_narrow_terminal(
    project: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables and advice go on below; a word that is longer than a line stays whole."""
    assert run(["-C", str(project), "apply", "--auto-approve", "--wait"]) == 0
    monkeypatch.setattr(sys, "stdout", terminal := Narrow())
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["--color", "never", "-C", str(project), *words.split()]) == 0
    lines = terminal.getvalue().splitlines()
    assert lines
    assert [line for line in lines if width(line) > 40] == []
