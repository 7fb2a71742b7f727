"""Letters, trademarks and qualifications: their terms are told, and told in time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from conformance.project import Project
from smsform.delivery import SOON, UNTOLD, Deliverable, Delivery, Term, worst
from smsform.emulation import faults
from smsform.errors import Refused
from smsform.hours import BEIJING
from smsform.providers.aliyun import papers, wire

DAY = 86400.0
TODAY = date(2026, 11, 29)
SIGN = {"QualificationId": 7, "AuthorizationLetterId": 1000, "TrademarkId": 0}
LETTER = {
    "AuthorizationLetterId": 1000,
    "State": "PASSED",
    "Status": "VALID",
    "AuthorizationLetterExpDate": "2023-01-01~2027-01-01",
}
QUALIFICATION = {
    "QualificationGroupId": "7",
    "EffTimeStr": "2020-01-01~2030-05-05",
    "State": "PASSED",
}
REPLIES = {wire.QUERY_LETTERS: LETTER, wire.QUERY_QUALIFICATION: QUALIFICATION}


def told(change: Mapping[str, Mapping[str, object]], today: date = TODAY) -> Delivery:
    """What is made of SIGN, where the replies are changed like this."""
    replies = {key: {**row, **change.get(key, {})} for key, row in REPLIES.items()}
    rows = papers.read_papers([SIGN], lambda action, _: [replies[action]])
    return worst(*papers.of_papers(SIGN, rows, today))


def test_good_papers_say_nothing_but_when_they_end() -> None:
    """The next to run out first."""
    found = told({})
    assert found.told is Deliverable.UNTOLD
    assert found.terms == (
        Term("AuthorizationLetter 1000", "2027-01-01"),
        Term("Qualification 7", "2030-05-05"),
    )


@pytest.mark.parametrize(
    ("action", "change", "answer", "paper"),
    [
        (wire.QUERY_LETTERS, {"Status": "INVALID"}, "no", "AuthorizationLetter 1000"),
        (wire.QUERY_QUALIFICATION, {"State": "INT"}, "not_yet", "Qualification 7"),
        (wire.QUERY_QUALIFICATION, {"State": "FAILED"}, "no", "Qualification 7"),
        (wire.QUERY_QUALIFICATION, {"State": "NOT_FINISH"}, "no", "Qualification 7"),
        (wire.QUERY_QUALIFICATION, {"State": "CANCELED"}, "no", "Qualification 7"),
        (wire.QUERY_QUALIFICATION, {"State": "SOMETHING"}, "untold", ""),
        (wire.QUERY_LETTERS, {"Status": None}, "untold", ""),
    ],
)
def test_what_a_paper_is(
    action: str, change: dict[str, object], answer: str, paper: str
) -> None:
    """The service's word and its own number; a word nobody knows says nothing."""
    found = told({action: change})
    [word] = change.values()
    assert (found.told, found.why) == (answer, f"{paper} {word}" if paper else "")


def test_a_term_that_is_over_is_a_no() -> None:
    """On its last day it holds, whatever the state says the day after."""
    last = date(2027, 1, 1)
    assert told({}, last).told is Deliverable.UNTOLD
    over = told({}, last + timedelta(1))
    assert over.told is Deliverable.NO
    assert over.why == "AuthorizationLetter 1000 2023-01-01~2027-01-01"


@pytest.mark.parametrize(
    "term",
    [
        "2020-01-01~长期",
        "2020-01-01~9999-12-31",
        "",
        None,
        20200101,
        "2026-13-40",
        "2020-01-01~2026-02-30",
        ["2020-01-01~2027-01-01"],
        "～",
        "2020-01-01 2027",
    ],
)
def test_a_term_without_an_end_says_nothing(term: object) -> None:
    """For good, or of no form that is known."""
    found = told({wire.QUERY_LETTERS: {"AuthorizationLetterExpDate": term}})
    assert [each.paper for each in found.terms] == ["Qualification 7"]


def test_no_paper_no_call() -> None:
    """One call for all letters, one a qualification, none for what is not there."""
    asked: list[tuple[str, dict[str, str]]] = []

    def query(action: str, fields: Mapping[str, str]) -> list[Any]:
        asked.append((action, dict(fields)))
        return []

    signs: list[dict[str, object]] = [
        {"QualificationId": 7, "AuthorizationLetterId": 2},
        {"QualificationId": 7, "AuthorizationLetterId": "1"},
        {"QualificationId": 0, "TrademarkId": None, "AppIcpRecordId": 9},
        {"TrademarkId": "x"},
    ]
    assert papers.read_papers(signs, query) == {}
    assert asked == [
        (wire.QUERY_QUALIFICATION, {"QualificationGroupId": "7"}),
        (wire.QUERY_LETTERS, {"AuthorizationLetterIdList": "[1, 2]"}),
    ]


def test_what_a_key_may_not_ask_is_left_out() -> None:
    """The other papers are told all the same."""

    def query(action: str, fields: Mapping[str, str]) -> list[dict[str, str]]:
        if action == wire.QUERY_LETTERS:
            raise Refused("p", action, "no", "", code="Forbidden.RAM")
        return [QUALIFICATION]

    rows = papers.read_papers([SIGN], query)
    assert list(rows) == [("QualificationId", 7)]


def test_the_worst_counts_and_nothing_is_nothing() -> None:
    """Reasons of all that are as bad; what says nothing takes nothing away."""
    no, other = Delivery(Deliverable.NO, "a", 5), Delivery(Deliverable.NO, "b", 3)
    assert worst(no, UNTOLD, other, Delivery(Deliverable.YES)) == Delivery(
        Deliverable.NO, "a, b", 5
    )
    assert worst() == UNTOLD
    assert worst(UNTOLD, Delivery(Deliverable.YES)).told is Deliverable.YES


LETTERED = {
    "sign_source": 0,
    "qualification_id": 2004393,
    "third_party": True,
    "authorization_letter_id": 1000,
}
SETTINGS = {"qualifications": {2004393: "third_party"}}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A signature that stands on a letter, active, whose letter holds for 40 days."""
    project = Project(tmp_path, "aliyun")
    project.signatures["shop"]["aliyun"] = LETTERED
    project.settings |= SETTINGS
    letter(project, 40)
    assert project.apply().code == 0
    project.approve_all()
    assert project("status").code == 0
    return project


def day(project: Project, days: int) -> str:
    """The date that many days from now, in the project's time and in Beijing."""
    moment = datetime.fromtimestamp(project.clock.now() + days * DAY, BEIJING)
    return moment.date().isoformat()


def letter(project: Project, days: int) -> str:
    """Let the letter hold that many days from now; its last day."""
    last = day(project, days)
    project.settings["terms"] = {"letters": {1000: last}}
    project.write()
    return last


def calls(project: Project) -> list[str]:
    """The actions that were called."""
    log = json.loads(project("emulate", "log", "--format", "json").out)
    return [call["action"] for call in log["calls"]]


def asked(project: Project, *command: str) -> list[str]:
    """The calls that *command* made about delivery."""
    before = len(calls(project))
    assert project(*command).code == 0
    return [
        action
        for action in calls(project)[before:]
        if action in (wire.GET_SIGN, *wire.PAPERS)
    ]


def test_an_end_within_thirty_days_is_announced(project: Project) -> None:
    """With its date, in project time; what was learned at the approval is enough."""
    last = day(project, 40)
    assert "runs out" not in project("status").out
    assert asked(project, "status") == []
    assert project("emulate", "advance", "9d").code == 0
    assert asked(project, "status") == []
    assert project("emulate", "advance", "2d").code == 0
    for form in ("text", "markdown"):
        shown = project("status", "--format", form).out
        assert last in shown
        assert "AuthorizationLetter 1000" in shown
    [entry] = project("status", "--format", "json").json["entries"]
    assert entry["delivery"]["terms"][0] == {
        "paper": "AuthorizationLetter 1000",
        "until": last,
        "days": 29,
    }
    assert project("status", "--detailed-exitcode").code == 0


def test_a_letter_that_ran_out(project: Project) -> None:
    """The id stays, the exit code says that a person is needed, until it is renewed."""
    assert project("emulate", "advance", "45d").code == 0
    result = project("status", "--detailed-exitcode")
    assert result.code == 4
    assert "NOT DELIVERABLE" in result.out
    assert "AuthorizationLetter 1000 INVALID" in result.out
    assert "ran out on" in result.out
    assert "示例商城" in project("ids", "--format", "env").out
    letter(project, 400)
    assert project("status", "--detailed-exitcode").code == 0
    assert "DELIVERABLE" not in project("status").out


def test_it_is_asked_again_only_when_it_is_due(project: Project) -> None:
    """A plan never asks; a status does within the last days, in case it was renewed."""
    assert asked(project, "plan") == []
    assert asked(project, "status", "--delivery") == [
        wire.GET_SIGN,
        wire.QUERY_QUALIFICATION,
        wire.QUERY_LETTERS,
    ]
    assert project("emulate", "advance", "35d").code == 0
    assert asked(project, "plan") == []
    assert sorted(asked(project, "status")) == sorted(
        [wire.GET_SIGN, wire.QUERY_QUALIFICATION, wire.QUERY_LETTERS]
    )
    letter(project, 400)
    assert asked(project, "status")
    assert asked(project, "status") == []


def test_the_state_holds_the_terms(project: Project) -> None:
    """Written once; another look writes nothing."""
    path = project.root / ".smsform" / "emulator.state.json"
    before = path.read_bytes()
    entry = json.loads(before)["providers"]["p"]["entries"]["signature.shop"]
    [kept] = [version["delivery"] for version in entry["versions"]]
    assert [term["paper"] for term in kept["terms"]] == [
        "AuthorizationLetter 1000",
        "Qualification 2004393",
    ]
    assert project("status", "--delivery").code == 0
    assert path.read_bytes() == before


def test_a_name_whose_letter_ran_out_is_not_switched_to(project: Project) -> None:
    """Until the letter is renewed; nothing but the letter keeps it."""
    project.signatures["shop"] = {
        "name": "示例新店",
        "aliyun": {**LETTERED, "authorization_letter_id": 1001},
    }
    project.settings["terms"] = {"letters": {1001: day(project, 1)}}
    project.write()
    assert project.apply().code == 0
    project.approve_all()
    assert project("emulate", "advance", "3d").code == 0
    assert project("status").code == 0
    assert "示例新店" not in project("ids", "--format", "env").out
    letter(project, 400)
    assert project("status").code == 0
    assert "示例新店" in project("ids", "--format", "env").out


def test_a_key_without_the_right_goes_by_the_rest(project: Project) -> None:
    """What is refused is as if it were not told; a fault moves nothing."""
    project.fault(
        faults.FaultKind.REFUSE, wire.QUERY_LETTERS, times=9, code="Forbidden.RAM"
    )
    assert project("status", "--delivery", "--detailed-exitcode").code == 0


def test_a_signature_nobody_uses_is_dropped_after_half_a_year(
    project: Project,
) -> None:
    """By the carriers, as their word says; a message sent keeps it for as long."""
    letter(project, 4000)
    assert project("emulate", "advance", "179d").code == 0
    assert project("status", "--delivery", "--detailed-exitcode").code == 0
    assert project("emulate", "advance", "2d").code == 0
    result = project("status", "--delivery", "--detailed-exitcode")
    assert result.code == 4
    assert "telecom NO_SEND_RECORD" in result.out


def test_thirty_days_are_thirty() -> None:
    """Both ends, around midnight in Beijing."""
    told = Delivery(Deliverable.YES, terms=(Term("x", "2026-12-31"),))
    last = datetime(2026, 12, 31, tzinfo=BEIJING) - timedelta(days=SOON)
    assert not told.ending(last.timestamp() - 1)
    assert told.ending(last.timestamp())
    after = datetime(2027, 1, 1, tzinfo=BEIJING).timestamp()
    assert told.terms[0].days(after) == -1


def checks(project: Project) -> list[dict[str, str]]:
    """What doctor says of delivery."""
    found = project("doctor", "--format", "json").json["checks"]
    return [each for each in found if each["topic"] == "delivery"]


def test_doctor_asks_and_says_what_runs_out(project: Project) -> None:
    """With its day; once it is over that is a failure: nothing arrives."""
    [fine] = checks(project)
    assert (fine["health"], fine["found"]) == (
        "ok",
        "ids that are told to arrive: 1 of 1",
    )
    last = letter(project, 20)
    soon, *_ = checks(project)
    assert soon["health"] == "warn"
    assert f"AuthorizationLetter 1000 runs out on {last}" in soon["found"]
    assert soon["todo"]
    letter(project, -1)
    over, *_ = checks(project)
    assert over["health"] == "fail"
    assert "AuthorizationLetter 1000 INVALID" in over["found"]
    assert project("doctor").code == 1


def test_doctor_does_not_fail_for_a_right_it_can_do_without(project: Project) -> None:
    """Of papers nothing is told then; the carriers' word is."""
    for action in wire.PAPERS:
        project.fault(faults.FaultKind.REFUSE, action, times=9, code="Forbidden.RAM")
    [fine] = checks(project)
    assert fine["health"] == "ok"
    assert project("doctor").code == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_it(project: Project, language: str) -> None:
    """What a plan knows of delivery, with no call more than that plan makes."""
    last = letter(project, 20)
    assert project("status", "--delivery").code == 0
    written, page = project.root / "plan.json", project.root / "page.html"
    before = len(calls(project))
    written.write_text(project("plan", "--format", "json").out, encoding="utf-8")
    assert not {wire.GET_SIGN, *wire.PAPERS} & set(calls(project)[before:])
    speak = ("--lang", language)
    assert project(*speak, "preview", "--plan", str(written), "-o", str(page)).code == 0
    html = page.read_text(encoding="utf-8")
    said = {"en": "valid until", "zh": "有效期至"}[language]
    assert "AuthorizationLetter 1000" in html
    assert f"{said} {last}" in html
    [line] = json.loads(written.read_text())["providers"]["p"]["lines"]
    assert line["delivery"]["told"] == "yes"
    assert [each["until"] for each in line["delivery"]["terms"]] == [last]
