"""``--format markdown`` of plan, apply, status and preview, as pipelines call it."""

from __future__ import annotations

import json

import pytest

from conformance.project import Project
from forge import harmless
from projects import UNGATED
from smsform.emulation import reviewer
from smsform.model import Review
from smsform.report.markdown.frame import LARGEST, SMALLEST
from smsform.report.terminal import safe

# The text that must be shown as those very characters.
TEXT = "</script><img src=x onerror=alert(1)> | ``` \x1b[31mred\x1b[0m"


@pytest.fixture
def project(tmp_path) -> Project:
    """A project with one template, which was not submitted yet."""
    project = Project(tmp_path, UNGATED)
    project.templates["a"] = {
        "type": "notification",
        "content": "您的订单已发货。",
        "signature": "shop",
    }
    project.write()
    return project


def test_a_life_in_comments(project):
    """Planned, applied, rejected with a note, mended: each a comment to itself."""
    plan = project("plan", "--format", "markdown", "--marker", "shop.prod")
    assert plan.out.startswith(
        "<!-- smsform:plan shop.prod -->\n\n<h3>Plan: 2 to create"
    )
    assert "p/template.a" in harmless(plan.out).codes
    done = project("apply", "--auto-approve", "--format", "markdown")
    assert done.out.startswith(
        "<!-- smsform:apply -->\n\n<h3>Applied: 2 submitted</h3>"
    )
    assert "1100002" in harmless(done.out).codes
    entry = next(e for e in project.store.everything() if str(e.id) == "1100002")
    note = f"@you #1 {TEXT} /close\n" * 20
    reviewer.judge(project.store, entry.id, Review.REJECTED, project.clock.now(), note)
    status = project("status", "--format", "markdown")
    page = harmless(status.out)
    assert page.tags.count("details") == 1  # the note is long
    assert "Since the last look" in page.plain
    rejected = harmless(project("plan", "--format", "markdown").out)
    assert "1 rejected" in rejected.text
    shown = next(code for code in page.codes if code.startswith("@you"))
    assert shown.startswith(safe(note)[:300])
    assert shown in rejected.codes


def test_the_hostile_text_is_shown_as_it_is(project):
    """In a definition, which plan will not submit, and at the service."""
    project.templates["a"]["content"] = TEXT
    project.write()
    page = harmless(project("preview", "--format", "markdown").out)
    assert safe(TEXT) in "".join(page.codes)
    assert project("plan").code == 1
    project.templates["a"]["content"] = "您的订单已发货。"
    project.write()
    assert project.apply().code == 0
    entry = next(e for e in project.store.everything() if str(e.id) == "1100002")
    project.store.change(entry.id, name=TEXT, text=TEXT)
    assert safe(TEXT) in harmless(project("plan", "--format", "markdown").out).codes


def test_a_refusal_is_told_with_code_advice_and_request_id(project):
    """What the service said heads the comment of the run."""
    code = "FailedOperation.ContainSensitiveWord"
    action = project.create_action
    project("emulate", "fault", "p", "refuse", "--action", action, "--code", code)
    done = project("apply", "--auto-approve", "--format", "markdown")
    assert done.code == 1
    text = harmless(done.out).text
    first = text.index("What went wrong")
    assert first < text.index(code) < text.index("RequestId") < text.index("FAILED")


def test_a_wait_is_part_of_the_comment(project):
    """The verdicts that came, and how the wait ended."""
    project.settings = {"review": {"after_reads": 1}}
    project.write()
    done = project("apply", "--auto-approve", "--wait", "--format", "markdown")
    text = harmless(done.out).text
    assert "Waiting for reviews" in text
    assert "in_review -> approved" in text
    assert "All reviews are in." in text
    waited = project("status", "--wait", "--format", "markdown")
    assert "All reviews are in." in harmless(waited.out).text


@pytest.mark.parametrize("command", ["plan", "apply", "status", "preview"])
def test_a_comment_that_cannot_be_is_wrong_usage(command, project):
    """Too small, not Markdown, a name that would end the marker: 64, and what to do."""
    small = project(command, "--format", "markdown", "--max-chars", f"{SMALLEST - 1}")
    assert (small.code, small.out) == (64, "")
    assert f"x>={SMALLEST}" in small.err
    for name in ("a -->", "", "-->", "甲", "x" * 101, "a b"):
        named = project(command, "--format", "markdown", "--marker", name)
        assert (named.code, named.out) == (64, "")
        assert "letters, digits, dots" in named.err
    text = project(command, "--marker", "a", "--max-chars", "9999")
    assert text.code == 64
    assert "--max-chars, --marker" in text.err


def test_max_chars_is_kept(project):
    """Many templates in a small comment; by default as many as every forge takes."""
    for number in range(60):
        project.templates[f"t{number}"] = dict(project.templates["a"])
    project.write()
    small = project("preview", "--format", "markdown", "--max-chars", "2000")
    assert len(small.out) <= 2000
    assert "more, see <code>smsform preview</code>" in small.out
    assert len(project("plan", "--format", "markdown").out) <= LARGEST


def test_json_and_markdown_speak_of_the_same_addresses(project):
    """Right after a start, when everything is to be created."""
    project.templates["b"] = dict(project.templates["a"], content="订单已取消。")
    project.write()
    document = json.loads(project("plan", "--format", "json").out)
    addresses = [line["address"] for line in document["providers"]["p"]["lines"]]
    codes = harmless(project("plan", "--format", "markdown").out).codes
    assert len(addresses) == 3
    assert set(addresses) <= set(codes)
