"""``smsform apply`` and ``plan`` as people meet them: questions, pipes, slips."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from conformance.project import Project
from projects import UNGATED
from smsform.apply.ledger import Ledger
from smsform.emulation.faults import ANY, FaultKind
from smsform.model import Review

TEXT = "您的订单已发货，请留意查收。"
SHIPPED, SHOP = "p/template.shipped", "p/signature.shop"


def a_template(name: str = "发货通知", text: str = TEXT, **changes: Any):
    """A notification without parameters."""
    return {
        "name": name,
        "type": "notification",
        "signature": "shop",
        "content": text,
        "remark": "订单发货后发送",
        **changes,
    }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A signature and a template to submit; reviews by hand."""
    project = Project(tmp_path, UNGATED, {"review": "manual"})
    project.templates["shipped"] = a_template()
    project.write()
    return project


@pytest.fixture
def settled(project: Project) -> Project:
    """The same, submitted, approved and known to be."""
    assert project.apply().code == 0
    project.approve_all()
    project("status")
    return project


class Terminal(io.StringIO):
    """A standard input at which a person sits."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch):
    """Somebody at a terminal, who does something and then says yes."""
    monkeypatch.setattr(sys, "stdin", Terminal())

    def answering(does=lambda: None, answer: bool = True) -> None:
        def prompt(*_: Any, **__: Any) -> str:
            does()
            return "y" if answer else "n"

        monkeypatch.setattr(click, "prompt", prompt)

    return answering


# -- what is asked for and cannot be --------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("flag", ["--resubmit", "--retire"])
def test_an_address_a_flag_does_nothing_for_is_named(settled, flag, form):
    """No quiet success; an apply that is only repeated finishes all the same."""
    planned = settled("plan", flag, SHIPPED, "--format", form)
    assert (planned.code, planned.out) == (1, "")
    assert f"Error: {flag}: " in planned.err
    assert SHIPPED in planned.err
    applied = settled("apply", flag, SHIPPED, "--format", form, "--auto-approve")
    assert applied.code == 0
    assert applied.err == planned.err.replace("Error", "Note")


def test_what_a_flag_would_do_something_for_is_suggested(settled):
    """The rejected entry is named to who asks for another to be sent again."""
    settled.templates["shipping"] = a_template("到货通知", "您的订单已到货，请查收。")
    settled.write()
    settled.apply()
    for entry in settled.entries():
        if entry.review == Review.IN_REVIEW:
            settled.judge(entry, Review.REJECTED, "no")
    result = settled("plan", "--resubmit", SHIPPED)
    assert result.code == 1
    assert "p/template.shipping" in result.err
    assert settled("plan", "--resubmit", "p/template.shipping").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "--target", "nonsense"),
        ("plan", "--target", "p/template.shiped"),
        ("plan", "--provider", "q"),
        ("apply",),  # without a terminal
        ("apply", "plan.json", "--target", SHIPPED),
        ("apply", "plan.json", "--allow-deletes", "0"),
        ("status", "--wait", "--timeout", "soon"),
    ],
)
def test_a_slip_on_the_command_line_ends_with_64(project, arguments):
    """Whatever finds it, the parser or we."""
    result = project(*arguments)
    assert result.code == 64
    assert "--targets" not in result.err


# -- the question ---------------------------------------------------------------------


def test_who_is_asked_for_json_sees_the_plan_first(project, person):
    """On stderr, so that stdout is one document."""
    person()
    result = project("apply", "--format", "json")
    assert (result.code, result.json["summary"]) == (0, {"submitted": 2})
    assert f"+ {SHIPPED} create" in result.err


def test_a_no_changes_nothing(project, person):
    """It ends with 1, for nothing was applied."""
    person(answer=False)
    assert project("apply").code == 1
    assert not project.entries()


def test_a_plan_that_changed_while_its_question_was_open_is_not_carried_out(
    project, person
):
    """What somebody else made meanwhile is not made twice."""
    project.apply()
    [theirs] = project.entries()
    project.store.remove(theirs.id)
    project.state_path.unlink()

    def meanwhile() -> None:
        project.clock.sleep(61)
        project.store.add(theirs)

    person(meanwhile)
    result = project("apply", "--detailed-exitcode")
    assert result.code == 5
    assert "question" in result.err
    assert len(project.entries()) == 1


def test_a_late_answer_to_a_plan_that_still_holds_is_an_answer(project, person):
    """Reading again changes nothing by itself."""
    person(lambda: project.clock.sleep(3600))
    assert project("apply").code == 0
    assert len(project.entries()) == 1


# -- a run that is cut short ----------------------------------------------------------


def test_ctrl_c_finishes_the_call_in_flight_and_tells_the_truth(project, monkeypatch):
    """The id is on disk, the rest is skipped and said to be; 130."""
    created = Ledger.created

    def pressed(*arguments: Any) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        created(*arguments)

    monkeypatch.setattr(Ledger, "created", pressed)
    result = project("apply", "--auto-approve", "--format", "json")
    assert result.code == 130
    assert result.json["summary"] == {"submitted": 1, "skipped": 1}
    assert list(project.records()) == ["signature.shop"]
    monkeypatch.undo()
    assert project("apply", "--auto-approve").code == 0
    assert (len(project.entries()), len(project.entries("signature"))) == (1, 1)


def test_a_reader_who_leaves_does_not_stop_an_apply(project):
    """``apply | head -1``: everything is submitted, once, and remembered."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "smsform", "-C", str(project.root), "apply"]
    with os.fdopen(write, "wb") as nobody:
        done = subprocess.run(
            [*command, "--auto-approve"], stdout=nobody, stderr=subprocess.PIPE
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert set(project.records()) == {"signature.shop", "template.shipped"}


def test_a_full_disk_under_the_output_of_a_plan_is_said(project):
    """A plan nobody can read is not a success."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no such device here")
    command = [sys.executable, "-m", "smsform", "-C", str(project.root), "plan"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (1, b"Error: No space left on device\n")


# -- what could not be read, what is too old, what is not judged ----------------------


def test_a_provider_that_could_not_be_read_is_in_every_summary(project):
    """Text and JSON of plan and apply; a saved plan is not called old for it."""
    path = project.root / "plan.json"
    project("plan", "-o", str(path))
    for arguments in (["plan"], ["apply", "--auto-approve"], ["apply", str(path)]):
        for form in ("text", "json"):
            project.fault(FaultKind.UNAVAILABLE, ANY, times=99)
            result = project(*arguments, "--format", form)
            assert result.code == 1
            assert "no definitions" not in result.out
            if form == "text":
                assert "Could not be read, so nothing is known of it: p" in result.out
            else:
                assert result.json["summary"]["unread"] == 1
            if str(path) in arguments:
                assert "its provider could not be read" in result.out
            project("emulate", "reset")


def test_a_template_waits_where_the_saved_plan_of_its_signature_is_too_old(project):
    """The signature is refused as stale, so its template is not sent either."""
    path = project.root / "plan.json"
    project("plan", "-o", str(path))
    project.signatures["shop"]["remark"] = "公司简称，用于会员短信。"
    project.write()
    result = project("apply", str(path), "--format", "json")
    assert result.code == 1
    assert result.json["summary"] == {"skipped": 1, "stale": 1}
    assert list(result.json["stale"]) == [SHOP]
    assert SHOP in result.json["outcomes"][0]["why"]
    assert not project.store.everything()


def test_a_missing_licence_fails_its_signature(project):
    """Exit 1, and nothing is sent."""
    (project.root / "license.png").unlink()
    result = project("apply", "--auto-approve", "--format", "json")
    assert (result.code, result.json["summary"]) == (1, {"failed": 1})
    assert not project.store.everything()


def test_only_what_is_submitted_is_judged(settled):
    """A bad signature stops itself, and not the template beside it."""
    bad = {**settled.signatures["shop"], "name": "示例" * 12}
    settled.signatures["long"] = bad
    settled.templates["other"] = a_template("签收通知", "您的包裹已签收，欢迎评价。")
    settled.write()
    assert settled("plan", "--target", "p/template.other").code == 0
    refused = settled("plan", "--target", "p/signature.long")
    assert refused.code == 1
    assert "24 characters" in refused.err
    assert "1 error" in refused.err


def test_calls_without_a_request_id_have_none_to_show(project):
    """``-v`` after a lost connection ends with the time it took."""
    project.fault(FaultKind.DROP_BEFORE, ANY)
    lines = project("-v", "plan").err.splitlines()
    assert any(line.endswith(" ms") for line in lines)
    assert any("[RequestId " in line for line in lines)
    assert not any("[RequestId ]" in line for line in lines)
