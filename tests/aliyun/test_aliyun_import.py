"""Import of what exists at Alibaba Cloud: faithful, tidy, and only what is ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from conformance.project import Project


def imported(project: Project) -> dict[str, Any]:
    """What `import` wrote, all files together."""
    (project.root / "definitions.yaml").unlink()
    result = project("import", "--provider", "p")
    assert result.code == 0, result.err
    found: dict[str, Any] = {"signatures": {}, "templates": {}}
    for path in sorted(project.root.rglob("*.yaml")):
        for section, entries in (yaml.safe_load(path.read_text()) or {}).items():
            if section in found:
                found[section] |= entries
    return found


def test_an_imported_template_is_what_was_submitted(tmp_path: Path) -> None:
    """Type, remark, signature and the kinds of variables come from the service."""
    project = Project(tmp_path, "aliyun", {"review": "manual"})
    project.admit()
    project.templates["pickup"] = {
        "name": "取件通知",
        "type": "notification",
        "signature": "shop",
        "content": "您的{{ what }}已到{{ place }}，取件码{{ code }}。",
        "remark": "到货后",
        "params": {
            "what": {"sample": "包裹"},
            "place": {"sample": "东门驿站"},
            "code": {"sample": "3-1007", "kind": "pickup_code"},
        },
    }
    project.write()
    assert project.apply().code == 0
    project.approve_all()
    project.state_path.unlink()
    [template] = imported(project)["templates"].values()
    kinds = {name: each.get("kind") for name, each in template["params"].items()}
    assert kinds == {"what": None, "place": None, "code": "pickup_code"}
    assert template["remark"] == "到货后"
    assert template["signature"] in imported_signatures(project)
    assert project("plan", "--detailed-exitcode").code == 0


def imported_signatures(project: Project) -> set[str]:
    """The keys of the signatures that were written."""
    [path] = project.root.rglob("signatures.yaml")
    return set(yaml.safe_load(path.read_text())["signatures"])


def test_a_text_without_a_remark_gets_one_proposed(tmp_path: Path) -> None:
    """One that says what to write; a rejected one's would be an edit, and stays."""
    project = Project(tmp_path, "aliyun", {"review": "manual"})
    project.admit()
    seed = tmp_path / "seed.jsonl"
    rows = [
        {
            "kind": "template",
            "name": f"通知{n}",
            "text": f"您的${{what}}已到{n}号门。",
            "review": review,
            "TemplateType": 1,
            "Remark": "",
        }
        for n, review in enumerate(("approved", "in_review", "rejected"))
    ]
    seed.write_text("\n".join(json.dumps(row) for row in rows))
    result = project("emulate", "seed", "--provider", "p", str(seed))
    assert result.code == 0, result.err
    remarks = {
        each["name"]: each.get("remark", "")
        for each in imported(project)["templates"].values()
    }
    assert [bool(remarks[f"通知{n}"]) for n in range(3)] == [True, True, False]
    assert "已到0号门" in remarks["通知0"]
    plan = project.plan()
    assert {line["action"] for line in plan["lines"]} == {"none"}


def test_an_attribute_that_no_kind_leads_to_is_stated(tmp_path: Path) -> None:
    """Else the next edit would ask for digits where letters were approved."""
    project = Project(tmp_path, "aliyun", {"review": "manual"})
    project.admit()
    seed = tmp_path / "seed.jsonl"
    row = {
        "kind": "template",
        "name": "登录",
        "text": "您的验证码是${code}，请勿转告。",
        "review": "approved",
        "TemplateType": 0,
        "TemplateRule": '{"code":"characterWithNumber2"}',
    }
    seed.write_text(json.dumps(row))
    assert project("emulate", "seed", "--provider", "p", str(seed)).code == 0
    [template] = imported(project)["templates"].values()
    assert template["aliyun"] == {"template_rule": {"code": "characterWithNumber2"}}
    assert template["content"] == "您的验证码是{{ code }}，请勿转告。"
    assert project("plan", "--detailed-exitcode").code == 0
    errors = json.loads(project("validate", "--format", "json").out)["problems"]
    assert [each for each in errors if each["level"] == "error"] == []


def test_what_the_service_gave_is_left_out(tmp_path: Path) -> None:
    """A gifted template looks like any other in the list, and is still no one's."""
    project = Project(tmp_path, "aliyun", {"review": "manual"})
    project.admit()
    seed = tmp_path / "seed.jsonl"
    rows = [
        {
            "kind": "template",
            "name": name,
            "text": f"您的{name}已发货。",
            "review": "approved",
            "TemplateType": 1,
            "TemplateTag": tag,
        }
        for name, tag in (("订单", 2), ("赠品", 3), ("样品", 4))
    ]
    seed.write_text("\n".join(json.dumps(row) for row in rows))
    result = project("emulate", "seed", "--provider", "p", str(seed))
    assert result.code == 0, result.err
    names = [each["name"] for each in imported(project)["templates"].values()]
    assert names == ["订单"]
