"""What Tencent Cloud tells of a qualification decides when its signature is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.project import Project
from smsform.delivery import UNTOLD, Deliverable
from smsform.providers.tencent import convert, delivery, wire

ITEM = {
    "SignId": 7,
    "International": 0,
    "StatusCode": 0,
    "SignName": "示例商城",
    "CreateTime": 1700000000,
    "QualificationId": 4001,
    "QualificationName": "资质",
    "QualificationStatusCode": 1,
}


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (0, Deliverable.NOT_YET),
        (1, Deliverable.YES),
        (2, Deliverable.NO),
        (3, Deliverable.NO),
        (4, Deliverable.NOT_YET),
        (5, Deliverable.NO),
        (6, Deliverable.UNTOLD),
        ("1", Deliverable.UNTOLD),
        (True, Deliverable.UNTOLD),
        (None, Deliverable.UNTOLD),
    ],
)
def test_the_state_of_a_qualification(state: object, told: Deliverable) -> None:
    """The service's own number is the reason; another number says nothing."""
    entry = convert.existing_signature({**ITEM, "QualificationStatusCode": state})
    assert entry.delivery is not None
    assert entry.delivery.told is told
    hinders = entry.delivery.hinders
    assert entry.delivery.why == (f"QualificationStatusCode {state}" if hinders else "")


@pytest.mark.parametrize(
    "change",
    [
        {"QualificationId": 0, "QualificationStatusCode": 0},  # abroad, and very old
        {"StatusCode": wire.IN_REVIEW, "QualificationStatusCode": 0},
        {"StatusCode": wire.REJECTED, "QualificationStatusCode": 2},
        {"QualificationId": None, "QualificationStatusCode": 2},
    ],
)
def test_what_says_nothing(change: dict[str, Any]) -> None:
    """No qualification, or no signature that could be sent with."""
    assert delivery.of_signature({**ITEM, **change}) == UNTOLD


def test_the_example_of_the_documents_says_nothing() -> None:
    """It leaves all three fields of the qualification out."""
    bare = {name: value for name, value in ITEM.items() if "Qualif" not in name}
    assert delivery.of_signature(bare) == UNTOLD


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A signature that is active."""
    project = Project(tmp_path, "tencent")
    assert project.apply().code == 0
    approve(project)
    return project


def approve(project: Project) -> None:
    """All that is in review, and a look."""
    project.approve_all()
    assert project("status").code == 0


def ids(project: Project) -> dict[str, str]:
    """The signatures that ids hands out: key -> what to send."""
    kinds = project("ids").json["providers"].get("p", {})
    return {key: each["send"] for key, each in kinds.get("signature", {}).items()}


def calls(project: Project) -> int:
    """How many calls have arrived."""
    return len(json.loads(project("emulate", "log", "--format", "json").out)["calls"])


def qualification(project: Project, id: int, state: str) -> None:
    """Let the emulator's qualification *id* be in that state, 4001 being approved."""
    project.settings["qualifications"] = {4001: "approved", id: state}
    project.write()


def rename(project: Project) -> None:
    """A new name with a qualification of its own, approved."""
    project.settings["qualifications"] = {4001: "approved", 4002: "approved"}
    project.signatures["shop"] = {
        "name": "示例新店",
        "tencent": {**project.signatures["shop"]["tencent"], "qualification_id": 4002},
    }
    project.write()
    assert project.apply().code == 0


def test_a_new_name_waits_for_its_qualification(project: Project) -> None:
    """Approved, it is not handed out while its papers are in review again."""
    rename(project)
    qualification(project, 4002, "changed")
    approve(project)
    assert ids(project) == {"shop": "示例商城"}
    shown = project("status").out
    assert "not deliverable yet since" in shown
    assert "QualificationStatusCode 4" in shown
    qualification(project, 4002, "approved")
    assert project("status").code == 0
    assert ids(project) == {"shop": "示例新店"}


def test_who_does_not_want_to_wait_says_so(project: Project) -> None:
    """``policy.ids: approved`` switches at once."""
    project.policy["ids"] = "approved"
    rename(project)
    qualification(project, 4002, "lacking")
    approve(project)
    assert ids(project) == {"shop": "示例新店"}


def test_a_refused_change_needs_a_person(project: Project) -> None:
    """Of what is handed out: the id stays, the exit code is 4, until it is mended."""
    qualification(project, 4001, "change_refused")
    assert project("status", "--detailed-exitcode").code == 4
    assert ids(project) == {"shop": "示例商城"}
    assert "NOT DELIVERABLE" in project("status").out
    qualification(project, 4001, "approved")
    assert project("status", "--detailed-exitcode").code == 0


def test_it_costs_no_call(project: Project) -> None:
    """The list tells it: asking for delivery asks nothing more."""
    before = calls(project)
    assert project("status").code == 0
    plain = calls(project) - before
    assert project("status", "--delivery").code == 0
    assert calls(project) - before == 2 * plain


def test_it_is_written_once(project: Project) -> None:
    """A second look changes no byte of the state."""
    path = project.root / ".smsform" / "emulator.state.json"
    before = path.read_bytes()
    assert json.loads(before)["providers"]["p"]["entries"]["signature.shop"]
    assert b'"delivery"' in before
    assert project("status").code == 0
    assert path.read_bytes() == before
