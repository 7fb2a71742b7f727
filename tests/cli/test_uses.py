"""``smsform uses``: whose the ids in source code are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.project import Project
from smsform.cli import Exit, run
from smsform.model import Kind
from smsform.registry import specs

TYPE = next(type for type, spec in specs().items() if len(spec.sites) > 1)
PREFIXED = [t for t, spec in specs().items() if spec.kinds[Kind.TEMPLATE].id_prefix]


def a_version(id: str, **more: object) -> dict[str, object]:
    """What the state file says of one version."""
    return {"id": id, "origin": "submitted", "name": "n", "review": "approved", **more}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One template with a version of every role, and a signature."""
    (tmp_path / "sms").mkdir()
    project = Project(tmp_path / "sms", TYPE)
    versions = [
        a_version("1100001", gone=True),
        a_version("1100002"),
        a_version("1100003"),
        a_version("1100004", review="in_review"),
    ]
    entries = {
        "template.a": {"versions": versions, "active": "1100003"},
        "signature.shop": {"versions": [{**a_version("5"), "name": "示例商城"}]},
    }
    identity = {"type": TYPE, "endpoint": "emulator", "region": "ap-guangzhou"}
    block = {"identity": identity, "entries": entries}
    document = {"smsform": 1, "providers": {"p": block}}
    project.state_path.write_text(json.dumps(document))
    return project


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """An application that uses them all."""
    path = tmp_path / "shop" / "Sms.java"
    path.parent.mkdir()
    path.write_text(
        "".join(f'a("110000{n}");\n' for n in range(1, 5)) + 's("示例商城");\n'
    )
    return path.parent


def test_every_role_is_said(
    project: Project, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line a place, with the address."""
    assert run(["-C", str(project.root), "uses", str(shop)]) == Exit.FINE
    *lines, count = capsys.readouterr().out.splitlines()
    file = f"{shop.resolve()}/Sms.java"
    assert lines == [
        f"{file}:1:4: 1100001 p/template.a retired",
        f"{file}:2:4: 1100002 p/template.a replaced",
        f"{file}:3:4: 1100003 p/template.a active",
        f"{file}:4:4: 1100004 p/template.a candidate",
        f"{file}:5:4: 示例商城 p/signature.shop replaced",
    ]
    assert count == "5 uses of 5 ids in 1 files"


def test_programs_get_json(
    project: Project, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same as a document."""
    here = ["-C", str(project.root)]
    assert run([*here, "uses", str(shop), "--format", "json"]) == Exit.FINE
    document = json.loads(capsys.readouterr().out)
    assert document["smsform_uses"] == 1
    assert [use["line"] for use in document["uses"]] == [1, 2, 3, 4, 5]
    assert document["uses"][2]["owners"] == [
        {"address": "p/template.a", "role": "active"}
    ]


def test_a_path_without_files_fails(
    project: Project, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was found is printed all the same."""
    missing = shop.parent / "elsewhere"
    here = ["-C", str(project.root)]
    assert run([*here, "uses", str(shop), str(missing)]) == Exit.ERROR
    out, err = capsys.readouterr()
    assert "1100003" in out
    assert err == f"{missing}: there is no file to search\n"


def test_without_a_path_the_policy_says(
    project: Project, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``policy.uses``, from the project's folder; without it there is nothing to do."""
    here = ["-C", str(project.root)]
    assert run([*here, "uses"]) == Exit.USAGE
    assert "policy.uses" in capsys.readouterr().err
    project.policy["uses"] = ["../shop"]
    project.write()
    assert run([*here, "uses"]) == Exit.FINE
    assert "5 uses" in capsys.readouterr().out


def test_files_of_the_project_are_no_use(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Definitions and the state file name ids and send nothing."""
    (project.root / "texts.yaml").write_text("templates: {}\n# 1100003\n")
    (project.root / "notes.md").write_text("1100002\n")
    assert run(["-C", str(project.root), "uses", str(project.root)]) == Exit.FINE
    out = capsys.readouterr().out
    assert "texts.yaml" not in out
    assert "notes.md:1:1: 1100002 p/template.a replaced" in out


@pytest.mark.parametrize("type", PREFIXED)
def test_an_id_that_nobody_owns_is_said(
    tmp_path: Path, type: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the service's ids can be told from anything else."""
    (tmp_path / "sms").mkdir()
    project = Project(tmp_path / "sms", type)
    prefix = next(k.id_prefix for k in specs()[type].kinds.values() if k.id_prefix)
    (tmp_path / "app.py").write_text(f'send("{prefix}99")\n')
    here = ["-C", str(project.root)]
    assert run([*here, "uses", str(tmp_path / "app.py")]) == Exit.FINE
    assert f"{prefix}99 unknown" in capsys.readouterr().out


def a_replaced_text(root: Path, type: str) -> Project:
    """A template whose first version was replaced; its policy watches ``../shop``."""
    root.mkdir()
    project = Project(root, type, policy={"uses": ["../shop"]})
    project.admit()
    text = {"type": "notification", "signature": "shop"}
    for content in ("您的维修单已受理。", "您的维修单已经受理。"):
        project.templates["repair"] = {**text, "content": content}
        project.write()
        assert project.apply().code == 0
        project.approve_all()
        assert project("status").code == 0
    return project


@pytest.mark.parametrize("type", sorted(specs()))
def test_an_id_in_use_is_not_deleted(tmp_path: Path, type: str) -> None:
    """Named with file and line; once the code has another id it goes."""
    project = a_replaced_text(tmp_path / "sms", type)
    [first, second] = [
        each["id"] for each in project.records()["template.repair"]["versions"]
    ]
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "Sms.java").write_text(f'\nsend("{first}");\n')
    retire = ("--retire", "p/template.repair")
    refused = project("apply", "--auto-approve", *retire)
    assert f"{(shop / 'Sms.java').resolve()}:2" in refused.err
    [kept] = project.plan()["retirable"]
    assert kept["id"] == first
    assert kept["spared"].endswith("Sms.java:2")
    (shop / "Sms.java").write_text(f'send("{second}");\n')
    saved = project.root / "plan.json"
    assert project("plan", "-o", str(saved), *retire).code == 0
    (shop / "Sms.java").write_text(f'send("{first}");\n')
    assert project("apply", "--detailed-exitcode", str(saved)).code == Exit.STALE
    assert len(project.entries()) == 2
    (shop / "Sms.java").write_text(f'send("{second}");\n')
    assert project("apply", str(saved)).code == Exit.FINE
    assert [project.id_of(each) for each in project.entries()] == [second]


def test_nothing_is_deleted_where_a_checkout_is_missing(tmp_path: Path) -> None:
    """No folder, or an empty one, tells nothing of what is in use."""
    project = a_replaced_text(tmp_path / "sms", TYPE)
    retire = ("--retire", "p/template.repair")
    for _ in range(2):
        assert "policy.uses" in project("apply", "--auto-approve", *retire).err
        (tmp_path / "shop").mkdir(exist_ok=True)
    assert len(project.entries()) == 2
    (tmp_path / "shop" / "README").write_text("nothing here\n")
    assert project("apply", "--auto-approve", *retire).code == Exit.FINE
    assert len(project.entries()) == 1
