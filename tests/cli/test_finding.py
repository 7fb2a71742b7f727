"""Which project is meant, and in which format a file is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smsform.cli import Exit, run

PROJECT = "smsform: 1\nproviders: {}\n"
TEMPLATES = """\
signatures: {shop: {name: 示例商城}}
templates:
  pickup: {name: 取件通知, type: notification, signature: shop, content: 您的包裹已到。}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a project in the folder ``sms``, and a folder in that."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "sms" / "texts" / "deep").mkdir(parents=True)
    (tmp_path / "sms" / "smsform.yaml").write_text(PROJECT, "utf-8")
    (tmp_path / "sms" / "texts" / "t.yaml").write_text(TEMPLATES, "utf-8")
    return tmp_path / "sms"


@pytest.mark.parametrize("folder", [".", "texts", "texts/deep"])
def test_the_project_above_is_found(
    folder: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By every command; paths are shown as they are from here."""
    monkeypatch.chdir(project / folder)
    assert run(["preview", "--format", "json"]) == Exit.FINE
    assert "pickup" in capsys.readouterr().out
    (project / "texts" / "t.yaml").write_text("templates: {a: {}}\n", "utf-8")
    assert run(["validate"]) == Exit.ERROR
    place = capsys.readouterr().out.partition(":")[0]
    assert Path(place).resolve() == project / "texts" / "t.yaml"


def test_the_search_ends_with_the_repository(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another one inside is not part of the project; -C is taken as it is."""
    inner = project / "vendored"
    (inner / ".git").mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert run(["validate"]) == Exit.ERROR
    assert "there is no such file" in capsys.readouterr().err
    monkeypatch.chdir(project)
    assert run(["-C", "texts", "validate"]) == Exit.ERROR


def test_where_everybody_may_write_is_no_project_of_ours(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may have put it there."""
    project.chmod(0o777)
    monkeypatch.chdir(project / "texts")
    assert run(["validate"]) == Exit.ERROR


def test_the_project_below_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the root of a repository, where one often stands."""
    monkeypatch.chdir(project.parent)
    assert run(["plan"]) == Exit.ERROR
    assert "there is a project in sms" in capsys.readouterr().err
    assert run(["--lang", "zh", "plan"]) == Exit.ERROR
    assert "sms 里有项目" in capsys.readouterr().err


def test_a_new_project_may_lie_in_another(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`init` means this folder."""
    monkeypatch.chdir(project / "texts" / "deep")
    assert run(["init", "--yes"]) == Exit.FINE
    assert (project / "texts" / "deep" / "smsform.yaml").exists()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", "<!doctype html>"),
        ("a.HTM", "<!doctype html>"),
        ("a.json", "{"),
        ("a.md", "<!-- smsform:preview"),
        ("a.txt", "pickup "),
        ("a", "pickup "),
    ],
)
def test_the_name_of_a_file_chooses_its_format(
    name: str, begins: str, project: Path, tmp_path: Path
) -> None:
    """Nobody gets text in a page's clothes."""
    output = tmp_path / name
    assert run(["-C", str(project), "preview", "-o", str(output)]) == Exit.FINE
    assert output.read_text("utf-8").startswith(begins)


def test_what_cannot_be_written_so_is_refused_and_a_choice_wins(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SARIF has no place for messages; --format is no guess."""
    output = tmp_path / "a.sarif"
    asked = ["-C", str(project), "preview", "-o", str(output)]
    assert run(asked) == Exit.USAGE
    assert "does not write .sarif files" in capsys.readouterr().err
    assert not output.exists()
    assert run([*asked, "--format", "json"]) == Exit.FINE
    assert json.loads(output.read_text("utf-8"))


@pytest.mark.parametrize("command", ["validate", "plan", "ids", "status", "doctor"])
def test_a_folder_that_is_gone_has_no_project(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Somebody deleted the folder the shell is in."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert run([command]) == Exit.ERROR
    assert "smsform.yaml" in "".join(capsys.readouterr())


def test_a_folder_that_nobody_may_enter_is_no_traceback(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What a disk refuses is said with its place, whoever asked for it."""
    monkeypatch.chdir(tmp_path)

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", f"{path}\x1b[2J")

    monkeypatch.setattr(Path, "is_dir", refuse)
    monkeypatch.setattr(Path, "exists", lambda path: True)
    assert run(["init", "texts", "--yes"]) == 1
    assert capsys.readouterr() == ("", "Error: texts\\x1b[2J: Permission denied\n")


@pytest.mark.parametrize("command", [["status"], ["state", "list"], ["import"]])
def test_a_project_without_anything_says_so_and_prints_nothing(
    command: list[str],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No empty line for programs that count lines; people are told why."""
    monkeypatch.chdir(project)
    assert run(command) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
