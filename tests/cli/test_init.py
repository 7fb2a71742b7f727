"""``smsform init``: what it writes works at once, and nothing is ever overwritten."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smsform import definitions
from smsform.cli import Exit, run
from smsform.cli.init_ import _name
from smsform.config import load
from smsform.errors import WrongUsage
from smsform.project.repository import default_branch
from smsform.registry import built_in, specs
from smsform.starter import StarterOptions, project_files, repository_files
from smsform.starter.ci import Ci, secrets

EXAMPLE = Path(__file__).parents[2] / "templates.example"
TYPES = [(type,) for type in built_in()]
TOGETHER = tuple(built_in())
FIRST, SECOND = TOGETHER[:2]
SLIP = FIRST[:-2] + FIRST[-1]  # a letter is missing


def asked(*types: str) -> list[str]:
    """The options that name these services."""
    return [word for type in types for word in ("--provider", type)]


def tree(root: Path) -> dict[str, bytes]:
    """Every file below *root* with its content."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("ci", Ci)
@pytest.mark.parametrize("types", [*TYPES, TOGETHER], ids=" ".join)
def test_a_new_project_works_from_the_first_command(
    tmp_path: Path, types: tuple[str, ...], ci: Ci, capsys: pytest.CaptureFixture[str]
) -> None:
    """No problem, a preview, everything approved, and then there is nothing to do."""
    here = ["-C", str(tmp_path)]
    assert run([*here, "init", *asked(*types), "--ci", ci.value]) == Exit.FINE
    assert run([*here, "validate", "--strict"]) == Exit.FINE
    assert "no problems" in capsys.readouterr().err
    assert run([*here, "preview"]) == Exit.FINE
    assert "【示例商城】" in capsys.readouterr().out
    assert run([*here, "plan", "--detailed-exitcode"]) == Exit.CHANGES
    assert run([*here, "apply", "--auto-approve", "--wait"]) == Exit.FINE
    assert run([*here, "plan", "--detailed-exitcode"]) == Exit.FINE
    assert list(load(tmp_path, {}, specs()).providers) == list(types)


def test_an_account_of_ones_own_gets_no_invented_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is emulated; the signature is looked up; the end says where keys go."""
    wanted = ["init", str(tmp_path), *asked(*TOGETHER), "--real"]
    assert run([*wanted, "--signature", "【本店】"]) == Exit.FINE
    said = capsys.readouterr().err
    keys = [name for spec in built_in().values() for name in secrets(spec)]
    assert len(keys) == 2 * len(TOGETHER)
    assert ", ".join(keys) in said
    config = load(tmp_path, {}, specs())
    assert not any(each.emulated for each in config.providers.values())
    [signature] = definitions.load(config, specs()).signatures.values()
    assert (signature.name, signature.remark, signature.overrides) == ("本店", "", {})
    assert not (tmp_path / "evidence").exists()
    assert run(["-C", str(tmp_path), "validate", "--strict"]) == Exit.FINE


def test_a_new_project_sends_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a service wants for that is made up at its emulator, and only there."""
    here = ["-C", str(tmp_path)]
    sending = [type for type, spec in built_in().items() if spec.sending]
    assert run(["init", str(tmp_path), *asked(*sending), "--emulator"]) == Exit.FINE
    assert run([*here, "apply", "--auto-approve", "--wait"]) == Exit.FINE
    for type in sending:
        capsys.readouterr()
        address = f"{type}/template.login_code"
        sent = [*here, "send", address, "--to", "13800138000", "--yes"]
        assert run(sent) == Exit.FINE, capsys.readouterr().err
    assert sending


def test_what_is_in_the_way_is_named_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it at once; a link to nowhere and a pipe are in the way as well."""
    (tmp_path / "smsform.yaml").write_text("smsform: 1\n", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "account.yaml").symlink_to("nowhere")
    os.mkfifo(tmp_path / ".gitignore")
    before = tree(tmp_path)
    assert run(["init", str(tmp_path), "--yes"]) == Exit.ERROR
    said = capsys.readouterr().err
    assert "smsform.yaml" in said
    assert "account.yaml" in said
    assert "signatures.yaml" not in said
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", [".gitignore", "templates", ".github"])
def test_nothing_is_written_through_a_link_that_leads_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """In somebody's repository a link may lead anywhere, to an empty file as well."""
    project, outside = tmp_path / "project", tmp_path / "outside"
    (project / ".git").mkdir(parents=True)
    if name == ".gitignore":
        outside.touch()
    else:
        outside.mkdir()
    (project / name).symlink_to(outside)
    assert run(["init", str(project), "--yes", "--ci", "github"]) == Exit.ERROR
    assert f"project/{name}" in capsys.readouterr().err
    assert not (project / "smsform.yaml").exists()
    assert not (outside.read_bytes() if outside.is_file() else any(outside.iterdir()))


def test_a_run_that_fails_half_way_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here a file stands where a folder is wanted, which shows only while writing."""
    (tmp_path / "templates").write_text("", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("*.pyc", encoding="utf-8")
    before = tree(tmp_path)
    assert run(["init", str(tmp_path), "--yes"]) == Exit.ERROR
    assert "templates" in capsys.readouterr().err
    assert tree(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(before)


def test_a_run_that_was_killed_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is there is the beginning of what is wanted, so the rest is added to it."""
    assert run(["init", str(tmp_path), "--yes"]) == Exit.FINE
    whole = tree(tmp_path)
    (tmp_path / "templates" / "orders.yaml").unlink()
    torn = tmp_path / "signatures.yaml"
    torn.write_bytes(torn.read_bytes()[:40])
    capsys.readouterr()
    assert run(["init", str(tmp_path), "--yes"]) == Exit.FINE
    said = capsys.readouterr().out.split()
    assert [Path(each).name for each in said[1:]] == ["signatures.yaml", "orders.yaml"]
    assert tree(tmp_path) == whole
    assert run(["init", str(tmp_path), "--yes"]) == Exit.FINE
    assert tree(tmp_path) == whole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ".smsform/\n"),
        ("*.pyc\n", "*.pyc\n.smsform/\n"),
        ("*.pyc", "*.pyc\n.smsform/\n"),
        ("/.smsform/\nx\n", "/.smsform/\nx\n"),
    ],
)
def test_git_is_told_what_to_leave_out(
    tmp_path: Path, before: str | None, after: str
) -> None:
    """A line more in .gitignore, unless it is there."""
    path = tmp_path / ".gitignore"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    assert run(["init", str(tmp_path), "--yes"]) == Exit.FINE
    assert path.read_text(encoding="utf-8") == after


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], Exit.USAGE, "--provider"),
        (["--provider", SLIP], Exit.USAGE, FIRST),
        (["--provider", "x"], Exit.USAGE, SECOND),
        (["--yes", "--signature", " "], Exit.USAGE, "--signature"),
        (["--yes", "--signature", "a\x1b[31m"], Exit.USAGE, "--signature"),
        (["--yes", "--ci", "jenkins"], Exit.USAGE, "--ci"),
        (["--yes", "file"], Exit.ERROR, "file"),
    ],
)
def test_without_a_terminal_it_says_what_it_lacks(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It asks nobody, so it hangs nowhere; and it writes nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(["init", *arguments]) == code
    said = capsys.readouterr().err
    assert words in said
    assert "\x1b" not in said
    assert list(tree(tmp_path)) == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    """Until an answer can be used; Return takes the usual one."""
    leader, follower = os.openpty()
    try:
        answers = (
            SLIP,
            f"{FIRST}, {SECOND}",
            "y",
            "鲜",
            "Fresh Fruit!",
            "本店",
            "",
            "",
        )
        os.write(leader, "".join(f"{answer}\n" for answer in answers).encode())
        done = subprocess.run(
            [sys.executable, "-m", "smsform", "init"],
            cwd=tmp_path,
            stdin=follower,
            capture_output=True,
            encoding="utf-8",
            timeout=30,
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert done.returncode == Exit.FINE
    assert "smsform.yaml" in done.stdout.split()
    assert f"did you mean {FIRST}?" in done.stderr
    assert "the name has 1 character" in done.stderr
    assert "' !' in the name" in done.stderr
    config = load(tmp_path, {}, specs())
    assert list(config.providers) == [FIRST, SECOND]
    assert all(each.emulated for each in config.providers.values())
    assert definitions.load(config, specs()).signatures["main"].name == "本店"


@pytest.mark.parametrize("name", ["鲜", "Fresh Fruit!"])
def test_a_signature_that_no_service_takes_is_refused_at_once(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the rules that `validate` would ask next; nothing is written."""
    wanted = ["init", str(tmp_path), "--yes", "--signature", name]
    assert run(wanted) == Exit.USAGE
    assert capsys.readouterr().err.startswith("Error: --signature: ")
    assert list(tmp_path.iterdir()) == []


@given(st.text(min_size=1, max_size=12), st.booleans())
def test_whatever_the_signature_is_called(
    tmp_path_factory: pytest.TempPathFactory, name: str, emulated: bool
) -> None:
    """YAML says the very name back, or it was no name to begin with."""
    try:
        name = _name(name)
    except WrongUsage:
        return
    root = tmp_path_factory.mktemp("project")
    wishes = StarterOptions(tuple(built_in().values()), name, emulated)
    for path, data in project_files(wishes, {}).items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(data)
    read = definitions.load(load(root, {}, specs()), specs())
    assert read.signatures["main"].name == name
    assert read.problems == ()


@pytest.mark.parametrize("ci", [Ci.GITHUB, Ci.GITLAB])
def test_the_examples_ci_files_are_those_of_init(ci: Ci) -> None:
    """What is tested and linted there is what a new project gets."""
    services = load(EXAMPLE, {}, specs()).providers.values()
    cards = tuple(specs()[each.type] for each in services)
    wanted = repository_files(StarterOptions(cards, "x", ci=ci), ".")
    assert wanted
    for path, data in wanted.items():
        assert (EXAMPLE / path).read_bytes() == data


def test_ci_files_lie_where_the_services_look_for_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the root of the repository, with the project's folder and its keys alone."""
    (tmp_path / ".git").mkdir()
    project = tmp_path / "sms" / "texts"
    wanted = ["init", str(project), *asked(TOGETHER[0]), "--ci", "github"]
    assert run([*wanted, "--pre-commit"]) == Exit.FINE
    said = capsys.readouterr().err
    workflow = tmp_path / ".github" / "workflows" / "smsform.yml"
    text = workflow.read_text(encoding="utf-8")
    assert re.search(r"SMSFORM_PROJECT: sms/texts\b", text)
    assert re.search(r"SMSFORM_STATE: sms/texts/smsform\.state\.json\b", text)
    handed = set(re.findall(r"(\w+): \$\{\{ secrets\.\1 \}\}", text))
    keys = set(secrets(built_in()[TOGETHER[0]]))
    assert handed == {*keys, "SMSFORM_NOTIFY_OPS"}
    assert "SMSFORM_SOURCE" in said
    assert all(name in said for name in keys)  # what has to be set
    assert "pre-commit install" in said
    hook = (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "smsform -C sms/texts validate" in hook


@pytest.mark.parametrize("branch", ["trunk", "main", "release/2.x", "on", "odd$(x)"])
def test_ci_files_name_the_branch_that_is_deployed(branch: str, tmp_path: Path) -> None:
    """As the clone was told of its origin; a name with signs is for a person."""
    git = tmp_path / ".git"
    (git / "refs" / "remotes" / "origin").mkdir(parents=True)
    head = git / "refs" / "remotes" / "origin" / "HEAD"
    head.write_text(f"ref: refs/remotes/origin/{branch}\n", "utf-8")
    assert run(["init", str(tmp_path / "sms"), "--yes", "--ci", "github"]) == Exit.FINE
    named = "main" if "$" in branch else branch
    folder = tmp_path / ".github" / "workflows"
    for name in ("smsform.yml", "smsform-drift.yml"):
        text = (folder / name).read_text("utf-8")
        document = yaml.load(text, yaml.BaseLoader)
        assert f"github.ref == 'refs/heads/{named}'" in text
        assert {"refs/heads/main"} & set(text.split("'")) <= {f"refs/heads/{named}"}
        if name == "smsform.yml":
            assert document["on"]["push"]["branches"] == [named]
            paths = ["sms/**", ".github/workflows/smsform*.yml"]
            assert document["on"]["pull_request"]["paths"] == paths
            assert document["on"]["push"]["paths"] == paths


@pytest.mark.parametrize(
    ("heads", "here", "found"),
    [
        (["feature", "main"], "feature", "main"),
        (["x", "master"], "x", "master"),
        ([], "trunk", "trunk"),
        (["trunk"], "trunk", "trunk"),
    ],
)
def test_a_repository_without_origin_has_a_branch_too(
    heads: list[str], here: str, found: str, tmp_path: Path
) -> None:
    """main or master where there is one, else the one that is checked out."""
    git = tmp_path / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    for head in heads:
        (git / "refs" / "heads" / head).write_text("0" * 40, "utf-8")
    (git / "HEAD").write_text(f"ref: refs/heads/{here}\n", "utf-8")
    assert default_branch(tmp_path) == found
    worktree = tmp_path / "tree"
    (git / "worktrees" / "tree").mkdir(parents=True)
    (git / "worktrees" / "tree" / "commondir").write_text("../..\n", "utf-8")
    worktree.mkdir()
    (worktree / ".git").write_text(f"gitdir: {git}/worktrees/tree\n", "utf-8")
    assert default_branch(worktree) == found


def test_editors_find_the_schema_of_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the path in its first line, in the clone; it fits, and it can be renewed."""
    assert run(["init", str(tmp_path), "--yes"]) == Exit.FINE
    files = [path for path in tmp_path.rglob("*.yaml") if ".smsform" not in path.parts]
    assert len(files) == 4
    for path in files:
        text = path.read_text(encoding="utf-8")
        comment, _, _ = text.partition("\n")
        place = comment.removeprefix("# yaml-language-server: $schema=")
        schema = path.parent / place
        validator = jsonschema.Draft7Validator(json.loads(schema.read_bytes()))
        validator.validate(yaml.safe_load(text))
        capsys.readouterr()
        assert run(["schema", schema.stem]) == Exit.FINE
        assert capsys.readouterr().out == schema.read_text(encoding="utf-8")


def test_comments_are_in_the_language_of_the_user(tmp_path: Path) -> None:
    """And the project works all the same."""
    assert run(["--lang", "zh", "init", str(tmp_path), "--yes"]) == Exit.FINE
    assert run(["-C", str(tmp_path), "validate", "--strict"]) == Exit.FINE
    comments = (tmp_path / "signatures.yaml").read_text(encoding="utf-8")
    assert "# 供模拟器使用" in comments
