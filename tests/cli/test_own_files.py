"""What is written with ``-o`` never goes over the project's own files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from projects import UNGATED
from smsform.cli import run

CONFIG = f"""\
smsform: 1
providers: {{cloud: {{type: {UNGATED}}}}}
"""
TEMPLATES = """\
templates:
  parcel: {type: notification, content: 您的包裹已到前台，请于今日领取。}
"""
COMMANDS = (
    ["plan", "-o"],
    ["preview", "-o"],
    ["receipts", "--pull", "-o"],
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was never applied: it has no state file yet."""
    (tmp_path / "smsform.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "t.yaml").write_text(TEMPLATES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize(
    "output", ["smsform.yaml", "texts/t.yaml", "texts/../texts/t.yaml"]
)
def test_a_slip_of_the_hand_costs_no_definitions(
    command: list[str], output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """``-o t.yaml`` for ``-o t.json`` is refused before anything is read or written."""
    before = Path(output).read_bytes()
    assert run([*command, output]) == 1
    assert Path(output).read_bytes() == before
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{output}: this is {Path(output).name}, which the project" in err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_the_place_of_the_state_is_kept_free(command: list[str]) -> None:
    """A report there would stop every run after it."""
    assert run([*command, "smsform.state.json"]) == 1
    assert not os.path.lexists("smsform.state.json")


def test_a_link_to_a_definition_file_is_that_file() -> None:
    """The name says nothing; a report of yesterday is replaced as before."""
    Path("report.json").symlink_to("texts/t.yaml")
    assert run(["preview", "-o", "report.json"]) == 1
    assert Path("texts/t.yaml").read_text("utf-8") == TEMPLATES
    Path("report.json").unlink()
    for _ in range(2):
        assert run(["preview", "-o", "report.json"]) == 0
