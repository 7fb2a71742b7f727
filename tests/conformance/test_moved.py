"""Ids outlive renames, through the command line, at every service.

A key is renamed, its name and text change, all in one pull request, with --prune in CI.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.mixed import a_template
from conformance.project import Project
from smsform.model import Review
from smsform.project.api import Project as Api
from smsform.project.in_process import InProcess
from smsform.registry import specs

OLD, NEW = "您的订单已发货，请留意查收。", "您的订单已发货，预计三日内送达。"


@pytest.fixture(params=sorted(specs()))
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """A project whose one template is approved."""
    found = Project(tmp_path, request.param, {"review": "manual"})
    found.admit()
    found.templates["shipped"] = a_template("发货通知", OLD)
    found.write()
    assert found.apply().code == 0
    found.approve_all()
    assert found("status").code == 0
    return found


def with_blocks(project: Project, **blocks: Any) -> None:
    """Write `moved` and `adopt` blocks beside the definitions."""
    text = yaml.safe_dump(blocks, allow_unicode=True) if blocks else ""
    (project.root / "blocks.yaml").write_text(text, "utf-8")


def ids(project: Project) -> dict[str, str]:
    """Key -> id, as applications get them."""
    found = project("ids").json["providers"].get("p", {}).get("template", {})
    return {key: each["id"] for key, each in found.items()}


def rename(project: Project) -> str:
    """The pull request; the id that stood before it."""
    [before] = ids(project).values()
    project.templates["sent"] = a_template("已发货", NEW)
    del project.templates["shipped"]
    project.write()
    with_blocks(project, moved=[{"from": "shipped", "to": "sent"}])
    return before


def both(id: str) -> dict[str, str]:
    """Both keys answer with it."""
    return {"shipped": id, "sent": id}


def test_a_rename_with_name_and_text_approved(project: Project):
    """The old key never lacks an id; after the block only the new one answers."""
    before = rename(project)
    assert ids(project) == both(before)  # merged, not applied yet
    lines = project.plan("--prune")["lines"]
    mine = [x for x in lines if x["address"] == "p/template.sent"]
    assert [(x["action"], x["reason"]) for x in mine] == [
        ("adopt", "moved"),
        ("supersede", "edited"),
    ]
    assert mine[0]["moved_from"] == "p/template.shipped"
    saved = project.root / "plan.json"
    assert project("plan", "--prune", "-o", str(saved)).code == 0
    assert project("apply", str(saved)).code == 0
    assert ids(project) == both(before)
    project.approve_all()
    assert project("status").code == 0
    after = ids(project)
    assert set(after) == {"shipped", "sent"}
    assert len({*after.values(), before}) == 2
    assert project.apply("--prune").code == 0
    assert ids(project) == after
    with_blocks(project)
    assert ids(project) == {"sent": after["sent"]}
    assert project("plan", "--prune", "--detailed-exitcode").code == 0
    held = {project.id_of(entry) for entry in project.entries()}
    assert before in held  # what was replaced stays until applications had their time


def test_a_rename_with_name_and_text_rejected(project: Project):
    """The old id goes on answering under both keys."""
    before = rename(project)
    assert project.apply("--prune").code == 0
    for entry in project.entries():
        if entry.review == Review.IN_REVIEW:
            project.judge(entry, Review.REJECTED, "请补充使用场景")
    assert project("status").code == 0
    assert project.apply("--prune").code == 0
    assert ids(project) == both(before)


@pytest.mark.parametrize("state", ["old", "lost"])
def test_an_old_or_lost_state_submits_nothing_twice(project: Project, state: str):
    """And nothing that is approved is lost."""
    old = project.state_path.read_text()
    before = rename(project)
    assert project.apply().code == 0
    project.approve_all()
    assert project("status").code == 0
    [_, after] = sorted(project.id_of(entry) for entry in project.entries())
    if state == "old":
        project.state_path.write_text(old)
    else:
        project.state_path.unlink()
    for _ in range(2):
        assert project.apply("--prune").code == 0
    held = sorted(project.id_of(entry) for entry in project.entries())
    assert held == sorted([before, after])
    assert ids(project)["sent"] == after
    assert ids(project)["shipped"] == after


@pytest.mark.parametrize(("texts", "names"), [(2, 1), (60, 7)])
def test_after_import_and_a_lost_state_nothing_is_submitted(
    project: Project, texts: int, names: int
):
    """Whatever keys and names are: texts of one name are told apart."""
    for n in range(texts):
        text = f"您的快递已到{'东西南北'[n % 4]}门{n // 4 + 1}号驿站。"
        project.templates[f"notice{n}"] = a_template(f"通知{n}", text)
    project.write()
    assert project.apply().code == 0
    for entry in project.entries():  # few names in the console
        if entry.name.startswith("通知"):
            number = int(entry.name.removeprefix("通知"))
            shared = f"通知{number % names}"
            project.store.replace(entry._replace(name=shared))
    project.approve_all()
    project.templates = {"shipped": project.templates["shipped"]}
    project.write()
    project.state_path.unlink()
    (project.root / "blocks.yaml").unlink(missing_ok=True)
    assert project("import", "--kind", "template").code == 0
    project.state_path.unlink()
    count = len(project.entries())
    part = project.plan()
    assert not [x for x in part["lines"] if x["action"] in ("create", "supersede")]
    assert project("import", "--equal").code == 0
    assert project("plan", "--detailed-exitcode").code == 0
    assert len(project.entries()) == count


def test_an_entry_is_adopted_by_its_id(project: Project):
    """Under another name and text: handed out at once, and the edit is submitted."""
    [entry] = project.entries()
    id = project.id_of(entry)
    project.templates = {"mine": a_template("我的通知", NEW)}
    project.write()
    project.state_path.unlink()
    shown = project.plan("--show-unmanaged")["unmanaged"]
    [risks] = [each["risks"] for each in shown if each["id"] == id]
    assert risks == ["approved"]
    with_blocks(project, adopt=[{"address": "p/template.mine", "id": id}])
    assert project.apply().code == 0
    assert ids(project) == {"mine": id}
    assert len(project.entries()) == 2
    assert json.dumps(project.plan()["lines"]).count("claimed") == 0


def test_what_is_at_risk_is_said_beside_it(project: Project):
    """Of what nobody owns: the text or name of a definition, approved."""
    project.templates["shipped"]["content"] = NEW
    project.write()
    project.state_path.unlink()
    text = project("plan", "--show-unmanaged").out
    assert "the name of a definition, approved" in text


def test_a_state_from_another_branch_submits_nothing_twice(project: Project):
    """It knows a text of its own, and not yet that a key has moved.

    Whichever side of the merge is taken, both texts keep their ids.
    """
    second = a_template("到店通知", "您的订单已到店，请尽快领取。")
    ours = project.state_path.read_text()
    before = rename(project)
    assert project.apply("--prune").code == 0
    project.approve_all()
    assert project("status").code == 0
    here, renamed = project.state_path.read_text(), dict(project.templates)
    after = ids(project)["sent"]
    # The other branch, from before the rename, with a template more.
    project.state_path.write_text(ours)
    with_blocks(project)
    project.templates = {"shipped": a_template("发货通知", OLD), "arrived": second}
    project.write()
    assert project.apply("--prune").code == 0
    project.approve_all()
    assert project("status").code == 0
    there, arrived = project.state_path.read_text(), ids(project)["arrived"]
    held = sorted(project.id_of(entry) for entry in project.entries())
    assert held == sorted({before, after, arrived})
    # Both are merged.
    project.templates = {**renamed, "arrived": second}
    project.write()
    with_blocks(project, moved=[{"from": "shipped", "to": "sent"}])
    for state in (here, there):
        project.state_path.write_text(state)
        if state == there:
            assert ids(project)["shipped"] == before  # old, but approved
        for _ in range(2):
            assert project.apply("--prune").code == 0
        assert ids(project) == {**both(after), "arrived": arrived}
        assert sorted(project.id_of(entry) for entry in project.entries()) == held


def test_a_deleted_id_is_told_in_source_code(project: Project, tmp_path: Path):
    """As retired, with the address it belonged to, also once that is gone itself."""
    code = tmp_path.parent / f"{tmp_path.name}-shop" / "Sms.java"
    code.parent.mkdir()
    [before] = ids(project).values()
    code.write_text(f'send("{before}");\n')

    def roles() -> list[tuple[str, str]]:
        found = project("uses", str(code.parent), "--format", "json").json["uses"]
        return [
            (owner["address"], owner["role"])
            for use in found
            for owner in use["owners"]
        ]

    assert roles() == [("p/template.shipped", "active")]
    project.templates["shipped"]["content"] = NEW
    project.write()
    assert project.apply().code == 0
    project.approve_all()
    assert project("status").code == 0
    assert roles() == [("p/template.shipped", "replaced")]
    assert project.apply("--retire", "p/template.shipped").code == 0
    assert before not in {project.id_of(entry) for entry in project.entries()}
    assert roles() == [("p/template.shipped", "retired")]
    state = project.state_path.read_text()
    assert project.apply().code == 0
    assert project("status").code == 0
    assert project.state_path.read_text() == state
    project.templates = {"sent": project.templates["shipped"]}
    project.write()
    with_blocks(project, moved=[{"from": "shipped", "to": "sent"}])
    assert project.apply().code == 0
    assert roles() == [("p/template.sent", "retired")]
    assert project("state", "mv", "p/template.sent", "p/template.gone").code == 0
    assert roles() == [("p/template.gone", "retired")]
    assert project("state", "rm", "p/template.gone", "--force").code == 0
    assert ("p/template.gone", "retired") not in roles()


@pytest.mark.parametrize("refused", [True, False])
def test_at_no_moment_the_old_key_lacks_an_approved_id(
    project: Project, monkeypatch: pytest.MonkeyPatch, refused: bool
):
    """Around every call of the runs in CI, by what is on disk and at the service."""
    seen: set[str] = set()
    lacking: list[str] = []
    real = InProcess.send

    def look(when: str) -> None:
        answers = {x.address.key: x.id for x in Api.load(project.root).ids()}
        id = answers.get("shipped", "")
        approved = {
            project.id_of(entry)
            for entry in project.entries()
            if entry.review == Review.APPROVED
        }
        seen.add(id)
        if id not in approved or answers.get("sent") != id:
            lacking.append(f"{when}: {answers}")

    def watched(self: InProcess, request: Any, timeout: Any) -> Any:
        look("before")
        reply = real(self, request, timeout)
        look("after")
        return reply

    def runs() -> None:
        for command in (project.plan, project.apply):
            command("--prune")
        assert project("status").code == 0

    before = rename(project)
    monkeypatch.setattr(InProcess, "send", watched)
    runs()
    if refused:
        [entry] = [e for e in project.entries() if e.review == Review.IN_REVIEW]
        project.judge(entry, Review.REJECTED, "请补充使用场景")
        runs()
        project.templates["sent"]["content"] = f"{NEW}祝您生活愉快。"
        project.write()
        runs()
        assert seen == {before}
    project.approve_all()
    runs()
    runs()
    assert lacking == []
    assert len(seen) == 2
