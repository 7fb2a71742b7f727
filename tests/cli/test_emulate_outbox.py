"""``emulate outbox`` and ``emulate reply``: the store of a project, looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders import a_message
from conformance.project import Project
from smsform.emulation import outbox, uplink
from smsform.emulation.outbox import OutboxMessage
from smsform.registry import specs


@pytest.fixture(params=sorted(specs()))
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """A project of one provider whose emulator was sent three messages."""
    made = Project(tmp_path, request.param)
    for number in ("+8613800138000", "+8613800138001", "+85298765432"):
        message = a_message(provider="p", number=number, sent=1.0, due=2.0)
        outbox.keep(made.store, message)
    return made


def test_the_newest_message_comes_first(project: Project) -> None:
    """As text a line about it and the text itself; hostile characters are shown."""
    evil = a_message(provider="p", text="\x1b[2J\u202e好")
    outbox.keep(project.store, evil)
    lines = project("emulate", "outbox").out.splitlines()
    assert lines[1] == r"  \x1b[2J\u202e好"
    assert "+85298765432" in lines[2]
    assert len(lines) == 8


def test_one_number_as_json(project: Project) -> None:
    """However the number is written; a receipt that came is there."""
    said = project("emulate", "outbox", "--to", "13800138000", "--format", "json")
    [message] = json.loads(said.out)["messages"]
    assert message["to"] == "+8613800138000"
    assert message["receipt"] == {
        "code": "DELIVERED",
        "delivered": True,
        "at": "1970-01-01T00:00:02+00:00",
    }
    wrong = project("emulate", "outbox", "--to", "hello")
    assert wrong.code != 0
    assert "--to: this is no phone number" in wrong.err
    assert "NUMBER: this is no" in project("emulate", "reply", "hello", "R").err


def test_cleared_messages_are_shown_no_longer(project: Project) -> None:
    """Those to one number, then all; records still have them."""
    cleared = project("emulate", "outbox", "--clear", "--to", "13800138000")
    assert "1 message cleared" in cleared.err
    assert len(outbox.accepted(project.store)) == 2
    project("emulate", "outbox", "--clear")
    empty = project("emulate", "outbox")
    assert (empty.out, "no messages" in empty.err) == ("", True)
    assert len(outbox.select(project.store, "1", ())) == 3


def test_what_came_since_it_was_shown_is_not_cleared(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever empties the outbox again and again misses nothing."""
    seen = outbox.accepted

    def shown(*given: Any, **named: Any) -> list[OutboxMessage]:
        found = seen(*given, **named)
        outbox.keep(project.store, a_message(provider="p", text="meanwhile"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "accepted", shown)
        cleared = project("emulate", "outbox", "--clear", "--limit", "1")
    assert "3 messages cleared" in cleared.err
    assert [each.text for each in seen(project.store)] == ["meanwhile"]
    project("emulate", "outbox", "--clear")
    assert "0 messages cleared" in project("emulate", "outbox", "--clear").err


def test_a_number_answers_its_last_message(project: Project) -> None:
    """R ends messages of that signature and type, with any other text nothing does."""
    said = project("emulate", "reply", "13800138000", "好的")
    assert said.code == 0
    assert "no more messages" not in said.out
    assert "no more messages" in project("emulate", "reply", "13800138000", "r").out
    replies = uplink.select(project.store, "1 ORDER BY id")
    assert [reply.text for reply in replies] == ["好的", "r"]
    place = project.store.rows("SELECT number, signature, type FROM optout")
    assert place == [("+8613800138000", "示例商城", "verification")]


def test_nobody_answers_what_was_not_sent(project: Project) -> None:
    """An error that says where to look."""
    said = project("emulate", "reply", "13800138009", "好的")
    assert said.code != 0
    assert "no message was sent to that number" in said.err


def test_others_cannot_read_the_store(project: Project) -> None:
    """Whole numbers lie in it."""
    assert project.store.path is not None
    assert project.store.path.stat().st_mode & 0o077 == 0
