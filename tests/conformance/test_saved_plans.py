"""A plan file does what was reviewed and nothing else, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.project import Project
from smsform.plan.file import fingerprint

TEXTS = ("您的订单已发货，请留意查收。", "您的包裹已签收，欢迎评价。")


@pytest.fixture
def saved(project: Project) -> Path:
    """A plan of one signature and two templates, saved."""
    for key, text in zip("ab", TEXTS, strict=True):
        project.templates[key] = {
            "name": f"通知{key}",
            "type": "notification",
            "signature": "shop",
            "content": text,
            "remark": "下单后发送",
        }
    project.write()
    path = project.root / "plan.json"
    assert project("plan", "-o", str(path)).code == 0
    return path


def forge(path: Path, change: Callable[[Any], None]) -> None:
    """Alter a plan file and give it a digest that fits."""
    document = json.loads(path.read_text())
    change(document)
    document["digest"] = fingerprint(document)
    path.write_text(json.dumps(document))


def repeat(document: Any) -> None:
    """The last change twice."""
    document["changes"].append(document["changes"][-1])


def set_option(name: str, value: object) -> Callable[[Any], None]:
    """A planning option no command line can give."""
    return lambda document: document["options"].update({name: value})


def alter_text(document: Any) -> None:
    """Another text for the last template, whatever its attribute is called."""
    after = document["changes"][-1]["after"]
    after.update({name: "恶意" for name, text in after.items() if text == TEXTS[1]})


FORGERIES: dict[str, Callable[[Any], None]] = {
    "a change twice": repeat,
    "no providers": lambda document: document.update(providers={}),
    "another provider": lambda d: d["providers"].update(q=d["providers"]["p"]),
    "another region": lambda d: d["providers"]["p"].update(region="ap-nowhere"),
    "an option of another type": set_option("allow_changes", "x"),
    "an option that is no number": set_option("allow_deletes", [1]),
    "an action no plan applies": lambda d: d["changes"][0].update(action="wait"),
    "a key that is missing": lambda d: d["changes"][0].pop("name"),
    "another format": lambda d: d.update(smsform_plan=2),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_plan_is_refused_whole(name, project: Project, saved: Path):
    """The digest is no secret; what no plan contains is refused, in one line."""
    before = project.store.everything()
    forge(saved, FORGERIES[name])
    result = project("apply", "--detailed-exitcode", str(saved))
    assert result.code == 5, result.err
    assert project.store.everything() == before
    assert result.err.startswith("Error: ")


@pytest.mark.parametrize(
    ("key", "value"),
    [("name", "另一名称"), ("international", True), ("content", TEXTS[0] + "谢谢。")],
)
def test_a_definition_that_moved_on_is_not_submitted(
    key, value, project: Project, saved: Path
):
    """Name, market and text are what was reviewed, or the change is stale."""
    project.templates["b"][key] = value
    if key == "international":
        project.templates["b"].pop("signature")
    project.write()
    result = project("apply", "--detailed-exitcode", str(saved))
    assert result.code == 5
    assert [entry.name for entry in project.entries()] == ["通知a"]


def test_a_forged_wish_is_not_submitted(project: Project, saved: Path):
    """Nothing from the file is ever sent: it is only compared."""
    forge(saved, alter_text)
    assert project("apply", "--detailed-exitcode", str(saved)).code == 5
    assert {entry.text for entry in project.entries()} == {TEXTS[0]}
