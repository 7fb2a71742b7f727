"""Which runs tell, in whose words, and what a target has to do with an exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.mixed import a_template
from conformance.project import Project, facts
from notify import receivers
from notify.project import WISH, a_project, judge, loud, notices
from notify.receivers import SECRET, TOKEN, VARIABLE, Receiver
from smsform import Project as Api
from smsform.emulation.faults import FaultKind
from smsform.model import Review
from smsform.notices import News
from smsform.notify.inert import inert
from smsform.notify.link import link, repository
from smsform.project.telling import Telling
from smsform.project.workspace import open_store
from smsform.registry import specs

PUSHING = next(type for type, spec in specs().items() if spec.reports)


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A chat whose address is in the variable."""
    with receivers.receiving("wecom") as found:
        monkeypatch.setenv(VARIABLE, found.address)
        yield found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two templates that were judged since anybody looked."""
    project = a_project(tmp_path)
    judge(project)
    return project


def test_a_wait_tells_at_its_end_in_one_message(tmp_path: Path, target: Receiver):
    """What came one after the other."""
    project = Project(tmp_path, sorted(specs())[-1], {"review": {"after": "20m"}})
    project.more = {"notify": [WISH]}
    project.templates["shipped"] = a_template("shipped", "您的订单已发货。")
    project.write()
    result = loud(project, "apply", "--auto-approve", "--wait", "--timeout", "9h")
    assert result.code == 0, result.err
    [text] = target.taken
    assert "2 approved" in text
    assert "template shipped" in text
    assert "signature shop" in text
    assert loud(project, "status", "--wait").code == 0
    assert len(target.taken) == 1


def test_waiting_for_a_rejection_tells_and_ends_with_4(
    project: Project, target: Receiver
):
    """The exit code is the wait's own."""
    assert loud(project, "status", "--wait", "--format", "json").code == 4
    [text] = target.taken
    assert "1 rejected, 1 approved" in text


def test_an_apply_that_learns_a_verdict_tells_it(project: Project, target: Receiver):
    """It reads before it does anything."""
    assert loud(project, "apply", "--auto-approve").code == 0
    assert len(target.taken) == 1


def test_pushed_verdicts_are_told(tmp_path: Path, target: Receiver):
    """Learned without asking the service."""
    project = Project(tmp_path, PUSHING, {"review": "manual", "push": "pushes.jsonl"})
    project.admit()
    project.more = {"notify": [WISH]}
    project.templates["shipped"] = a_template("shipped", "您的订单已发货。")
    project.write()
    assert project.apply().code == 0
    pushed = project.state_path.parent / "pushes.jsonl"
    pushed.unlink()
    newest = project.id_of(project.entries()[-1])
    assert project("emulate", "review", newest, "--reject", "请补充").code == 0
    for _ in range(2):
        assert loud(project, "status", "--ingest", str(pushed)).code == 0
    [text] = target.taken
    assert "请补充" in text


def test_a_failed_change_is_told_once_for_its_reason(tmp_path: Path, target: Receiver):
    """Not by every scheduled run; again with another reason; then its success."""
    project = a_project(tmp_path, ())
    project.templates["shipped"] = a_template("shipped", "您的订单已发货。")
    project.write()
    one, other = facts(project.type)["refusals"][:2]  # of the text, of the quota
    for code in (one, one, other):
        project.fault(FaultKind.REFUSE, project.create_action, code=code)
        assert loud(project, "apply", "--auto-approve").code == 1
    first, second = target.taken
    assert "1 failed" in first
    assert inert(one) in first
    assert inert(other) in second
    assert loud(project, "apply", "--auto-approve").code == 0
    assert notices(project) == []
    assert len(target.taken) == 2


def test_without_the_variable_it_waits(
    project: Project, monkeypatch: pytest.MonkeyPatch, target: Receiver
):
    """A line says so; a run that has it tells."""
    monkeypatch.delenv(VARIABLE)
    result = loud(project, "status")
    assert result.code == 0
    assert f"2 to tell {VARIABLE}, which is not set" in result.err
    monkeypatch.setenv(VARIABLE, target.address)
    assert loud(project, "status").code == 0
    assert len(target.taken) == 1


def test_no_notify_leaves_it_to_the_next_run(project: Project, target: Receiver):
    """Which may be the command for it."""
    assert loud(project, "status", "--no-notify").code == 0
    assert target.taken == []
    assert len(notices(project)) == 2
    assert loud(project, "notify").out == f"{VARIABLE} (WeCom): told 2\n"
    assert loud(project, "notify").out == f"{VARIABLE}: nothing to tell\n"
    assert len(target.taken) == 1


def test_while_another_run_has_the_state_nothing_is_told(
    project: Project, target: Receiver
):
    """That one will; what was learned is not lost."""
    assert loud(project, "status", "--no-notify").code == 0
    store = open_store(Api.load(project.root))
    store.lock()
    try:
        assert loud(project, "notify").code != 0
    finally:
        store.unlock()
    assert target.taken == []
    assert loud(project, "notify").code == 0
    assert len(target.taken) == 1


def test_a_test_message_says_what_will_be_told(tmp_path: Path, target: Receiver):
    """Whatever is pending stays so; JSON for programs; 1 where it was not taken."""
    project = a_project(tmp_path)
    result = loud(project, "notify", "--test")
    assert result.code == 0
    assert result.out == f"{VARIABLE} (WeCom): the test was taken\n"
    assert "Failed, Rejected, Approved" in target.taken[0]
    target.answers = ["refusal"]
    refused = loud(project, "notify", "--test", "--to", VARIABLE, "--format", "json")
    assert refused.code == 1
    [told] = json.loads(refused.out)["targets"]
    assert told["result"] == "failed"
    assert "93000" in told["why"]
    assert loud(project, "notify", "--test", "--to", "NOBODY").code == 64
    assert len(target.taken) == 1


def test_who_tells_nobody_is_told_how_to(tmp_path: Path):
    """An error with the line to write."""
    project = Project(tmp_path, PUSHING)
    result = loud(project, "notify", "--test")
    assert result.code == 1
    assert "notify: [{to: env:SMSFORM_NOTIFY_OPS}]" in result.err


def test_a_target_is_told_in_its_language(tmp_path: Path, target: Receiver):
    """And hears of what it asked for alone."""
    project = a_project(tmp_path, language="zh", on=["rejected"])
    judge(project)
    assert loud(project, "status").code == 0
    [text] = target.taken
    assert "1 个未通过审核" in text
    assert "审核意见：" in text
    assert "pickup" not in text


def test_the_language_of_the_run_is_the_usual_one(project: Project, target: Receiver):
    """As everything else it says."""
    assert loud(project, "--lang", "zh", "status").code == 0
    assert "1 个未通过审核，1 个已通过" in target.taken[0]


def test_many_verdicts_are_one_message_that_counts(tmp_path: Path, target: Receiver):
    """What does not fit is counted and was told, too."""
    project = a_project(tmp_path, ("first", "second", "third", "fourth"))
    for entry in project.entries():
        project.judge(entry, Review.REJECTED, "内容与签名不符。" * 40)
    assert loud(project, "status").code == 0
    assert target.wrong == []
    [text] = target.taken
    assert "4 rejected" in text
    assert "more: see `smsform status`" in text
    assert notices(project) == []


def test_programs_tell_when_they_say_so(project: Project, target: Receiver):
    """Methods note, and ``notify`` tells; what comes back has no address."""
    api = Api.load(project.root)
    api.status()
    assert target.taken == []
    target.answers = [500]
    [failed] = api.notify()
    [sent] = api.notify()
    [nothing] = api.notify()
    assert [each.result for each in (failed, sent, nothing)] == [
        Telling.FAILED,
        Telling.SENT,
        Telling.NOTHING,
    ]
    assert sent.number == 2
    assert not any(part in repr((failed, sent)) for part in (TOKEN, SECRET))


@pytest.mark.parametrize(
    "written",
    [
        "https://hooks.example.com/s3cret",
        "[https://hooks.example.com/s3cret]",
        "{a: https://hooks.example.com/s3cret}",
        "env:lower",
        "'#s3cret'",
        "'env:'",
    ],
)
def test_an_address_in_the_file_is_refused_unquoted(tmp_path: Path, written: str):
    """When the file is read, with its line, by every command."""
    project = Project(tmp_path, PUSHING)
    config = project.root / "smsform.yaml"
    config.write_text(f"{config.read_text()}\nnotify:\n- to: {written}\n")
    result = loud(project, "validate")
    assert result.code == 1
    assert "SF161" in result.out + result.err
    assert "s3cret" not in result.out + result.err


def test_what_else_is_wrong_is_named(tmp_path: Path):
    """All of it at once."""
    project = Project(tmp_path, PUSHING)
    wish = {"to": "env:A", "on": ["rejcted"], "providers": ["q"], "language": "fr"}
    project.more = {"notify": [{**wish, "url": "x"}, {"on": "approved"}]}
    project.write()
    result = loud(project, "validate")
    said = result.out + result.err
    assert [
        each for each in ("rejcted", "fr", "url", "SF161") if each not in said
    ] == []
    assert "did you mean `rejected`?" in said


GITHUB = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "shop/sms",
    "GITHUB_RUN_ID": "7",
    "GITHUB_REF": "refs/heads/main",
}
GITLAB = {
    "CI_PROJECT_PATH": "shop/sms",
    "CI_JOB_URL": "https://gitlab.example/-/jobs/7",
}
REQUEST = {
    **GITLAB,
    "CI_MERGE_REQUEST_IID": "3",
    "CI_MERGE_REQUEST_PROJECT_URL": "https://gitlab.example/shop/sms",
}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, ""),
        (GITHUB, "https://github.com/shop/sms/actions/runs/7"),
        (
            {**GITHUB, "GITHUB_REF": "refs/pull/12/merge"},
            "https://github.com/shop/sms/pull/12",
        ),
        (GITLAB, "https://gitlab.example/-/jobs/7"),
        (REQUEST, "https://gitlab.example/shop/sms/-/merge_requests/3"),
        ({"GITEE_REPO": "sms", "GITEE_PULL_ID": "5"}, ""),
        ({**GITHUB, "SMSFORM_LINK": "https://ci.example/7"}, "https://ci.example/7"),
        ({"SMSFORM_LINK": "https://ci.example/|<!channel>"}, ""),
        ({"SMSFORM_LINK": "javascript:alert(1)"}, ""),
        ({"SMSFORM_LINK": "https://ci.example/" + "x" * 300}, ""),
        ({**GITHUB, "GITHUB_RUN_ID": ""}, ""),
    ],
)
def test_the_link_is_what_ci_tells(environ: dict[str, str], expected: str):
    """Of the pull request where there is one; nothing that is more than a link."""
    assert link(environ) == expected
    assert repository(GITHUB) == repository(GITLAB) == "shop/sms"


def test_news_are_what_the_reference_says():
    """docs/notify.md explains each."""
    page = Path(__file__).parents[2] / "docs" / "notify.md"
    text = page.read_text(encoding="utf-8")
    assert [each for each in News if f"| `{each}` |" not in text] == []
