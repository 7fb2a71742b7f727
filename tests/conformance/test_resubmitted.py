"""Somebody else submits an entry of ours again before we saw its first verdict.

What we submitted is then no longer what reviewers judge, so it does not count as what
the service has; a mark tells, which the answer to a submission gives or the first
reading after it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.mixed import a_template
from conformance.project import Project
from smsform.model import Review
from smsform.registry import specs

SLOT = "template.shipped"
OURS = a_template("发货通知", "您的订单已发货，请留意查收。")
THEIRS = a_template("发货通知", "您的包裹已由门店寄出。")


@pytest.fixture(params=sorted(specs()))
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """One template under an approved signature, submitted; nobody has judged it."""
    project = Project(tmp_path, str(request.param), {"review": "manual"})
    project.templates["shipped"] = OURS
    project.write()
    project.admit()
    assert project.apply().code == 0
    return project


def marked(project: Project) -> str:
    """The mark of our submission; where no answer told it, a reading did."""
    if not project.records()[SLOT]["versions"][0].get("order"):
        assert project("status").code == 0
    mark: str = project.records()[SLOT]["versions"][0]["order"]
    return mark


def reject(project: Project) -> None:
    """The reviewer says no; nobody of us looks."""
    [entry] = project.entries()
    project.judge(entry, Review.REJECTED, "请补充使用场景")
    project.clock.sleep(60)


def they_submit_again(project: Project) -> None:
    """Another team's project knows the same id and edits it; ours remembers nothing."""
    remembered = project.state_path.read_bytes()
    reject(project)
    project.templates["shipped"] = THEIRS
    project.write()
    assert [line["action"] for line in project.plan()["lines"]].count("update") == 1
    assert project.apply().code == 0
    project.state_path.write_bytes(remembered)
    project.templates["shipped"] = OURS
    project.write()


def line_of(project: Project) -> dict[str, object]:
    """The plan's line about our template."""
    [found] = [
        line for line in project.plan()["lines"] if line["address"].endswith(SLOT)
    ]
    return dict(found)


def test_their_text_is_not_taken_for_ours(project: Project):
    """Approved with their words: ours is submitted beside it, not called delivered."""
    mark = marked(project)
    they_submit_again(project)
    project.approve_all()
    line = line_of(project)
    assert (line["action"], line["reason"]) == ("supersede", "edited")
    assert line["drift"] == []
    assert project.apply().code == 0
    assert project.records()[SLOT]["versions"][0]["order"] == mark
    assert SLOT not in project.active()  # what they wrote is not handed out as ours
    project.approve_all()
    assert project("status").code == 0
    texts = {project.id_of(each): each.text for each in project.entries()}
    assert texts[project.active()[SLOT]] == OURS["content"]


def test_our_own_second_submission_has_a_mark_of_its_own(project: Project):
    """It is told or seen as the first one was, and theirs after it is noticed."""
    first = marked(project)
    reject(project)
    assert project("status").code == 0
    assert project.apply("--resubmit", f"p/{SLOT}").code == 0
    second = marked(project)
    assert second != first
    they_submit_again(project)
    project.approve_all()
    assert line_of(project)["action"] == "supersede"


def test_nobody_but_us_and_what_we_submitted_counts(project: Project):
    """The mark stays through the verdict, and the plan is empty."""
    mark = marked(project)
    project.approve_all()
    assert line_of(project)["reason"] == "settled"
    assert project("status").code == 0
    assert project.records()[SLOT]["versions"][0]["order"] == mark
