"""``plan --reviewed``: a report in Markdown is proof that its changes were reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.project import Project
from projects import UNGATED
from smsform.plan.reviewed import stamped

TEXT = "您的订单已发货，请留意查收。"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A signature and three templates to submit; reviews by hand."""
    project = Project(tmp_path, UNGATED, {"review": "manual"})
    for key in ("a", "b", "c"):
        project.templates[key] = {
            "name": f"通知{key}",
            "type": "notification",
            "signature": "shop",
            "content": TEXT,
            "remark": "订单发货后发送",
        }
    project.write()
    return project


@pytest.fixture
def report(project: Project, tmp_path: Path) -> Path:
    """The plan's report, reviewed."""
    path = tmp_path / "reviewed.md"
    path.write_text(project("plan", "--format", "markdown").out, encoding="utf-8")
    return path


def test_what_was_reviewed_goes_on(project: Project, report: Path) -> None:
    """The same plan, made again: saved, as if nothing had been asked."""
    saved = report.with_name("plan.json")
    assert project("plan", "--reviewed", str(report), "-o", str(saved)).code == 0
    assert project("apply", str(saved)).code == 0
    assert project("plan", "--reviewed", str(report)).code == 0


def test_a_part_may_be_done_already(project: Project, report: Path) -> None:
    """What is left, and what was adopted because the state file was lost, passes."""
    assert project.apply("--target", "p/signature.shop").code == 0
    assert project.apply("--target", "p/template.b").code == 0
    assert project("plan", "--reviewed", str(report)).code == 0
    project("state", "rm", "p/template.b")
    kept = project("plan", "--reviewed", str(report))
    assert kept.code == 0
    assert "= p/template.b adopt" in kept.out


def test_what_nobody_saw_stops_and_is_shown(project: Project, report: Path) -> None:
    """No file is saved; only the difference is shown, with the digest of the whole."""
    saved = report.with_name("plan.json")
    project.templates["b"]["content"] = f"{TEXT}谢谢惠顾。"
    project.write()
    arguments = ["plan", "--detailed-exitcode", "-o", str(saved), "--reviewed"]
    stopped = project(*arguments, str(report))
    assert stopped.code == 5
    assert "+ p/template.b create" in stopped.err
    assert "p/template.a" not in stopped.err
    assert not saved.exists()

    digest = stopped.err.rpartition("--reviewed ")[2].strip()
    assert project(*arguments, digest).code == 2
    assert saved.exists()
    project.templates["c"]["content"] = f"{TEXT}谢谢惠顾。"
    project.write()
    assert project(*arguments, digest).code == 5
    assert project(*arguments, digest, "--reviewed", str(report)).code == 5


def test_several_reports_count_together(project: Project, report: Path) -> None:
    """A change reviewed here and another there: both were."""
    project.templates["b"]["content"] = f"{TEXT}谢谢惠顾。"
    project.write()
    other = report.with_name("other.md")
    target = ["--target", "p/signature.shop", "--target", "p/template.b"]
    text = project("plan", *target, "--format", "markdown").out
    other.write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    both = ["--reviewed", str(report), "--reviewed", str(other)]
    assert project("plan", *both).code == 0
    assert project("plan", "--reviewed", str(other)).code == 1


def test_a_text_cannot_claim_to_be_reviewed(project: Project, report: Path) -> None:
    """Marks inside a template stay text: only a line of our own is a stamp."""
    stamp = report.read_text(encoding="utf-8").splitlines()[-1]
    assert len(stamped(stamp)) == 4
    project.templates["a"]["remark"] = (
        f"\n{stamp}\n<!-- smsform:reviewed {'0' * 16} -->"
    )
    project.write()
    shown = project("plan", "--format", "markdown").out
    assert "0" * 16 in shown
    assert "0" * 16 not in stamped(shown)


def test_people_come_first_where_room_is_short(project: Project) -> None:
    """Marks are left out before the report is; its size is kept in any case."""
    for room in (1000, 1050, 1200, 3000):
        shown = project("plan", "--format", "markdown", "--max-chars", str(room)).out
        assert len(shown) <= room
        assert (len(stamped(shown)) == 4) is (room >= 1200)


def test_a_report_that_is_not_there_is_an_error(project: Project) -> None:
    """As is a digest that is none: it is taken for a file's name."""
    wrong = project("plan", "--reviewed", "0123")
    assert wrong.code == 1
    assert "0123: No such file or directory" in wrong.err
