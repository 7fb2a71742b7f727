"""What people are shown of versions long replaced, and of times that cannot be."""

from __future__ import annotations

import pytest

from conformance.mixed import a_template
from conformance.project import Project

TEXTS = ("您的维修单已受理。", "您的维修单已经受理。", "您的维修单今日已经受理。")


def edited(project: Project, *texts: str) -> None:
    """One template whose text was each of *texts* for a while."""
    for text in texts:
        project.templates["repair"] = a_template("维修通知", text)
        project.write()
        assert project.apply().code == 0
        project.approve_all()
        assert project("status").code == 0


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 replaced version is not", "2 replaced versions are not"),
        ("zh", "有 1 个已被取代的版本", "有 2 个已被取代的版本"),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_replaced_versions_are_a_number_until_asked_for(
    project: Project, language: str, one: str, many: str, form: str
) -> None:
    """In a terminal and in a comment; JSON has them always."""
    status = ("--lang", language, "status", "--format", form)
    edited(project, TEXTS[0])
    assert "--all" not in project(*status).out
    edited(project, TEXTS[1])
    assert one in project(*status).out
    edited(project, TEXTS[2])
    short = project(*status).out
    assert many in short
    assert "--all" in short
    whole = project(*status, "--all").out
    assert "--all" not in whole
    versions = project.records()["template.repair"]["versions"]
    assert [each["id"] in short for each in versions] == [False, False, True]
    assert all(each["id"] in whole for each in versions)
    entries = project("status", "--format", "json").json["entries"]
    assert [each["role"] for each in entries].count("replaced") == 2


@pytest.mark.parametrize("created", [5e9, 2.5e11, -86400])
def test_a_time_that_cannot_be_is_unknown_and_said_once(
    project: Project, created: float
) -> None:
    """In ``plan``, its comment and ``status``; nothing else changes."""
    edited(project, TEXTS[0])
    before = project.plan()["lines"]
    project.store.execute(
        "UPDATE entry SET created = ?, data = json_replace(data, '$.first', ?)",
        (created, created),
    )
    number = len(project.store.everything())
    for command in (("plan",), ("plan", "--format", "markdown"), ("status",)):
        out = project(*command).out
        assert out.count("cannot be true") == 1
        assert ("1 entry came" if number == 1 else f"{number} entries came") in out
    assert "不可能是真的" in project("--lang", "zh", "plan").out
    assert project.plan()["lines"] == before
    shown = project("status", "--format", "json").json["entries"]
    assert {each["since"] for each in shown} == {None}
