"""docs/delivery.md, as somebody follows it at the emulator."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from smsform.cli import run

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/delivery.md").read_text("utf-8")
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
STEP = re.compile(r"<!-- (run|shows) -->\n```\w+\n(.*?)```", re.DOTALL)


@pytest.mark.skipif(sys.platform == "win32", reason="the page has a line of sed")
def test_the_story_is_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command runs, and every line that is shown is printed, blanks aside."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILE.findall(PAGE):
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = ""
    steps = STEP.findall(PAGE)
    assert len(steps) > 8
    for kind, block in steps:
        if kind == "run":
            told = "\n".join(command(line, capsys) for line in block.splitlines())
        else:
            for line in block.splitlines():
                assert squeezed(line) in squeezed(told), told


def command(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a line of the page prints; ours run here, another one in a shell."""
    if not line.startswith("smsform "):
        subprocess.run(["/bin/sh", "-c", line], check=True, timeout=30)
        return ""
    words = re.findall(r'"[^"]*"|\S+', line.removeprefix("smsform "))
    code = run(["--quiet", *(word.strip('"') for word in words)])
    printed = capsys.readouterr()
    assert code == 0 or "doctor" in words, printed.err
    return printed.out


def squeezed(text: str) -> str:
    """The text without the blanks of a table and the breaks of long lines."""
    return re.sub(r"\s+", " ", text)
