"""Planted secrets are used, and shown nowhere: not by any command, file or error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smsform.clock import SystemClock
from smsform.emulation import faults
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent.emulator import emulator
from smsform.providers.tencent.emulator.keys import AccessKey, add_key

ID = "AKIDplantedIdentifier0123456789abcdef"
SECRET = "plantedSecretKey0123456789abcdefgh"
TOKEN = "plantedSessionToken0123456789abcdefghijklmnop"

PROJECT = """\
smsform: 1
providers:
  main:
    type: tencent
    region: ap-guangzhou
    endpoint: {endpoint}
"""
DEFINITIONS = """\
templates:
  shipped:
    name: 发货通知
    type: notification
    content: 您的订单已发货，请留意查收。
    remark: 发货后发送
"""


@pytest.fixture
def store() -> Store:
    """What the emulator remembers."""
    return Store(None)


@pytest.fixture
def endpoint(store: Store) -> Iterator[str]:
    """A strict emulator that knows the planted, temporary key."""
    add_key(store, "main", AccessKey(ID, SECRET, token=TOKEN))
    config = ProviderConfig(
        "main", "tencent", region="ap-guangzhou", emulator={"review": "immediate"}
    )
    service = emulator(store, SystemClock(), config)
    service.seed([{"SignName": "示例商城", "International": 0, "StatusCode": 0}])
    with Server(service) as server:
        yield server.url


def plant(where: str, home: Path) -> dict[str, str]:
    """Put the key where a user would; the environment of the process."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "NO_PROXY": "*"}
    env |= {f"TENCENTCLOUD_{role}_ENDPOINT": "" for role in ("METADATA", "STS")}
    if where == "environment":
        return env | {
            "TENCENTCLOUD_SECRET_ID": ID,
            "TENCENTCLOUD_SECRET_KEY": SECRET,
            "TENCENTCLOUD_TOKEN": TOKEN,
        }
    folder = home / ".tccli"
    folder.mkdir()
    document = {"secretId": ID, "secretKey": SECRET, "token": TOKEN}
    (folder / "default.credential").write_text(json.dumps(document))
    return env


@pytest.mark.parametrize("where", ["environment", "file"])
def test_planted_secrets_never_appear(where, endpoint, store, tmp_path):
    """Every command, verbose, also when calls fail or the key is refused."""
    home, project = tmp_path / "home", tmp_path / "project"
    home.mkdir()
    project.mkdir()
    env = plant(where, home)
    (project / "smsform.yaml").write_text(PROJECT.format(endpoint=endpoint))
    (project / "definitions.yaml").write_text(DEFINITIONS)
    seen = []

    def run(*arguments: str) -> int:
        command = [sys.executable, "-m", "smsform", "-v", *arguments]
        done = subprocess.run(
            command, cwd=project, env=env, capture_output=True, text=True
        )
        seen.append(done.stdout + done.stderr)
        return done.returncode

    assert run("plan", "-o", "plan.json") == 0
    assert run("plan", "--format", "json") == 0
    assert run("plan", "--format", "markdown") == 0
    assert run("preview", "--format", "html", "--plan", "plan.json") == 0
    assert run("apply", "--format", "markdown", "plan.json") == 0
    assert run("status", "--format", "json") == 0
    assert run("ids") == 0
    assert run("state", "list") == 0
    faults.plant(store, faults.Fault("main", faults.FaultKind.NOT_JSON, times=20))
    assert run("status", "--format", "markdown") == 1
    store.execute("DELETE FROM fault")
    add_key(store, "main", AccessKey(ID, "another secret", token=TOKEN))
    assert run("plan") == 1  # the signature does not fit
    add_key(store, "main", AccessKey(ID, SECRET, token="another token"))
    assert run("plan") == 1
    (project / "smsform.yaml").write_text("smsform: [")
    assert run("plan") == 1
    assert run("validate", "--format", "sarif") == 1
    if where == "file":
        damaged = f'{{"secretId": "{ID}", "secretKey": "{SECRET}"'
        (home / ".tccli" / "default.credential").write_text(damaged)
        (project / "smsform.yaml").write_text(PROJECT.format(endpoint=endpoint))
        assert run("plan") == 1
    files = [path.read_text() for path in project.rglob("*") if path.is_file()]
    for text in [*seen, *files]:
        assert "Traceback" not in text
        for planted in (ID, SECRET, TOKEN):
            assert planted not in text
    assert "AddSmsTemplate" in "".join(seen)  # the verbose log was really there
