"""``send``: what was approved goes, once, to whom it was meant for; or nothing does."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from conformance.project import Project
from conformance.sendable import (
    NUMBER,
    SENDING,
    a_project,
    actions,
    calls_made,
    sent,
)
from smsform.emulation.clock import VirtualClock
from smsform.emulation.faults import FaultKind
from smsform.report.schemas import schema
from smsform.sending.numbers import mask

YES = ("--yes", "--format", "json")


@pytest.fixture(params=SENDING)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Approved templates at one service."""
    return a_project(tmp_path, request.param)


def test_the_text_that_is_shown_arrives(project: Project) -> None:
    """Once, to that number, under the active id; the report says so."""
    result = project("send", "p/template.pickup", "--to", NUMBER, *YES)
    assert result.code == 0, result.err
    [message] = sent(project)
    assert message.number == f"+86{NUMBER}"
    said = "您的包裹已到东门驿站，取件码3-2-17，请当日领取。"
    assert message.text == f"【示例商城】{said}"
    document = result.json
    Draft202012Validator(schema("send")).validate(document)
    assert document["text"] == message.text
    assert document["segments"] == message.segments
    assert document["template"] == message.template
    assert document["token"] == message.context
    assert [m["result"] for m in document["messages"]] == ["accepted"]
    assert document["messages"][0]["fee"] in (None, message.segments)
    assert message.text in result.err


def test_a_wait_that_is_ended_tells_what_was_sent(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C at the first pause: the message has gone, and no later send asks of it."""
    project.settings["delivery"] = {"after": "1h"}
    project.write()

    def interrupted(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as pressed:
        pressed.setattr(VirtualClock, "sleep", interrupted)
        result = project("send", "shipped", "--to", NUMBER, "--wait", *YES)
    assert result.code == 3
    assert "Stopped waiting" in result.err
    assert [m["result"] for m in result.json["messages"]] == ["under_way"]
    assert len(sent(project)) == 1
    project.clock.sleep(120)  # nobody may be sent the same at once
    assert project("send", "shipped", "--to", NUMBER, *YES).code == 0


def test_a_key_is_enough_and_values_may_be_given(project: Project) -> None:
    """Where one provider has the template; a sample, and single values over it."""
    assert project("send", "shipped", "--to", NUMBER, "--yes").code == 0
    call = ("send", "template.pickup", "--sample", "longest", "--param", "code=8-2-88")
    result = project(*call, "--to", "13900139000", "--yes")
    assert result.code == 0, result.err
    assert sent(project)[1].text.endswith(
        "已到西门一号驿站，取件码8-2-88，请当日领取。"
    )


def test_numbers_come_from_a_file_or_stdin(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One a line; comments and blank lines are passed over."""
    path = tmp_path / "me.txt"
    path.write_text("# me\n13800138001  # phone\n\n+86 13800138002\n", "utf-8")
    assert project("send", "shipped", "--to", f"@{path}", "--yes").code == 0
    wrapper = io.TextIOWrapper(io.BytesIO(b"13800138003\r\n"))
    monkeypatch.setattr(sys, "stdin", wrapper)
    assert project("send", "shipped", "--to", "-", "--yes").code == 0
    assert [m.number[-1] for m in sent(project)] == ["1", "2", "3"]


def test_the_active_version_goes_although_the_definition_moved_on(
    project: Project,
) -> None:
    """It says so, and shows the text that really goes."""
    project.templates["shipped"]["content"] = "您的订单已发货，预计三日内送达。"
    project.write()
    result = project("send", "p/template.shipped", "--to", NUMBER, *YES)
    assert result.code == 0, result.err
    assert "moved on" in result.err
    assert sent(project)[0].text == "【示例商城】您的订单已发货，请留意查收。"
    assert result.json["newer_definition"] is True


def test_values_are_judged_in_the_approved_text(project: Project) -> None:
    """Its variables, whatever the text of today calls its own, and in what order."""
    template = project.templates["pickup"]
    template["content"] = "您的{{ what }}已到{{ spot }}，取件码{{ code }}，请领取。"
    spot, code = template["params"]["place"], template["params"]["code"]
    template["params"] = {"what": {"sample": "快递"}, "spot": spot, "code": code}
    template["samples"] = {}
    project.write()
    call = ("send", "p/template.pickup", "--to", NUMBER, "--yes")
    asked = project(*call)
    assert (asked.code, "no value for place" in asked.err) == (1, True)
    result = project(*call, "--param", "place=东门驿站")
    assert result.code == 0, result.err
    assert "moved on" in result.err
    assert "SF2" not in result.err
    assert "您的包裹已到东门驿站，取件码3-2-17" in sent(project)[0].text


BAD: dict[str, tuple[tuple[str, ...], str]] = {
    "no number": (("shipped", "--to", "12"), "no phone number"),
    "a landline": (("shipped", "--to", "+861088888888"), "no mobile number"),
    "another market": (("shipped", "--to", "+85251234567"), "no mainland number"),
    "too many": (
        ("shipped", *[a for n in range(11) for a in ("--to", f"138001380{n:02}")]),
        "11 numbers",
    ),
    "no file": (("shipped", "--to", "@nowhere.txt"), "nowhere.txt"),
    "an unknown sample": (("pickup", "--to", NUMBER, "--sample", "longst"), "longest"),
    "an unknown parameter": (("pickup", "--to", NUMBER, "--param", "plce=x"), "place"),
    "no value": (("pickup", "--to", NUMBER, "--param", "place"), "NAME=VALUE"),
    "a value too long": (
        ("pickup", "--to", NUMBER, "--param", "place=东门西门南门北门驿站"),
        "SF224",
    ),
    "an empty value": (("pickup", "--to", NUMBER, "--param", "code="), "is empty"),
    "a control character": (
        ("pickup", "--to", NUMBER, "--param", "place=东\x1b[31m"),
        "control character",
    ),
    "an unknown template": (("pickpu", "--to", NUMBER), "pickup"),
    "a signature": (("p/signature.shop", "--to", NUMBER), "only templates"),
    "an unknown provider": (("q/template.pickup", "--to", NUMBER), "q"),
    "no address": (("p/pickup", "--to", NUMBER), "address"),
    "no id yet": (("fresh", "--to", NUMBER), "no approved id yet"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_an_error_before_any_call(project: Project, name: str) -> None:
    """Clear, on stderr, and nothing was asked or sent."""
    arguments, told = BAD[name]
    fresh = {"name": "新通知", "content": "您的发票已开具，请登录查看。"}
    project.templates["fresh"] = {**project.templates["shipped"], **fresh}
    project.write()
    before = calls_made(project)
    result = project("send", *arguments, "--yes")
    assert result.code in (1, 64)
    assert told in result.err
    assert result.out == ""
    assert calls_made(project) == before


def test_no_terminal_wants_yes(project: Project) -> None:
    """A script has to say that somebody looked at the text."""
    before = calls_made(project)
    result = project("send", "shipped", "--to", NUMBER)
    assert result.code == 64
    assert "--yes" in result.err
    assert calls_made(project) == before


def test_a_wrong_number_is_told_before_a_terminal_is_missed(project: Project) -> None:
    """What is wrong with the arguments is wrong for everybody, so it comes first."""
    before = calls_made(project)
    result = project("send", "shipped", "--to", "12")
    assert result.code == project("send", "shipped", "--to", "12", "--yes").code
    assert "--yes" not in result.err
    assert "number" in result.err
    assert calls_made(project) == before


def test_what_sending_needs_is_asked_for(project: Project) -> None:
    """A key of smsform.yaml that the service cannot do without."""
    if not project.options:
        return
    project.options = {}
    project.write()
    result = project("send", "shipped", "--to", NUMBER, "--yes")
    assert result.code == 1
    assert "smsform.yaml" in result.err


def test_several_providers_want_an_address(project: Project) -> None:
    """The error names them."""
    text = (project.root / "smsform.yaml").read_text("utf-8")
    config = yaml.safe_load(text)
    config["providers"]["second"] = config["providers"]["p"]
    project.dump("smsform.yaml", config)
    result = project("send", "shipped", "--to", NUMBER, "--yes")
    assert result.code == 1
    assert "p/template.shipped, second/template.shipped" in result.err


def test_a_refusal_is_failed_with_its_advice(project: Project) -> None:
    """The service's code, what to do, exit 1; nothing is left open."""
    for entry in project.entries():
        project.store.remove(entry.id)
    result = project("send", "shipped", "--to", NUMBER, *YES)
    assert result.code == 1
    [message] = result.json["messages"]
    assert message["result"] == "failed"
    assert message["code"]
    assert message["advice"]
    assert sent(project) == []
    assert project("send", "shipped", "--to", NUMBER, *YES).json["messages"]


def everything(project: Project) -> str:
    """All that a run leaves behind, but the emulator's own store."""
    paths = [p for p in project.root.rglob("*") if p.is_file()]
    kept = [p for p in paths if "emulator.sqlite" not in p.name]
    return "".join(p.read_text("utf-8", errors="replace") for p in kept)


@pytest.mark.parametrize("fault", [None, *FaultKind])
def test_a_whole_number_is_nowhere(project: Project, fault: FaultKind | None) -> None:
    """Not in what is printed, not with -v, not in any file, whatever goes wrong."""
    if fault is not None:
        project.fault(fault, actions(project.type)["send"], code="Bad", times=9)
    call = ("-v", "send", "pickup", "--to", NUMBER, "--param", "place=ZZQX")
    results = [project(*call, "--yes"), project(*call, "--yes", "--again")]
    log = project("emulate", "log", "--format", "json")
    for text in (*(r.out + r.err for r in results), log.out, everything(project)):
        assert NUMBER not in text
    assert "138****8000" in results[0].out + results[0].err
    assert "ZZQX" not in everything(project)
    path = project.root / ".smsform" / "sends.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_show_numbers_shows_them(project: Project) -> None:
    """Who asks for them gets them, on stdout."""
    result = project("send", "shipped", "--to", NUMBER, *YES, "--show-numbers")
    assert result.json["messages"][0]["number"] == f"+86{NUMBER}"


def test_an_unclear_send_is_remembered_and_asked_about(project: Project) -> None:
    """The next run says what it did and does not send by itself."""
    project.fault(FaultKind.DROP_BEFORE, actions(project.type)["send"])
    first = project("send", "shipped", "--to", NUMBER, *YES)
    assert first.code == 1
    assert first.json["messages"][0]["result"] == "unknown"
    assert sent(project) == []
    second = project("send", "shipped", "--to", NUMBER, *YES)
    assert second.code == 1
    assert "nobody knows" in second.err
    assert sent(project) == []
    other = project("send", "shipped", "--to", "13900139000", *YES)
    assert other.code == 0
    third = project("send", "shipped", "--to", NUMBER, *YES, "--again")
    assert third.code == 0
    assert len(sent(project)) == 2
    assert project("send", "shipped", "--to", "13700137000", *YES).code == 0


def test_a_damaged_memory_is_said(project: Project) -> None:
    """And what to do; nothing is sent."""
    path = project.root / ".smsform" / "sends.json"
    note = {"token": "t", "address": "p/template.shipped", "fixed": [""]}
    note |= {"numbers": [mask(f"+86{NUMBER}")], "at": 1.0, "known": [[]]}
    notes = [{**note, "at": 1e300}, {**note, "at": -1}, {**note, "known": []}]
    documents = [{"smsform_sends": 1, "open": [each]} for each in notes]
    for damaged in (
        *("{", "[]", '{"smsform_sends": 2}', '{"smsform_sends": 1}', "\x00"),
        *map(json.dumps, documents),
    ):
        path.write_text(damaged)
        result = project("send", "shipped", "--to", NUMBER, "--yes")
        assert result.code == 1
        assert "sends.json" in result.err
    path.unlink()
    os.mkfifo(path)  # nobody ever writes into it
    assert "sends.json" in project("send", "shipped", "--to", NUMBER, "--yes").err
    assert sent(project) == []


def test_options_of_one_send_go_along(project: Project) -> None:
    """Those the service knows; another is an error."""
    result = project("send", "shipped", "--to", NUMBER, "--extend-code", "01", *YES)
    assert result.code == 0, result.err
    assert sent(project)[0].extend == "01"


class Terminal(io.TextIOWrapper):
    """A stdin at which somebody sits and answers."""

    def isatty(self) -> bool:
        """A person watches."""
        return True


@pytest.mark.parametrize(("answer", "count"), [("y", 1), ("n", 0), ("", 0)])
def test_a_person_is_asked(
    project: Project, answer: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is shown before; nothing is sent without a yes."""
    stdin = Terminal(io.BytesIO(f"{answer}\n".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    result = project("send", "shipped", "--to", NUMBER)
    assert result.code == 1 - count
    assert "您的订单已发货" in result.err
    assert len(sent(project)) == count


def test_a_person_is_asked_again_after_an_unclear_send(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the earlier one did is said first; a no leaves it open, a yes closes it."""
    project.fault(FaultKind.DROP_AFTER, actions(project.type)["send"])
    project.fault(
        FaultKind.UNAVAILABLE, actions(project.type)["records"], nth=2, times=99
    )
    first = project("send", "shipped", "--to", NUMBER, *YES)
    assert first.json["messages"][0]["result"] == "unknown"
    project.store.execute("DELETE FROM fault")
    for answer, count in (("n", 1), ("y", 2)):
        project.clock.sleep(60)
        stdin = Terminal(io.BytesIO(f"{answer}\n".encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        result = project("send", "shipped", "--to", NUMBER)
        assert "did go out" in result.err
        assert len(sent(project)) == count
    project.clock.sleep(60)
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO(b"n\n")))
    assert "did go out" not in project("send", "shipped", "--to", NUMBER).err
