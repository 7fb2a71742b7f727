"""What a shell is offered behind TAB."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from projects import SERVICE
from smsform.cli import COMMANDS, run

PROJECT = f"""\
smsform: 1
providers:
  mainland: {{type: {SERVICE}, region: ap-guangzhou, endpoint: emulator}}
"""
TEMPLATES = """\
signatures: {shop: {name: 示例商城}}
templates:
  login: {type: verification, signature: shop, content: 您好}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two definitions."""
    (tmp_path / "smsform.yaml").write_text(PROJECT, "utf-8")
    (tmp_path / "t.yaml").write_text(TEMPLATES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def offered(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """What completes *line*, as bash asks for it."""
    monkeypatch.setenv("_SMSFORM_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    with pytest.raises(SystemExit) as done:
        run([])
    assert done.value.code == 0
    told = capsys.readouterr()
    assert told.err == ""
    return [each.removeprefix("plain,") for each in told.out.split("\n") if each]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("smsform pl", ["plan"]),
        ("smsform --la", ["--lang"]),
        ("smsform --lang ", ["en", "zh"]),
        ("smsform --lang zh pl", ["plan"]),
        ("smsform plan --form", ["--format"]),
        ("smsform plan --provider ", ["mainland"]),
        ("smsform plan --target mainland/t", ["mainland/template.login"]),
        ("smsform import mainland/s", ["mainland/signature.shop"]),
        ("smsform preview l", ["login"]),
        ("smsform rules sf30", [f"SF30{n}" for n in range(1, 10)]),
        ("smsform schema state-l", ["state-list"]),
        ("smsform state s", ["show"]),
        ("smsform state show m", []),
        ("smsform nonsense x", []),
    ],
)
def test_names_of_the_project_are_offered(
    line: str,
    names: list[str],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Commands, options, and what the project, its state and the rules are called."""
    assert offered(line, monkeypatch, capsys) == names


@pytest.mark.parametrize("broken", ["smsform.yaml", "t.yaml", "smsform.state.json", ""])
def test_a_broken_project_offers_nothing_and_says_nothing(
    broken: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Behind TAB there is no place for a message; the command itself says it."""
    if broken:
        (project / broken).write_text("{<<<<<<< HEAD", "utf-8")
    else:
        (project / "empty").mkdir()
        monkeypatch.chdir(project / "empty")
    for line in (
        "smsform plan --target x",
        "smsform state show x",
        "smsform preview x",
    ):
        assert offered(line, monkeypatch, capsys) == []


def test_nothing_is_offered_that_a_shell_would_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands in the command line as it is, and a state file may be anybody's."""
    (project / "smsform.yaml").write_text(PROJECT.replace(", endpoint: emulator", ""))
    version = {"name": "x", "origin": "submitted", "review": "approved"}
    names = ["$(id)", "`id`", "a;id", "a\nplain,b", "a\x1b[31m", "a b", "*", "login"]
    entries = {
        f"template.{each}": {"versions": [{"id": str(number), **version}]}
        for number, each in enumerate(names)
    }
    state = {"smsform": 1, "providers": {"mainland": {"entries": entries}}}
    (project / "smsform.state.json").write_text(json.dumps(state), "utf-8")
    assert run(["state", "list"]) == 0
    assert capsys.readouterr().out.count("mainland/template.") == len(names)
    found = offered("smsform state show ", monkeypatch, capsys)
    assert found == ["mainland/template.login"]


def test_offering_commands_loads_none_of_them(project: Path) -> None:
    """The list comes from the table: a TAB costs no more than --help."""
    code = (
        "import sys; from smsform.cli import run\ntry: run([])\n"
        "except SystemExit: print(*sys.modules)"
    )
    environ = {
        **os.environ, "_SMSFORM_COMPLETE": "bash_complete", "COMP_WORDS": "smsform ",
        "COMP_CWORD": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env=environ,
    )  # fmt: skip
    *lines, modules = done.stdout.splitlines()
    assert lines == [f"plain,{name}" for name in COMMANDS]
    loaded = modules.split()
    assert not {f"smsform.cli.{name}_" for name in COMMANDS} & set(loaded)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str, project: Path) -> None:
    """What the README says to source is a script that the shell, if there, can read."""
    environ = {**os.environ, "_SMSFORM_COMPLETE": f"{shell}_source"}
    call = [sys.executable, "-m", "smsform"]
    done = subprocess.run(call, capture_output=True, text=True, env=environ)
    assert done.returncode == 0
    assert "smsform" in done.stdout
    if program := shutil.which(shell):
        read = [program, "-n"]  # all three: look at the syntax, run nothing
        judged = subprocess.run(read, input=done.stdout, capture_output=True, text=True)
        assert (judged.returncode, judged.stderr) == (0, "")
