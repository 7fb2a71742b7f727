"""The life of a template, told once through the command line."""

from __future__ import annotations

import json

from conformance.project import Project
from smsform.model import Review


def a_template(text="您的订单已发货，请留意查收。", **changes):
    """A notification without parameters."""
    return {
        "name": "发货通知",
        "type": "notification",
        "signature": "shop",
        "content": text,
        "remark": "订单发货后发送",
        **changes,
    }


def actions(part):
    """(action, reason) of every line."""
    return sorted((line["action"], line["reason"]) for line in part["lines"])


def test_the_life_of_a_template(project: Project):
    """Submit, edit, supersede, retire; reject with a note; lose the state file."""
    project.templates["shipped"] = a_template()
    project.write()
    assert ("create", "new") in actions(project.plan())
    assert project.apply().code == 0
    assert project("plan", "--detailed-exitcode").code == 3  # reviews pending
    assert "template" not in project("ids").json["providers"].get("p", {})
    project.approve_all()
    status = project("status", "--format", "json").json
    assert {entry["review"] for entry in status["entries"]} == {"approved"}
    assert project("plan", "--detailed-exitcode").code == 0
    first = project.active()["template.shipped"]

    project.templates["shipped"] = a_template("您的订单已发货，预计三日内送达。")
    project.write()
    assert ("supersede", "edited") in actions(project.plan())
    assert project.apply().code == 0
    assert project.active()["template.shipped"] == first
    project.approve_all()
    project("status")
    second = project.active()["template.shipped"]
    assert second != first
    part = project.plan()
    assert [each["id"] for each in part["retirable"]] == [first]
    assert project.apply("--retire", "p/template.shipped").code == 0
    assert first not in {project.id_of(entry) for entry in project.entries()}
    assert project("plan", "--detailed-exitcode").code == 0

    project.templates["second"] = a_template(
        "您的包裹已签收，欢迎评价。", name="签收通知"
    )
    project.write()
    project.apply()
    (pending,) = [e for e in project.entries() if e.review == Review.IN_REVIEW]
    project.judge(pending, Review.REJECTED, "请补充使用场景")
    result = project("plan", "--detailed-exitcode")
    assert result.code == 4
    assert "请补充使用场景" in result.out
    status = project("status", "--detailed-exitcode")
    assert status.code == 4
    assert "请补充使用场景" in status.out

    project.judge(pending, Review.APPROVED)
    project.state_path.unlink()
    before = len(project.entries())
    part = project.plan()
    assert {line["action"] for line in part["lines"]} == {"adopt"}
    assert project.apply().code == 0
    assert len(project.entries()) == before
    assert project("plan", "--detailed-exitcode").code == 0


def test_a_saved_plan_applies_exactly_once(project: Project):
    """It does what was reviewed; a second time nothing; edited it is refused."""
    project.templates["shipped"] = a_template()
    project.write()
    path = project.root / "plan.json"
    assert project("plan", "-o", str(path)).code == 0
    assert project("apply", str(path)).code == 0
    again = project("apply", str(path))
    assert (again.code, len(project.entries())) == (0, 1)
    document = json.loads(path.read_text())
    document["changes"][0]["action"] = "delete"
    path.write_text(json.dumps(document))
    assert project("apply", str(path)).code == 1
    assert project("apply", "--detailed-exitcode", str(path)).code == 5


def test_a_saved_plan_does_not_outlive_its_definition(project: Project):
    """What the definitions do not say any more is refused, the rest goes on."""
    project.templates["shipped"] = a_template()
    project.templates["other"] = a_template(
        "您的包裹已签收，欢迎评价。", name="签收通知"
    )
    project.write()
    path = project.root / "plan.json"
    project("plan", "-o", str(path))
    project.templates["other"] = a_template(
        "您的包裹已退回，请联系客服。", name="签收通知"
    )
    project.write()
    result = project("apply", "--detailed-exitcode", str(path))
    assert result.code == 5
    assert [entry.name for entry in project.entries()] == ["发货通知"]


def test_a_saved_plan_is_stale_when_an_entry_moved(project: Project):
    """A verdict after the review of the plan makes that entry's change stale."""
    project.templates["shipped"] = a_template()
    project.write()
    project.apply()
    project.judge(project.entries()[0], Review.REJECTED)
    project.templates["shipped"] = a_template("您的订单已发货，预计三日内送达。")
    project.write()
    path = project.root / "plan.json"
    project("plan", "-o", str(path))
    project.approve_all(Review.REJECTED)
    assert project("apply", "--detailed-exitcode", str(path)).code == 5
    assert len(project.entries()) == 1
