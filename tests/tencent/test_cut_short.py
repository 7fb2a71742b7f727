"""The second Ctrl-C ends a run at once, also with calls of two providers in flight."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from smsform.clock import SystemClock
from smsform.emulation import calls, faults
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent import SPEC, wire
from smsform.stopping import TOGETHER

PROJECT = """\
smsform: 1
providers:
  one: {{type: tencent, endpoint: '{one}', credentials_env: DEMO}}
  two: {{type: tencent, endpoint: '{two}', credentials_env: DEMO}}
"""
DEFINITIONS = """\
templates:
  shipped:
    name: 发货通知
    type: notification
    content: 您的订单已发货，请留意查收。
    remark: 发货后发送
"""
SLOW = 30.0  # seconds


def waiting(store: Store, name: str) -> bool:
    """Whether the submission to provider *name* is with the service."""
    return any(call.action == wire.ADD_TEMPLATE for call in calls.recorded(store, name))


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_the_second_ctrl_c_waits_for_nobody(tmp_path: Path) -> None:
    """What was sent is on record; the lock is free, and nothing is submitted twice."""
    store = Store(None)
    apps = []
    for name in ("one", "two"):
        config = ProviderConfig(name, SPEC.type, emulator={"pace": False})
        app = SPEC.emulator(store, SystemClock(), config)
        app.seed([{"SignName": "示例商城", "International": 0, "StatusCode": 0}])
        slow = Fault(name, FaultKind.SLOW, action=wire.ADD_TEMPLATE, seconds=SLOW)
        faults.plant(store, slow)
        apps.append(app)
    environ = {
        **os.environ,
        "DEMO_SECRET_ID": SPEC.demo.id,
        "DEMO_SECRET_KEY": SPEC.demo.secret,
    }
    with Server(apps[0]) as one, Server(apps[1]) as two:
        text = PROJECT.format(one=one.url, two=two.url)
        (tmp_path / "smsform.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "definitions.yaml").write_text(DEFINITIONS, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "smsform", "apply", "--auto-approve"],
            cwd=tmp_path,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        try:
            until = time.monotonic() + 30
            while not all(waiting(store, name) for name in ("one", "two")):
                assert time.monotonic() < until, process.poll()
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            time.sleep(2 * TOGETHER)
            assert process.poll() is None  # the first one lets calls come to an end
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=SLOW / 3)
            assert time.monotonic() - began < SLOW / 3
        finally:
            process.kill()
    assert process.returncode == 130, said
    document = json.loads((tmp_path / "smsform.state.json").read_text("utf-8"))
    for name in ("one", "two"):
        assert list(document["providers"][name]["intents"]) == ["template.shipped"]
    assert not (tmp_path / "smsform.state.json.lock").exists()
