"""Standard streams that are not there: cron, ``<&-``, ``>&-``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conformance.project import Project
from projects import UNGATED

PROGRAM = f"{sys.executable} -m smsform"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project at the emulator, with a signature to submit."""
    project = Project(tmp_path, UNGATED, {})
    project.write()
    return project.root


def in_a_shell(project: Path, words: str) -> subprocess.CompletedProcess[str]:
    """Run *words* behind the program's name, redirections included."""
    command = f"{PROGRAM} {words}"
    return subprocess.run(
        ["sh", "-c", command], cwd=project, capture_output=True, text=True, timeout=60
    )


def test_a_question_to_nobody_is_answered_with_what_to_do(project: Path) -> None:
    """``apply <&-`` is an apply without a terminal."""
    done = in_a_shell(project, "apply <&-")
    assert done.returncode == 64
    assert "there is no terminal" in done.stderr
    assert "Traceback" not in done.stderr
