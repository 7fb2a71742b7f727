"""``validate --format sarif`` and ``--format github``, as a workflow calls them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from smsform.cli import run

WRONG = "signatures: {shop: {nmae: 示例商城}}\n"
PLACES = {
    "the root of a repository": ("", "t.yaml"),
    "a folder of it": ("apps/短信 sms", "apps/短信 sms/t.yaml"),
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, and the folder above it as the current one."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "repository"


def project(folder: Path, text: str = WRONG) -> Path:
    """A project with one problem in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "smsform.yaml").write_text("smsform: 1\n")
    (folder / "t.yaml").write_text(text, "utf-8")
    return folder


def sarif_file(text: str) -> str:
    """Where the only result of a log is."""
    [result] = json.loads(text)["runs"][0]["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return unquote(artifact["uri"])


@pytest.mark.parametrize(("folder", "file"), PLACES.values(), ids=PLACES)
def test_files_are_named_from_the_root_of_the_repository(
    folder: str,
    file: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wherever it is called: beside the project with -C, or in it."""
    inside = project(repository / folder)
    for arguments in (["-C", str(inside)], ["-C", f"repository/{folder}"], []):
        if not arguments:
            monkeypatch.chdir(inside)
        assert run([*arguments, "validate", "--format", "sarif"]) == 1
        assert sarif_file(capsys.readouterr().out) == file
        assert run([*arguments, "validate", "--format", "github"]) == 1
        first = capsys.readouterr().out.split("\n")[0]
        assert first.startswith(f"::error file={file},line=1,col=21,title=SF112::")


def test_a_worktree_has_a_root_of_its_own(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There, .git is a file."""
    tree = repository / "trees" / "one"
    project(tree / "sms")
    (tree / ".git").write_text("gitdir: elsewhere\n")
    assert run(["-C", str(tree / "sms"), "validate", "--format", "sarif"]) == 1
    assert sarif_file(capsys.readouterr().out) == "sms/t.yaml"


def test_without_a_repository_files_are_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A job without a clone works in its folder; elsewhere, paths are full ones."""
    inside = project(tmp_path / "here" / "sms")
    monkeypatch.chdir(tmp_path / "here")
    assert run(["-C", "sms", "validate", "--format", "sarif"]) == 1
    assert sarif_file(capsys.readouterr().out) == "sms/t.yaml"
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    assert run(["-C", "../here/sms", "validate", "--format", "sarif"]) == 1
    assert sarif_file(capsys.readouterr().out) == f"file://{inside / 't.yaml'}"


@pytest.mark.parametrize("layout", ["sarif", "github"])
def test_the_exit_code_is_that_of_the_text(
    layout: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors end it with 1, nothing with 0; a sound project has a report, too."""
    sound = project(repository / "a", "signatures: {shop: {name: 示例商城}}\n")
    for form in (layout, "text"):
        assert run(["-C", str(sound), "validate", "--format", form]) == 0
    assert capsys.readouterr().out.strip()
    wrong = project(repository / "b")
    for form in (layout, "text"):
        assert run(["-C", str(wrong), "validate", "--format", form]) == 1


@pytest.mark.parametrize("config", [None, "smsform: 2\n"], ids=["none", "another"])
def test_a_project_that_cannot_be_read_still_makes_a_report(
    config: str | None, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The step that uploads it has something to upload, and the log says why."""
    if config:
        (repository / "smsform.yaml").write_text(config)
    assert run(["-C", str(repository), "validate", "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    [invocation] = log["runs"][0]["invocations"]
    told = invocation["toolConfigurationNotifications"] or log["runs"][0]["results"]
    assert len(told) == 1
    assert invocation["exitCode"] == 1
    assert run(["-C", str(repository), "validate", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error ")
