"""Standard streams that the caller closed, as some schedulers do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conformance.project import Project
from conformance.sendable import NUMBER, SENDING, a_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Approved templates at one service."""
    return a_project(tmp_path_factory.mktemp("closed"), SENDING[0])


def run(root: Path, closing: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run smsform with what *closing* closes, in the shell's words."""
    command = [sys.executable, "-m", "smsform", "-C", str(root), *arguments]
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {closing}', "sh", *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("send", "shipped", "--to", NUMBER), "--yes"),
        (("send", "shipped", "--to", "-", "--yes"), "no number"),
        (("receipts", "--to", "-"), "no phone number"),
        (("receipts", "--ingest", "-"), "stdin: "),
        (("init", "elsewhere"), "--provider"),
    ],
)
def test_a_closed_stdin_is_an_empty_one(
    project: Project, arguments: tuple[str, ...], said: str
) -> None:
    """An error in words, as with </dev/null."""
    done = run(project.root, "<&-", *arguments)
    assert done.returncode in (1, 64)
    assert "Traceback" not in done.stderr
    assert said in done.stderr


def test_output_that_nobody_can_get_is_an_error(project: Project) -> None:
    """Ids that were not written are not a success."""
    done = run(project.root, ">&-", "ids")
    assert (done.returncode, done.stderr) == (1, "Error: Bad file descriptor\n")


def test_errors_may_go_nowhere(project: Project) -> None:
    """Only they: the data comes as ever, and the exit code tells."""
    assert (
        run(project.root, "2>&-", "ids").stdout == run(project.root, "", "ids").stdout
    )
    assert run(project.root, "<&- >&- 2>&-", "receipts", "--to", "1").returncode == 1
