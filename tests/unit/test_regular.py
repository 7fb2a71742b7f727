"""Pipes and devices in place of files are told, and neither hang nor fill a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smsform.account import chain
from smsform.documents import files
from smsform.emulation import script
from smsform.errors import ConfigError, Problem
from smsform.project import generated
from smsform.regular import read_regular
from smsform.uses.files import files as searched

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pipes in folders there")


def odd(folder: Path, name: str, kind: str) -> Path:
    """Something that is no regular file."""
    path = folder / name
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    return path


def test_a_regular_file_is_read_whole_and_through_links(tmp_path: Path) -> None:
    """Up to the size that is allowed."""
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    (tmp_path / "link").symlink_to(path)
    assert read_regular(path, 5) == read_regular(tmp_path / "link", 5) == b"12345"
    with pytest.raises(OSError, match="larger"):
        read_regular(path, 4)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no such files")
def test_a_file_that_the_system_makes_up_is_read_although_its_size_is_0() -> None:
    """Up to the size that is allowed."""
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert b"Pid:" in read_regular(path, 2**20)


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_anything_else_is_an_error_at_once(tmp_path: Path, kind: str) -> None:
    """A pipe nobody writes to would never open."""
    with pytest.raises(OSError, match=r"regular|directory"):
        read_regular(odd(tmp_path, "odd", kind), 100)


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_among_the_definitions_is_a_problem(tmp_path: Path, kind: str) -> None:
    """Said with its name."""
    problems: list[Problem] = []
    path = odd(tmp_path, "templates.yaml", kind)
    assert files.read(path, "templates.yaml", problems) is None
    [problem] = problems
    assert "no regular file" in problem.message


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_file_with_keys_is_a_file(tmp_path: Path, kind: str) -> None:
    """The reader of an official tool's file neither hangs nor reads for ever."""
    path = odd(tmp_path, "credentials", kind)
    with pytest.raises(ConfigError):
        chain.json_object(path)
    with pytest.raises(ConfigError):
        chain.section(path, "default")
    assert chain.token_in(str(path)) is None


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_reviewers_script_is_a_file(tmp_path: Path, kind: str) -> None:
    """A project's settings name it, and a plan reads it."""
    with pytest.raises(ConfigError, match="cannot be read"):
        script.load(odd(tmp_path, "script.toml", kind))


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_git_ignores_is_said_by_files(tmp_path: Path, kind: str) -> None:
    """Anything else says nothing of it."""
    (tmp_path / "a.py").write_text("x = 1\n", "utf-8")
    odd(tmp_path, ".gitignore", kind)
    assert [Path(found).name for found in searched(tmp_path)] == ["a.py"]


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_stands_in_the_place_of_a_module_is_not_ours(
    tmp_path: Path, kind: str
) -> None:
    """So it is neither compared nor written over."""
    path = odd(tmp_path, "sms.py", kind)
    for act in (generated.freshness, generated.write):
        with pytest.raises(ConfigError, match="smsform code"):
            act(path, "text")
