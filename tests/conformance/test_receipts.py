"""``receipts``: what became of messages, and nothing about whom they went to."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import signal
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.project import Project
from conformance.sendable import NUMBER, SENDING, a_project, actions, sent
from smsform.emulation.faults import FaultKind
from smsform.project.in_process import InProcess
from smsform.registry import specs
from smsform.report.schemas import schema

YES = ("--yes", "--format", "json")
MASKED = "+86138****8000"


def has_queue(type: str) -> bool:
    """Whether receipts of this service can be pulled."""
    sending = specs()[type].sending
    return sending is not None and not sending().queue


@pytest.fixture(params=SENDING)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Approved templates at one service, and a message that arrived."""
    project = a_project(tmp_path, request.param)
    assert project("send", "p/template.pickup", "--to", NUMBER, *YES).code == 0
    project.clock.sleep(60)
    return project


def test_a_message_is_told_without_its_number_and_its_values(project: Project) -> None:
    """What became of it, whose text it was, and the text around the values."""
    result = project("receipts", "--to", NUMBER, "--format", "json")
    assert result.code == 0, result.err
    Draft202012Validator(schema("receipts")).validate(result.json)
    [receipt] = result.json["receipts"]
    assert receipt["number"] == MASKED
    assert receipt["delivery"] == "delivered"
    assert receipt["address"] == "p/template.pickup"
    assert receipt["text"] == "【示例商城】您的包裹已到***，取件码***，请当日领取。"
    assert receipt["meaning"] == "delivered"
    for text in (result.out, project("receipts", "--to", NUMBER).out):
        assert NUMBER not in text
        assert "东门驿站" not in text
        assert "3-2-17" not in text


def test_a_message_under_way_is_said_to_be(project: Project) -> None:
    """Until the carrier has spoken; --wait ends with 3 then."""
    project.settings["delivery"] = {"after": "2h"}
    project.write()
    call = ("send", "shipped", "--to", "13900139000", *YES, "--wait", "--timeout", "9s")
    result = project(*call)
    assert result.code == 3, result.err
    assert result.json["messages"][0]["result"] == "under_way"
    told = project("receipts", "--to", "13900139000", "--format", "json").json
    assert [r["delivery"] for r in told["receipts"]] == ["under_way"]


def test_wait_tells_what_did_not_arrive(project: Project) -> None:
    """With its code, and exit 1; several numbers each for itself."""
    numbers = ("--to", "13900140001", "--to", "13900139009,13900139008")
    result = project("send", "shipped", *numbers, *YES, "--wait")
    assert result.code == 1
    messages = result.json["messages"]
    assert [m["result"] for m in messages] == ["failed", "delivered", "delivered"]
    assert messages[0]["code"]


def test_a_table_for_spreadsheets(project: Project) -> None:
    """A line of names, then a line a message."""
    result = project("receipts", "--to", NUMBER, "--format", "csv")
    [row] = csv.DictReader(io.StringIO(result.out))
    assert row["number"] == MASKED
    assert row["delivery"] == "delivered"


def test_nothing_is_said_of_texts_that_are_not_ours(project: Project) -> None:
    """They may hold anything anywhere; the message itself is told."""
    assert project("state", "rm", "p/template.pickup").code == 0
    result = project("receipts", "--to", NUMBER, "--format", "json")
    [receipt] = result.json["receipts"]
    assert receipt["text"] == ""
    assert receipt["address"] == ""


def test_pushed_receipts_are_read(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the service pushed them, an array a line; from a file or stdin; masked."""
    pushed = actions(project.type)["pushed"]
    path = tmp_path / "pushed.json"
    path.write_text(json.dumps(pushed) + "\n" + json.dumps(pushed[1:]), "utf-8")
    call = ("receipts", "--ingest", str(path), "--format", "json")
    result = project(*call)
    assert result.code == 0, result.err
    told = result.json["receipts"]
    assert [r["delivery"] for r in told] == ["failed", "delivered", "delivered"]
    assert all(r["number"] == MASKED for r in told)
    assert told[0]["meaning"]
    assert told[0]["token"] == "abc"
    assert NUMBER not in result.out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    shown = project("receipts", "--ingest", "-", "--show-numbers")
    assert NUMBER in shown.out


@pytest.mark.parametrize(
    "data", ["", "{", "[]", "{}", "[1]", '[{"mobile": "x"}]', "\udcff", "[" * 9999]
)
def test_what_is_no_push_is_refused_with_its_place(
    project: Project, tmp_path: Path, data: str
) -> None:
    """Anybody can push anything."""
    path = tmp_path / "pushed.json"
    path.write_bytes(data.encode(errors="surrogateescape"))
    result = project("receipts", "--ingest", str(path))
    assert result.code == 1
    assert "pushed.json" in result.err
    assert result.out == ""


def test_the_queue_is_emptied_into_a_file_of_ones_own(project: Project) -> None:
    """Every receipt once, whole, for its owner alone; where there is no queue, an
    error that says what to do instead."""
    path = project.root / "r.jsonl"
    call = ("receipts", "--pull", "-o", str(path))
    if not has_queue(project.type):
        result = project(*call)
        assert result.code == 1
        assert "--ingest" in result.err
        assert actions(project.type)["records"] in result.err
        assert not path.exists()
        return
    path.write_text('{"cut off by a power')
    os.chmod(path, 0o644)
    result = project(*call)
    assert result.code == 0, result.err
    assert "1 receipt" in result.err
    assert NUMBER not in result.out + result.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    torn, line = path.read_text("utf-8").splitlines()
    assert torn == '{"cut off by a power'
    assert json.loads(line)["number"] == f"+86{NUMBER}"
    assert json.loads(line)["token"] == sent(project)[0].context
    assert project(*call).code == 0
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_a_file_that_cannot_be_written_is_said_before_any_call(
    project: Project, tmp_path: Path
) -> None:
    """A folder, a link: nothing is taken out of the queue."""
    if not has_queue(project.type):
        return
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o644)
    for path, why in (
        (tmp_path / "none" / "r", "No such file"),
        (link, "a link"),
        (pipe, "no file"),  # nor a device, whose mode would change for everybody
    ):
        result = project("receipts", "--pull", "-o", str(path))
        assert result.code == 1
        assert why in result.err
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o644
    assert project("receipts", "--pull", "-o", str(tmp_path / "r")).code == 0
    assert len((tmp_path / "r").read_text("utf-8").splitlines()) == 1


BAD = {
    "nothing asked": ((), 64),
    "two ways": (("--to", NUMBER, "--pull"), 64),
    "no file": (("--pull",), 64),
    "a file for nothing": (("--to", NUMBER, "-o", "r.jsonl"), 64),
    "no number": (("--to", "12"), 1),
    "no duration": (("--to", NUMBER, "--since", "yesterday"), 64),
    "too far back": (("--to", NUMBER, "--since", "90d"), 1),
    "no provider": (("--to", NUMBER, "--provider", "q"), 64),
    "no such file": (("--ingest", "nowhere.json"), 64),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_an_error(project: Project, name: str) -> None:
    """Clear, on stderr, and stdout stays empty."""
    arguments, code = BAD[name]
    result = project("receipts", *arguments)
    assert result.code == code
    assert result.out == ""
    assert result.err


def test_an_error_does_not_show_the_number(project: Project) -> None:
    """Whatever the service says."""
    action = actions(project.type)["records"]
    project.fault(FaultKind.REFUSE, action, code="Unheard.Of", times=9)
    result = project("-v", "receipts", "--to", NUMBER)
    if result.code == 0:
        return  # another action told it
    assert NUMBER not in result.out + result.err


def test_a_ctrl_c_waits_until_what_was_taken_is_on_disk(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes while the reply is in the air: the file has it, then the run ends."""
    if not has_queue(project.type):
        return
    real = InProcess.send

    def send(self: InProcess, *arguments: Any, **named: Any) -> Any:
        reply = real(self, *arguments, **named)
        os.kill(os.getpid(), signal.SIGINT)
        return reply

    monkeypatch.setattr(InProcess, "send", send)
    path = project.root / "r.jsonl"
    assert project("receipts", "--pull", "-o", str(path)).code == 130
    assert len(path.read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("smsform.project.receipt_file.ReceiptFile", "append"),
        ("os", "fsync"),
        ("smsform.project.reply_spool.ReplySpool", "forget"),
    ],
)
def test_a_killed_pull_is_finished_by_the_next(
    where: str, what: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the reply was read: before its lines, before they are synced, and after."""
    if not has_queue(project.type):
        return
    path = project.root / "r.jsonl"
    pull = ("receipts", "--pull", "-o", str(path), "--format", "json")
    child = os.fork()
    if child == 0:
        calls = 0

        def killed(*_: Any, **__: Any) -> None:
            nonlocal calls
            calls += 1
            if what != "forget" or calls > 1:  # the first forgets an empty one
                os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr(f"{where}.{what}", killed)
        project(*pull)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    [spool] = project.root.glob("r.jsonl.*.replies")
    assert stat.S_IMODE(spool.stat().st_mode) == 0o600
    result = project(*pull)
    assert result.code == 0, result.err
    assert len(result.json["receipts"]) == 1
    assert len(path.read_text("utf-8").splitlines()) == 1
    assert not spool.exists()
    assert project(*pull).json["receipts"] == []
    assert len(path.read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"e30=\nZm9v\nhalf of a li",
        b"\xff\n",
        base64.b64encode(b"[" * 100_000),
    ],
)
def test_a_spool_of_something_else_is_no_trouble(
    content: bytes, project: Project
) -> None:
    """What cannot be read as a reply is left out; a link is not followed."""
    if not has_queue(project.type):
        return
    path = project.root / "r.jsonl"
    spool = project.root / "r.jsonl.p.replies"
    spool.write_bytes(content)
    assert project("receipts", "--pull", "-o", str(path)).code == 0
    assert len(path.read_text("utf-8").splitlines()) == 1
    victim = project.root / "victim"
    spool.symlink_to(victim)
    assert project("receipts", "--pull", "-o", str(path)).code == 0
    assert not victim.exists()


def test_a_full_disk_loses_no_receipt(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are in another file, which the error names, and the first stays whole."""
    if not has_queue(project.type):
        return
    path = project.root / "r.jsonl"
    real = os.fsync

    def fsync(handle: int) -> None:
        if os.fstat(handle).st_ino == path.stat().st_ino:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = project("receipts", "--pull", "-o", str(path))
    assert result.code == 1
    [elsewhere] = tmp_path.glob("smsform-receipts-*")
    assert str(elsewhere) in result.err
    assert len(elsewhere.read_text("utf-8").splitlines()) == 1
    assert path.read_text("utf-8") == ""
