"""A group called without a command shows its help, as whatever click prints it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from smsform.cli import Exit, root, run


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


def _examples(command: click.Command) -> Iterator[str]:
    """The lines of every help page that begin with the program's name."""
    for line in (command.help or "").splitlines():
        if line.strip().startswith("smsform "):
            yield line.split("#")[0].strip()
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from _examples(below)


def test_examples_name_what_init_writes(tmp_path: Path) -> None:
    """A new project knows every key of an example; only a new name is made up."""
    assert run(["-C", str(tmp_path), "init", "--yes"]) == Exit.FINE
    written = (tmp_path / "templates").glob("*.yaml")
    keys = {
        key
        for file in written
        for key in yaml.safe_load(file.read_text("utf-8"))["templates"]
    }
    lines = list(_examples(root))
    assert len(lines) > 40
    assert not [line for line in lines if "cloud/" in line]
    for word in (
        "--target",
        "state show",
        "state rm",
        "send",
        "--require",
        "emulate review",
    ):
        named = [
            line.split(f" {word} ")[1].split()[0]
            for line in lines
            if f" {word} " in line
        ]
        assert any(key in keys for key in named), (word, named)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("group", ["", "emulate", "state"])
def test_a_list_of_commands_says_whole_sentences(
    group: str,
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a narrow terminal they are broken, not cut off."""
    monkeypatch.setenv("COLUMNS", "50")
    assert run([*group.split(), "--help", "--lang", language]) == 0
    heading = {"en": "Commands:\n", "zh": "命令：\n"}[language]
    listed = capsys.readouterr().out.partition(heading)[2].splitlines()
    assert listed
    assert [line for line in listed if line.endswith(("...", "…"))] == []
