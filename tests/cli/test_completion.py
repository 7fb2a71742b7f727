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
from smsform.emulation import outbox, store_path
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.store import Store

PROJECT = f"""\
smsform: 1
providers:
  mainland: {{type: {SERVICE}, region: ap-guangzhou, endpoint: emulator}}
"""
TEMPLATES = """\
signatures: {shop: {name: 示例商城}}
templates:
  login:
    type: verification
    signature: shop
    content: "验证码{{ code }}，请勿告诉他人。"
    params: {code: {sample: "1234"}}
    samples: {longest: {code: "999999"}}
  pickup:
    type: notification
    signature: shop
    content: "您的包裹已到{{ place }}。"
    params: {place: {sample: 东门}}
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
        (
            "smsform plan --target mainland/t",
            ["mainland/template.login", "mainland/template.pickup"],
        ),
        ("smsform import mainland/s", ["mainland/signature.shop"]),
        ("smsform preview l", ["login"]),
        ("smsform send mainland/template.l", ["mainland/template.login"]),
        ("smsform send login --sample ", ["longest", "sample"]),
        ("smsform send login --param ", ["code="]),
        ("smsform send nothing --param ", ["code=", "place="]),
        ("smsform send --sample s", ["sample"]),
        (f"smsform explain --type {SERVICE[:2]}", [SERVICE]),
        (f"smsform init --provider {SERVICE[:2]}", [SERVICE]),
        ("smsform receipts --provider m", ["mainland"]),
        ("smsform stats --provider m", ["mainland"]),
        ("smsform code --language py", ["python"]),
        ("smsform code --ids e", ["embedded", "env"]),
        ("smsform code --provider m", ["mainland"]),
        ("smsform emulate outbox --to ", []),
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


def test_numbers_of_the_outbox_are_offered(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To look for their messages, and to answer; no store is made for that."""
    path = store_path(project)
    assert offered("smsform emulate reply ", monkeypatch, capsys) == []
    assert not path.exists()
    store = Store(path)
    for number in ("+8613800138000", "+85291234567"):
        outbox.keep(store, a_message(number))
    store.close()
    for line in ("smsform emulate reply ", "smsform emulate outbox --to "):
        assert offered(line, monkeypatch, capsys) == ["+85291234567", "+8613800138000"]
        assert offered(f"{line}+86", monkeypatch, capsys) == ["+8613800138000"]


def a_message(number: str) -> OutboxMessage:
    """An accepted message to it."""
    return OutboxMessage(
        provider="mainland",
        account="1",
        application="",
        serial="1",
        number=number,
        place="CN",
        international=0,
        type="verification",
        signature="示例商城",
        template="1",
        name="n",
        text="t",
        masked="t",
        segments=1,
        sent=1.0,
    )


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
        **os.environ,
        "_SMSFORM_COMPLETE": "bash_complete",
        "COMP_WORDS": "smsform ",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environ,
    )
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
