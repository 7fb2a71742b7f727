"""Ends that are nobody's wish: none of them without a word, unless nobody reads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "templates.example"
PROGRAM = """\
import sys
from smsform.__main__ import main
from smsform.project.api import Project

def load(*given):
    raise {error}

Project.load = load
sys.argv = ["smsform", "plan"]
main()
"""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("BrokenPipeError(32, 'of somebody else')", "Error: Broken pipe\n"),
        ("EOFError('marshal data')", "EOFError: marshal data"),
    ],
)
def test_a_fault_that_click_takes_for_a_wish_is_told(error: str, said: str) -> None:
    """A pipe that is not stdout, and a module that was just being written.

    click ends a run at the first as if its reader had gone, at the second as if Ctrl-C
    had come.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(error=error)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "Aborted" not in done.stderr


@pytest.mark.parametrize("command", [("--help",), ("preview",)])
def test_whose_reader_has_gone_ends_in_silence(command: tuple[str, ...]) -> None:
    """``smsform … | head``."""
    process = subprocess.Popen(
        [sys.executable, "-m", "smsform", "-C", str(EXAMPLE), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(30) == 1
