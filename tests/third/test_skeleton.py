"""What the conformance suite cannot know of the skeleton: who may call, and how."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from smsform.clock import SystemClock
from smsform.emulation.messages import HttpRequest
from smsform.emulation.store import Store
from smsform.errors import CredentialsMissing
from smsform.provider import Connection, ProviderConfig
from smsform.registry import built_in, specs

[SPEC] = [spec for type, spec in specs().items() if type not in built_in()]
wire = import_module(f"{SPEC.type}.wire")

CONFIG = ProviderConfig("p", SPEC.type)
FIELDS = {
    "name": "发货",
    "text": "您的订单已发货。",
    "category": "notification",
    "remark": "",
    "sender": "",
}


def call(
    method: str, path: str, body: Any = None, *, late: int = 0, lie: Any = None
) -> tuple[int, Any]:
    """Status and answer of one request, signed well but for a *lie*."""
    app = SPEC.emulator(Store(None), SystemClock(), CONFIG)
    content = b"" if body is None else json.dumps(body).encode()
    time = str(int(SystemClock().now()) - late)
    signed = {"method": method, "target": path, "time": time, "body": content}
    proof = wire.signature(wire.DEMO_SECRET, **{**signed, **(lie or {})})
    claim = wire.AUTHORIZATION.format(id=wire.DEMO_ID, signature=proof)
    headers = {"authorization": claim, wire.TIME.lower(): time}
    reply = app.answer(
        HttpRequest(method, path, "", headers, content, "127.0.0.1"), lambda _: None
    )
    return reply.status, json.loads(reply.body)


def test_a_submission_is_answered_with_the_entry():
    """It is created, and waits for its verdict."""
    status, entry = call("POST", wire.TEMPLATES, FIELDS)
    assert (status, entry["status"]) == (201, wire.PENDING)


@pytest.mark.parametrize(
    "lie",
    [{"method": "PUT"}, {"target": wire.SENDERS}, {"time": "0"}, {"body": b"x"}],
)
def test_every_line_is_signed(lie: dict[str, Any]):
    """A signature over anything else opens nothing."""
    assert call("POST", wire.TEMPLATES, FIELDS, lie=lie)[0] == 401


@pytest.mark.parametrize(("late", "status"), [(100, 201), (130, 401), (-130, 401)])
def test_a_signature_is_good_for_two_minutes(late: int, status: int):
    """Either way."""
    assert call("POST", wire.TEMPLATES, FIELDS, late=late)[0] == status


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PATCH", wire.TEMPLATES, None, 404),
        ("POST", f"{wire.TEMPLATES}/tpl-1", FIELDS, 404),
        ("GET", f"{wire.TEMPLATES}/tpl-1", None, 404),
        ("GET", f"{wire.SENDERS}/tpl-1100001", None, 404),
        ("POST", wire.TEMPLATES, [1], 400),
        ("POST", wire.TEMPLATES, {**FIELDS, "category": "spam"}, 400),
        ("POST", wire.TEMPLATES, {**FIELDS, "text": " "}, 422),
    ],
)
def test_what_cannot_be_done_is_refused(method: str, path: str, body: Any, status: int):
    """By a status of HTTP and a code."""
    found, document = call(method, path, body)
    assert found == status
    assert document["error"]["code"]


def test_keys_come_from_the_environment(tmp_path: Path):
    """And where there is none, the variables are named."""
    connection = Connection(CONFIG, {}, tmp_path, SystemClock())
    with pytest.raises(CredentialsMissing, match="p") as missing:
        SPEC.connect(connection)
    assert SPEC.variables in missing.value.hint()
