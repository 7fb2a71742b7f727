"""Replies and an environment made to steer a terminal or to leave a page."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from conformance.project import Project
from smsform.providers.tencent import SPEC
from unit.test_hostile import HOSTILE, MARKUP, STEERING, everything, shown, submitted


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a template that was submitted."""
    return submitted(tmp_path, SPEC.type)


class _Replies(BaseHTTPRequestHandler):
    """Answers everything with ``server.reply``."""

    def do_POST(self) -> None:
        body = json.dumps(self.server.reply).encode()  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response_only(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Date", "<script>")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def answering(project, monkeypatch) -> Iterator[Callable[[object], None]]:
    """Let the project talk to a service that gives one answer to everything."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Replies)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = project.root / "smsform.yaml"
    config = yaml.safe_load(path.read_text())
    config["providers"]["p"].update(endpoint=f"127.0.0.1:{server.server_port}")
    path.write_text(yaml.safe_dump(config, allow_unicode=True))
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDplantedplanted")
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", "plantedplanted")
    monkeypatch.setattr("smsform.clock.SystemClock.sleep", lambda *_: None)

    def answer(response: object) -> None:
        server.reply = {"Response": response}  # type: ignore[attr-defined]

    yield answer
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("code", [HOSTILE, "AuthFailure.SecretIdNotFound"])
def test_a_service_that_refuses_in_hostile_words(code, project, answering):
    """Code, message and RequestId are the service's, or of whoever plays it."""
    answering({"Error": {"Code": code, "Message": HOSTILE}, "RequestId": HOSTILE})
    assert "\\x1b" in everything(project)


@pytest.mark.parametrize("id", [7, HOSTILE, "\ud800", "../../etc", 1 << 70, [1]])
def test_a_service_that_lists_hostile_entries(id, project, answering):
    """Lone surrogates are replaced: no UTF-8 has them."""
    entry = {
        "TemplateId": id,
        "SignId": id,
        "International": 0,
        "StatusCode": -1,
        "ReviewReply": HOSTILE + "\ud800",
        "TemplateName": "a",
        "SignName": "示例商城",
        "CreateTime": 1,
        "TemplateContent": "您的订单已发货。",
    }
    other = {**entry, "TemplateId": 8, "SignId": 8, "TemplateName": HOSTILE + "\udfff"}
    payload = {"DescribeTemplateStatusSet": [entry, other]}
    payload["DescribeSignListStatusSet"] = [entry, {**other, "SignName": HOSTILE}]
    payload["AddTemplateStatus"] = {"TemplateId": id}
    payload["AddSignStatus"] = {"SignId": id}
    answering({**payload, "RequestId": HOSTILE})
    said = everything(project)
    assert id != 7 or "\\x1b" in set(shown(said))
    assert id != 7 or "\ufffd" in "".join(said)


@pytest.mark.parametrize("key", ["TENCENTCLOUD_SECRET_ID", "HOME"])
def test_a_hostile_environment(key, project, answering, monkeypatch):
    """Where keys were looked for is shown; what was found there is not."""
    monkeypatch.delenv("TENCENTCLOUD_SECRET_ID")
    monkeypatch.setenv(key, HOSTILE.replace("/", ""))
    monkeypatch.setenv("TCCLI_PROFILE", STEERING)
    answering({})
    assert MARKUP not in everything(project)
