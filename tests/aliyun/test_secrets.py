"""A refusal quotes the whole text that was to be signed; nobody is shown our key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from smsform.cli import run
from smsform.clock import SystemClock
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import emulator
from smsform.providers.aliyun.emulator.keys import AccessKey, add_key

ID = "STS.plantedIdentifier0123456"
SECRET = "plantedSecretKey0123456789abcd"
TOKEN = "CAISplanted+/Token0123456789=="

PROJECT = """\
smsform: 1
providers: {{main: {{type: aliyun, endpoint: '{endpoint}', sign_method: HMAC-SHA1}}}}
"""
DEFINITIONS = "signatures: {shop: {name: 示例商城}}\n"
COMMANDS = [
    ["plan"], ["plan", "--format", "json"], ["plan", "--format", "markdown"],
    ["apply", "--auto-approve"], ["apply", "--auto-approve", "--format", "json"],
    ["status"], ["status", "--format", "json"], ["status", "--format", "markdown"],
    ["doctor"], ["doctor", "--format", "json"], ["import"],
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project whose temporary key has another secret at the service."""
    store = Store(None)
    add_key(store, "main", AccessKey(ID, "another secret", token=TOKEN))
    service = emulator(store, SystemClock(), ProviderConfig("main", "aliyun"))
    names = ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN")
    for name, value in zip(names, (ID, SECRET, TOKEN), strict=True):
        monkeypatch.setenv(f"ALIBABA_CLOUD_{name}", value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "definitions.yaml").write_text(DEFINITIONS, encoding="utf-8")
    with Server(service) as server:
        text = PROJECT.format(endpoint=server.url)
        (tmp_path / "smsform.yaml").write_text(text, encoding="utf-8")
        yield tmp_path


def test_the_emulator_quotes_as_the_service_does(project: Path) -> None:
    """Else the next test proves nothing."""
    import requests

    url = (project / "smsform.yaml").read_text("utf-8").split("'")[1]
    fields = {
        "Action": wire.LIST_SIGNS,
        "Version": wire.VERSION,
        "Format": "json",
        "AccessKeyId": ID,
        "SecurityToken": TOKEN,
        "SignatureNonce": "1",
        "SignatureMethod": wire.HMAC_SHA1,
        "SignatureVersion": "1.0",
        "Timestamp": "2026-11-29T00:00:00Z",
        "Signature": "none",
    }
    import time

    fields["Timestamp"] = time.strftime(wire.UTC_DATE, time.gmtime())
    answer = requests.post(url, params=fields, timeout=10).json()
    assert answer["Code"] == "SignatureDoesNotMatch"
    twice = quote(quote(TOKEN, safe=""), safe="")
    assert twice in answer["Message"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_shows_what_the_refusal_quotes(
    project: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """On the screen, in documents, in the log of calls, in files."""
    assert run(["-v", *command]) != 0
    out, err = capfd.readouterr()
    assert "SignatureDoesNotMatch" in out + err
    files = [p for p in project.rglob("*") if p.is_file() and p.name != "smsform.yaml"]
    once = quote(TOKEN, safe="")
    for text in (out, err, *(path.read_text("utf-8") for path in files)):
        for planted in (ID, SECRET, TOKEN, once, quote(once, safe=""), "CAISplanted"):
            assert planted not in text
