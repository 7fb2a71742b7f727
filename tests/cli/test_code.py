"""``smsform code``: what is written, where, and what --check and status say of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from smsform.cli import run

EXAMPLE = Path(__file__).parents[2] / "templates.example"
APPLY = ("--quiet", "apply", "--auto-approve", "--wait")


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project with everything approved."""
    root = tmp_path_factory.mktemp("code") / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".smsform"))
    for _ in range(2):
        assert (
            run(["-C", str(root), "--quiet", "apply", "--auto-approve", "--wait"]) == 0
        )
    return root


@pytest.fixture
def project(approved: Path, tmp_path: Path) -> Path:
    """A copy of it, with one module under ``code:``."""
    root = Path(shutil.copytree(approved, tmp_path / "project"))
    name = first_provider(root)
    with open(root / "smsform.yaml", "a", encoding="utf-8") as file:
        file.write(
            f"code:\n  - {{language: python, provider: {name}, path: app/sms.py}}\n"
        )
    return root


def first_provider(root: Path) -> str:
    """The name of a provider of the project."""
    text = (root / "smsform.yaml").read_text(encoding="utf-8")
    return text.partition("providers:\n")[2].split(":")[0].strip()


def code(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), "code", *arguments])


def one(root: Path, path: Path | str, *more: str) -> int:
    """Write a module of Python at *path*."""
    name = first_provider(root)
    return code(
        root, "--language", "python", "--provider", name, "-o", str(path), *more
    )


def test_check_says_what_is_not_fresh(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, fresh, changed by hand, fresh again; the version does not count."""
    assert code(project, "--check") == 1
    assert "is missing" in capsys.readouterr().err
    assert code(project) == 0
    assert code(project, "--check") == 0
    path = project / "app/sms.py"
    text = path.read_text(encoding="utf-8")
    older = text.replace("Written by smsform ", "Written by smsform 0.0.1, as ", 1)
    path.write_text(older, encoding="utf-8")
    assert code(project, "--check") == 0
    path.write_text(text.replace("15.0", "1.0"), encoding="utf-8")
    assert code(project, "--check") == 1
    capsys.readouterr()
    assert run(["-C", str(project), "status"]) == 0
    assert "app/sms.py is not what the project says now" in capsys.readouterr().err
    assert code(project) == 0
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("ids", ["embedded", "env", "json"])
def test_where_the_ids_come_from(ids: str, project: Path) -> None:
    """Said on the command line as in smsform.yaml: an id is in one of the three."""
    path = project / "app" / f"{ids}.py"
    assert one(project, path, "--ids", ids) == 0
    text = path.read_text(encoding="utf-8")
    assert f" python {first_provider(project)} {ids} " in text
    document = project / "smsform.yaml"
    yaml = document.read_text(encoding="utf-8")
    target = f"path: app/{ids}.py, ids: {ids}"
    document.write_text(yaml.replace("path: app/sms.py", target), encoding="utf-8")
    assert code(project, "--check") == 0


@pytest.mark.parametrize(
    ("language", "path", "package"),
    [
        ("go", "x/sms.go", "func"),
        ("java", "x/Sms.java", "com.class.x"),
        ("java", "x/new.java", "com.example"),
    ],
)
def test_a_word_of_the_language_is_no_name(
    language: str,
    path: str,
    package: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A package or a class that would not compile is refused before writing."""
    name = first_provider(project)
    arguments = ("--language", language, "--provider", name, "--package", package)
    assert code(project, *arguments, "-o", str(project / path)) == 1
    assert "is a word of" in capsys.readouterr().err
    assert not (project / path).exists()


def test_one_file_has_one_module(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However its path is spelt: two entries would write over each other for ever."""
    with open(project / "smsform.yaml", "a", encoding="utf-8") as file:
        name = first_provider(project)
        file.write(f"  - {{language: go, provider: {name}, path: x/../app/sms.py}}\n")
    assert code(project) == 1
    assert "would be written twice" in capsys.readouterr().err


def test_where_a_module_may_not_lie(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not outside, not through a link, not hidden, not over somebody's file."""
    (project / "own.py").write_text("mine = 1\n", encoding="utf-8")
    os.symlink(tmp_path, project / "linked")
    os.symlink(project / "own.py", project / "link.py")
    for path, why in {
        project / "../outside.py": "outside",
        tmp_path / "outside.py": "outside",
        project / "linked/sms.py": "link",
        project / "link.py": "link",
        project / ".git/hooks.py": "hidden",
        project / "own.py": "was not written by",
        project / "templates": "folder",
    }.items():
        assert one(project, path) == 1
        assert why in capsys.readouterr().err
    assert (project / "own.py").read_text(encoding="utf-8") == "mine = 1\n"
    assert not (tmp_path / "outside.py").exists()


def test_inside_the_repository_is_allowed(project: Path, tmp_path: Path) -> None:
    """Where there is a repository, all of it is the project's house."""
    (tmp_path / ".git").mkdir()
    assert one(project, tmp_path / "app" / "sms.py") == 0
    assert (tmp_path / "app" / "sms.py").exists()


def test_two_names_that_would_be_one_are_refused_before_writing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names both, and nothing is there afterwards."""
    path = project / "templates" / "account.yaml"
    text = path.read_text(encoding="utf-8")
    twin = text.replace("  login_code:", "  loginCode:", 1).partition("register_code")[
        0
    ]
    name = "name: 登录验证码"
    twin = twin.replace(name, "name: 登录验证码二").rstrip() + "\n"
    (project / "templates" / "twin.yaml").write_text(
        twin.replace("请忽略本短信", "请忽略"), encoding="utf-8"
    )
    for _ in range(2):
        run(["-C", str(project), *APPLY])
    capsys.readouterr()
    assert code(project) == 1
    said = capsys.readouterr().err
    assert "loginCode" in said
    assert "login_code" in said
    assert not (project / "app").exists()


def test_options_belong_together(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of a module is wrong usage."""
    assert code(project, "--language", "go") == 64
    assert "belong together" in capsys.readouterr().err
    assert one(project, "x.py", "--package", "a; b") == 64
