"""Waiting for reviewers: what is said, when it ends, with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import Result, printed_in
from conformance.mixed import a_template
from conformance.project import Project
from smsform.emulation import faults
from smsform.emulation.faults import FaultKind
from smsform.model import Review
from smsform.registry import specs

SOON = {"after": "20m"}


def waiting_project(root: Path, type: str, review: object) -> Project:
    """One template under one signature, at reviewers who work by *review*."""
    project = Project(root, type, {"review": review})
    project.templates["shipped"] = a_template("发货通知", "您的订单已发货。")
    project.write()
    return project


@pytest.fixture(params=sorted(specs()))
def type(request: pytest.FixtureRequest) -> str:
    """Every registered service."""
    return str(request.param)


def loud(project: Project, *arguments: str) -> Result:
    """The command with what it says on stderr."""
    return printed_in(project.root, *arguments)


def test_apply_waits_until_all_is_approved(type: str, tmp_path: Path):
    """Exit 0, each verdict told once, the ids are there."""
    project = waiting_project(tmp_path, type, SOON)
    result = loud(project, "apply", "--auto-approve", "--wait", "--timeout", "3h")
    assert result.code == 0, result.err
    assert result.out.count("in_review -> approved") == 2
    assert list(project.active()) == ["signature.shop", "template.shipped"]
    assert project("plan", "--detailed-exitcode").code == 0


def test_a_rejection_ends_the_wait_with_the_note(type: str, tmp_path: Path):
    """Exit 4 once nothing is pending any more, not before."""
    project = waiting_project(tmp_path, type, "manual")
    project.admit()
    assert project.apply().code == 0
    [entry] = project.entries()
    project.judge(entry, Review.REJECTED, "请补充使用场景")
    result = loud(project, "status", "--wait", "--timeout", "1h")
    assert result.code == 4
    assert "请补充使用场景" in result.out


def test_the_time_is_up(type: str, tmp_path: Path):
    """Exit 3, at the promised time, politely: far fewer looks than intervals."""
    project = waiting_project(tmp_path, type, "manual")
    assert project.apply().code == 0
    calls_before = len(project.store.rows("SELECT 1 FROM call"))
    started = project.clock.now()
    result = loud(project, "status", "--wait", "--timeout", "6h", "--interval", "30s")
    assert result.code == 3
    assert 6 * 3600 <= project.clock.now() - started < 6 * 3600 + 60
    calls = len(project.store.rows("SELECT 1 FROM call")) - calls_before
    assert calls < 720 * 2  # a look every 30 s would cost two calls a list at least


def test_a_look_that_fails_is_no_end(type: str, tmp_path: Path):
    """The service is away for a while: said once, and waited out."""
    project = waiting_project(tmp_path, type, SOON)
    project.admit()
    assert project.apply().code == 0
    project.fault(FaultKind.UNAVAILABLE, "*", nth=9, times=12)
    result = loud(project, "status", "--wait", "--timeout", "3h")
    assert result.code == 0, result.err
    [fault] = faults.planted(project.store)
    assert fault.fired == 12
    assert "503" in result.err


def test_what_cannot_be_read_is_not_waited_for(type: str, tmp_path: Path):
    """The error is said, and that is all."""
    project = waiting_project(tmp_path, type, "sometimes")
    for command in (("apply", "--auto-approve"), ("status",)):
        result = loud(project, *command, "--wait")
        assert result.code == 1
        assert "sometimes" in result.err


def test_nothing_is_waited_for_that_only_a_person_can_bring(type: str, tmp_path: Path):
    """A signature that is looked up and not there: said at once, exit 4, no wait."""
    if not specs()[type].gate:
        return  # templates wait for no signature there
    project = waiting_project(tmp_path, type, SOON)
    project.signatures["shop"].pop(type)
    project.write()
    started = project.clock.now()
    for command in (("apply", "--auto-approve"), ("status",)):
        result = loud(project, *command, "--wait")
        assert result.code == 4, result.err
        assert "Waiting for" not in result.err
        assert "All reviews are in." not in result.err
        assert "a person is needed at p/" in result.err
    assert loud(project, "plan", "--detailed-exitcode").code == 4
    assert project.clock.now() - started < 60


def test_only_what_is_in_review_is_counted(type: str, tmp_path: Path):
    """A template that waits for its signature is no review."""
    project = waiting_project(tmp_path, type, SOON)
    project.settings["review"] = "manual"
    project.write()
    gated = specs()[type].gate == "approved"
    wait = ("--wait", "--timeout", "1m")
    result = loud(project, "apply", "--auto-approve", *wait)
    assert result.code == 3
    assert f"Waiting for {'1 review' if gated else '2 reviews'}," in result.err


def test_nothing_is_deleted_while_waiting(type: str, tmp_path: Path):
    """What policy retires is announced with its time, and stays."""
    project = waiting_project(tmp_path, type, SOON)
    project.policy = {"retire_after": "1h"}
    project.write()
    wait = ("apply", "--auto-approve", "--wait", "--timeout", "3h")
    assert loud(project, *wait).code == 0
    project.templates["shipped"]["content"] = "您的订单已发货，预计三日内送达。"
    project.write()
    result = loud(project, *wait)
    assert result.code == 0, result.err
    [old, _] = sorted(entry.id for entry in project.entries())
    assert str(old) in result.err
    assert len(project.entries()) == 2


def test_a_text_that_waits_is_judged_at_once_and_fails_alone(type: str, tmp_path: Path):
    """The plan names the error before anything is sent; apply sends the others."""
    project = waiting_project(tmp_path, type, SOON)
    bad = a_template("坏通知", "您的订单{{ a }}{{ b }}已发货。")
    bad["params"] = {name: {"sample": "7", "kind": "number"} for name in "ab"}
    project.templates["bad"] = bad
    project.write()
    plan = loud(project, "plan")
    if plan.code == 0:
        return  # no rule of this service forbids it
    assert "template.bad" in plan.err + plan.out or "SF" in plan.err + plan.out
    result = loud(project, "apply", "--auto-approve", "--wait", "--timeout", "3h")
    assert result.code == 1
    assert "template.shipped" in project.active()
    assert "p/template.bad" in result.out
    assert "FAILED" in result.out
    assert [entry.name for entry in project.entries()] == ["发货通知"]
