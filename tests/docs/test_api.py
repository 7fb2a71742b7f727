"""The examples of docs/api.md run, one after the other, and do what the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from generate import ROOT

import smsform
from smsform import Choice, Project
from smsform.apply.values import Outcome, Result
from smsform.errors import DefinitionError, StateLocked, WrongUsage
from smsform.project.workspace import locked, open_store

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example project, where the examples look for it."""
    copy = tmp_path / "templates.example"
    ignored = shutil.ignore_patterns(".smsform", "*.state.json")
    shutil.copytree(ROOT / "templates.example", copy, ignore=ignored)
    monkeypatch.chdir(tmp_path)
    return copy


def test_the_examples_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, as a reader would paste them; they print what they promise."""
    names: dict[str, Any] = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/api.md", "exec"), names)
    assert len(EXAMPLES) == 13
    told = capsys.readouterr().out
    assert "【" in told
    assert "tencent/template.login_code create" in told
    assert names["applied"].outcomes
    assert not names["again"].declined
    status = names["status"]
    assert {review.after for review in status.verdicts} >= {"approved"}
    assert names["waited"].ended == "settled"
    assert "smsform.yaml" in told


def test_what_a_project_can_do_is_documented() -> None:
    """Every public method has a docstring, and those of the page are there."""
    methods = [name for name in vars(Project) if not name.startswith("_")]
    assert all(getattr(Project, name).__doc__ for name in methods)
    for name in ("validate", "preview", "plan", "apply", "status", "wait", "ids"):
        assert f"`{name}(" in PAGE or f"`{name}`" in PAGE
    assert set(smsform.__all__) >= {"Project", "Choice"}


def test_a_choice_and_a_project_do_not_change(folder: Path) -> None:
    """They can be shared between threads and kept as keys of a cache."""
    project = Project.load(folder)
    for frozen in (project, Choice()):
        with pytest.raises(AttributeError):
            frozen.providers = ()  # type: ignore[misc]


def test_a_plan_is_applied_exactly(folder: Path) -> None:
    """What moved since it was made is stale and left alone; the second time is idle."""
    project = Project.load(folder)
    planned = project.plan(Choice(providers=["tencent"]))
    text = (folder / "templates" / "orders.yaml").read_text(encoding="utf-8")
    (folder / "templates" / "orders.yaml").write_text(text.replace("详询", "请询"))
    told: list[Outcome] = []
    moved = Project.load(folder).apply(planned, on_outcome=told.append)
    assert moved.stale
    assert not moved.ok
    assert told == moved.outcomes
    assert {each.result for each in told} == {Result.DONE}
    assert not set(moved.stale) & {each.change.address for each in told}
    fine = Project.load(folder).apply(Choice(providers=["tencent"]))
    assert fine.ok
    assert {each.change.address for each in fine.outcomes} == set(moved.stale)
    assert Project.load(folder).apply(Choice(providers=["tencent"])).outcomes == []


def test_no_is_an_answer(folder: Path) -> None:
    """Nothing is done when the plan is not approved."""
    project = Project.load(folder)
    shown: list[int] = []

    def approve(planned: Any) -> bool:
        shown.append(len(planned.changes))
        return False

    applied = project.apply(approve=approve)
    assert applied.declined
    assert not applied.ok
    assert applied.outcomes == []
    assert shown == [len(project.plan().changes)]


def test_errors_are_classes(folder: Path) -> None:
    """The same ones as in the commands, raised by what needs them and no earlier."""
    project = Project.load(folder)
    with pytest.raises(WrongUsage):
        project.plan(Choice(targets=["tencent/template.nobody"]))
    with pytest.raises(WrongUsage):
        project.status(["nobody"])
    with locked(open_store(project)), pytest.raises(StateLocked):
        project.apply()
    (folder / "templates" / "broken.yaml").write_text("templates: {a: {type: x}}")
    broken = Project.load(folder)
    assert any(problem.rule == "SF116" for problem in broken.validate())
    for verb in (broken.plan, broken.apply, broken.status):
        with pytest.raises(DefinitionError):
            verb()
