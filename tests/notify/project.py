"""A project whose verdicts somebody is told of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands import Result, printed_in
from conformance.mixed import a_template
from conformance.project import Project
from notify.receivers import VARIABLE
from smsform.model import Review
from smsform.registry import specs

TYPE = sorted(specs())[0]
NOTE = "内容与签名不符，请联系 @all 或打开 https://evil.example.com/x"
KEYS = ("pickup", "shipped")
WISH = {"to": f"env:{VARIABLE}", "on": ["rejected", "approved", "failed"]}


def a_project(root: Path, keys: tuple[str, ...] = KEYS, **wish: Any) -> Project:
    """Templates in review under an approved signature."""
    project = Project(root, TYPE, {"review": "manual"})
    project.admit()
    project.more = {"notify": [{**WISH, **wish}]}
    for number, key in enumerate(keys):
        project.templates[key] = a_template(key, f"您的第{number}个订单已发货。")
    project.write()
    result = project.apply()
    assert result.code == 0, result.err
    return project


def judge(project: Project, reject: str = "shipped", note: str = NOTE) -> None:
    """One is rejected, the others are approved."""
    for entry in project.entries():
        if entry.review == Review.IN_REVIEW:
            verdict = Review.REJECTED if entry.name == reject else Review.APPROVED
            project.judge(entry, verdict, note if entry.name == reject else "")


def loud(project: Project, *arguments: str) -> Result:
    """The command with what it says on stderr."""
    return printed_in(project.root, *arguments)


def notices(project: Project) -> list[Any]:
    """What the state file has of them."""
    import json

    document = json.loads(project.state_path.read_text())
    found: list[Any] = document["providers"]["p"].get("notices", [])
    return found
