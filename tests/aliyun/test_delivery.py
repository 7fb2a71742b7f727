"""What carriers make of a signature decides when its id is handed out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.project import Project
from smsform.delivery import LONGEST_WHY, Deliverable, Delivery
from smsform.emulation import faults
from smsform.explanation import Stage
from smsform.providers.aliyun import delivery, papers, wire
from smsform.providers.aliyun.explained import EXPLANATIONS

DAY = 86400.0


def carrier(code: str, status: int, *reasons: str, at: str = "") -> dict[str, Any]:
    """One item of SignIspRegisterDetailList."""
    told = {"OperatorCode": code, "RegisterStatus": status}
    rows = [{"ReasonCode": reason, "ReasonDescList": []} for reason in reasons]
    return {**told, "RegisterStatusReasons": rows, "OperatorCompleteTime": at}


def of(*carriers: dict[str, Any]) -> Delivery:
    """What is made of these."""
    return delivery.of_sign({"SignIspRegisterDetailList": list(carriers)})


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ((1, 3, 3), Deliverable.YES),
        ((1, 3, -1), Deliverable.NOT_YET),
        ((0, 3, -1), Deliverable.NO),
        ((2, 3, 3), Deliverable.NO),
        ((-2, 3, 3), Deliverable.NO),
        ((9, 3, 3), Deliverable.YES),
        ((9,), Deliverable.UNTOLD),
        ((), Deliverable.UNTOLD),
    ],
)
def test_the_worst_carrier_counts(statuses: tuple[int, ...], told: Deliverable) -> None:
    """A number that no document has says nothing."""
    codes = ("mobile", "unicom", "telecom")
    rows = [carrier(*each) for each in zip(codes, statuses, strict=False)]
    assert of(*rows).told is told


def test_the_reason_is_in_the_services_words() -> None:
    """Of the carriers that are worst, and since when."""
    told = of(
        carrier("mobile", 3, "DETECT_SUCCESS", at="2026-11-01 10:00:00"),
        carrier("unicom", 0, "QUALIFICATION_ERROR", at="2026-11-02 10:00:00"),
        carrier("telecom", 0, "SIGNATURE_ERROR"),
    )
    assert told.why == "unicom QUALIFICATION_ERROR, telecom SIGNATURE_ERROR"
    assert told.since == 1793584800


def test_hostile_words_are_kept_short_and_whole() -> None:
    """Half characters, a reason without an end, times before and after all times."""
    for time in ("0001-01-01 00:00:00", "9999-12-31 23:59:59", "1960-01-01 00:00:00"):
        told = of(carrier("mo\ud800", 0, "A" * 99_999, at=time))
        assert told.since == 0
        assert len(told.why) <= LONGEST_WHY
        assert told.why.encode().startswith(b"mo? AAA")
    odd = delivery.of_template({"UsableStateList": ["\ud800" + "B" * 99_999]})
    assert odd.why.encode()
    assert len(odd.why) <= LONGEST_WHY


def test_every_word_is_explained() -> None:
    """What carriers, papers and templates say, as the SDK's docstrings list it."""
    words = {word for _, word in delivery.REGISTERED.values() if word}
    words |= {word for paper in papers.PAPERS for word in paper.told}
    words |= {wire.MISSING_SIGNATURE, wire.UNAVAILABLE, "MISSING_VARIABLE"}
    words |= {"MISSING_TRAFFIC_DRIVING", "MISSING_TRAFFIC_DRIVING_ARCHIVE"}
    known = {each.code for each in EXPLANATIONS if each.stage is Stage.DELIVERY}
    assert words <= known


@pytest.mark.parametrize("reply", [{}, {"SignIspRegisterDetailList": "x"}])
def test_a_reply_without_carriers_tells_nothing(reply: dict[str, Any]) -> None:
    """Nor does one of another shape."""
    assert delivery.of_sign(reply).told is Deliverable.UNTOLD
    assert delivery.of_template(reply).told is Deliverable.UNTOLD
    odd = {"SignIspRegisterDetailList": [None, {"RegisterStatus": "3"}]}
    assert delivery.of_sign(odd).told is Deliverable.UNTOLD


def test_a_template_may_lack_something() -> None:
    """Whatever is not AVAILABLE is said."""
    lacking = {"UsableStateList": ["MISSING_VARIABLE", "MISSING_SIGNATURE"]}
    told = delivery.of_template(lacking)
    assert told == Delivery(Deliverable.NO, "MISSING_SIGNATURE, MISSING_VARIABLE")
    good = delivery.of_template({"UsableStateList": [wire.AVAILABLE]})
    assert good.told is Deliverable.YES


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A signature that is active everywhere."""
    project = Project(tmp_path, "aliyun")
    assert project.apply().code == 0
    approve(project)
    assert sign(project) == "示例商城"
    return project


def approve(project: Project) -> None:
    """All that is in review, and a look."""
    project.approve_all()
    assert project("status").code == 0


def sign(project: Project) -> str | None:
    """The signature that ids hands out."""
    kinds = project("ids").json["providers"].get("p", {})
    found: str | None = kinds.get("signature", {}).get("shop", {}).get("id")
    return found


def rename(project: Project, **settings: object) -> None:
    """Give the signature a new name, approved at once, at such an emulator."""
    project.settings.update(settings)
    project.signatures["shop"]["name"] = "示例新店"
    project.write()
    assert project.apply().code == 0
    approve(project)


def test_a_new_name_waits_for_the_slowest_carrier(project: Project) -> None:
    """Five days at one of them: ids switch on day five, and say why until then."""
    project.clock.sleep(9 * DAY)
    rename(project, carriers={"telecom": "5d"})
    for _ in range(5):
        assert sign(project) == "示例商城"
        status = project("status", "--format", "json").json
        [new] = [e for e in status["entries"] if e["id"] == "示例新店"]
        assert new["role"] == "candidate"  # not replaced, though another is active
        assert new["delivery"]["told"] == "not_yet"
        assert new["delivery"]["why"] == "telecom REGISTERING"
        shown = project("status").out
        assert "not deliverable yet since" in shown
        assert "telecom REGISTERING" in project("status", "--format", "markdown").out
        project.clock.sleep(DAY)
    assert project("status").code == 0
    assert sign(project) == "示例新店"
    assert "deliverable" not in project("status").out


def test_who_does_not_want_to_wait_says_so(project: Project) -> None:
    """``policy.ids: approved`` switches at once and asks nothing."""
    project.policy["ids"] = "approved"
    rename(project, carriers={"telecom": "5d"})
    assert sign(project) == "示例新店"


def test_a_carrier_that_refuses_needs_a_person(project: Project) -> None:
    """The old name stays; one that lapses later stays, too, and the exit code is 4."""
    rename(project, carriers={"示例新店": {"unicom": "failed"}})
    assert sign(project) == "示例商城"
    project.settings["carriers"] = {}
    project.write()
    assert project("status").code == 0
    assert sign(project) == "示例新店"
    project.settings["carriers"] = {"mobile": "lapsed"}
    project.write()
    assert project("status", "--delivery", "--detailed-exitcode").code == 4
    assert sign(project) == "示例新店"
    assert "NOT DELIVERABLE" in project("status").out


def calls(project: Project, action: str) -> int:
    """How many calls of *action* have arrived."""
    log = json.loads(project("emulate", "log", "--format", "json").out)
    return [call["action"] for call in log["calls"]].count(action)


def test_nothing_is_asked_that_decides_nothing(project: Project) -> None:
    """A settled project costs its lists alone."""
    before = calls(project, wire.GET_SIGN)
    for command in ("plan", "status", "plan"):
        assert project(command).code == 0
    assert calls(project, wire.GET_SIGN) == before
    assert project("status", "--delivery").code == 0
    assert calls(project, wire.GET_SIGN) == before + 1


@pytest.mark.parametrize(
    ("kind", "after"),
    [(faults.FaultKind.DROP_BEFORE, "示例商城"), (faults.FaultKind.REFUSE, "示例新店")],
)
def test_what_cannot_be_asked(
    project: Project, kind: faults.FaultKind, after: str
) -> None:
    """Without an answer nothing moves; a key without the right goes by review."""
    project.signatures["shop"]["name"] = "示例新店"
    project.write()
    assert project.apply().code == 0
    code = {} if kind is faults.FaultKind.DROP_BEFORE else {"code": "Forbidden.RAM"}
    project.fault(kind, wire.GET_SIGN, times=99, **code)
    approve(project)
    assert sign(project) == after
    project.store.execute("DELETE FROM fault")
    assert project("status").code == 0
    assert sign(project) == "示例新店"


def doctor(project: Project) -> list[tuple[str, str]]:
    """Health and words of what doctor says of delivery."""
    checks = project("doctor", "--format", "json").json["checks"]
    return [(c["health"], c["found"]) for c in checks if c["topic"] == "delivery"]


def test_doctor_names_what_waits(project: Project) -> None:
    """Beside what is handed out; a replaced version that arrives is nobody's matter."""
    rename(project, carriers={"示例新店": {"telecom": "5d"}})
    for form in ("text", "markdown"):
        planned = project("plan", "--format", form).out
        assert "does not reach people" in planned
        assert "telecom REGISTERING" in planned
    waits, counted = doctor(project)
    assert waits == (
        "warn",
        "p/signature.shop (示例新店) does not arrive yet: telecom REGISTERING",
    )
    assert counted == ("ok", "ids that are told to arrive: 1 of 2")
    project.clock.sleep(5 * DAY)
    assert project("status").code == 0
    assert sign(project) == "示例新店"
    assert doctor(project) == [("ok", "ids that are told to arrive: 1 of 1")]


def test_doctor_speaks_chinese(project: Project) -> None:
    """Both what is found and what to do."""
    project.settings["carriers"] = {"mobile": "lapsed"}
    project.write()
    out = project("--lang", "zh", "doctor").out
    assert "无法送达：mobile NO_SEND_RECORD" in out
    assert "送达" in out
