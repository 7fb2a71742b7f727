"""A group called without a command shows its help, as whatever click prints it."""

from __future__ import annotations

import pytest

from smsform.cli import Exit, run


@pytest.mark.parametrize("group", [[], ["state"]], ids=["smsform", "state"])
@pytest.mark.parametrize("options", [[], ["--quiet"], ["--lang", "en"]])
def test_a_group_without_a_command_shows_its_help(
    group: list[str], options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """All of the page, line by line, on stderr: nothing was asked for."""
    assert run([*group, "--help"]) == Exit.FINE
    page = capsys.readouterr().out
    assert run([*options, *group]) == Exit.USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == page
    assert "\\n" not in page
    assert page.startswith(f"Usage: {' '.join(['smsform', *group])} [OPTIONS] COMMAND")


def test_and_so_it_does_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """The page is the one of the language spoken."""
    assert run(["--lang", "zh", "state"]) == Exit.USAGE
    told = capsys.readouterr().err
    assert told.startswith("用法：smsform state [OPTIONS] COMMAND")
    assert "查看和修复状态文件" in told


def test_a_wrong_command_gets_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """And no page."""
    assert run(["plam"]) == Exit.USAGE
    told = capsys.readouterr().err
    assert told.splitlines()[-1].startswith("Error: ")
    assert "plan" in told
    assert len(told.splitlines()) == 3
