"""The hook for pre-commit, judged and run by pre-commit itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
GOOD = "signatures: {shop: {name: 示例商城}}\n"


def pre_commit(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it in *folder*."""
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a project in a sub-folder, and the hook of the manifest.

    As installed, but for its environment: making one would take the network.
    """
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    hook, _ = yaml.safe_load(MANIFEST.read_text("utf-8"))
    assert hook["entry"] == "smsform"
    installed = {
        **hook,
        "language": "system",
        "entry": f"{sys.executable} -m {hook['entry']}",
        "args": ["-C", "sms", *hook["args"]],
    }
    repository = tmp_path / "repository"
    (repository / "sms").mkdir(parents=True)
    config = {"repos": [{"repo": "local", "hooks": [installed]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (repository / "sms" / "smsform.yaml").write_text("smsform: 1\n")
    (repository / "sms" / "signatures.yaml").write_text(GOOD, "utf-8")
    git(repository, "init", "--quiet")
    git(repository, "add", ".")
    return repository


def test_the_manifest_is_one(tmp_path: Path) -> None:
    """pre-commit has nothing against it."""
    done = pre_commit("validate-manifest", str(MANIFEST), folder=tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_hook_stops_a_commit_with_an_error(repository: Path) -> None:
    """It passes on a sound project, and shows the problem of another."""
    done = pre_commit("run", folder=repository)
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout
    broken = repository / "sms" / "signatures.yaml"
    broken.write_text(GOOD.replace("name", "nmae"), "utf-8")
    git(repository, "add", ".")
    done = pre_commit("run", folder=repository)
    assert done.returncode == 1
    assert "sms/signatures.yaml:1:21: error SF112" in done.stdout


def test_the_hook_rests_where_no_yaml_changed(repository: Path) -> None:
    """A commit of other files is not held up."""
    (repository / "notes.txt").write_text("…", "utf-8")
    git(repository, "add", "notes.txt")
    done = pre_commit("run", "--files", "notes.txt", folder=repository)
    assert "Skipped" in done.stdout
