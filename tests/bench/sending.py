"""How many messages a second a served emulator takes: one number a call, all signed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

from smsform.clock import SystemClock
from smsform.emulation import outbox
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent import SPEC, wire

CONNECTIONS = 4
SEEDS = (
    {"SignName": "示例商城"},
    {"TemplateId": 1110, "TemplateName": "登录验证码", "SmsType": 3,
     "TemplateContent": "{1}为您的登录验证码，请勿告诉他人。"},
)  # fmt: skip


def calls_a_second(folder: Path, calls: int = 4000) -> float:
    """Calls answered ``Ok`` a second, over four connections and a durable store.

    AssertionError for any other answer, or when a message is not in the outbox.
    """
    path = folder / "sent.sqlite"
    store = Store(path)
    config = ProviderConfig("tencent", SPEC.type, region="ap-guangzhou")
    SPEC.emulator(store, SystemClock(), config).seed(SEEDS)
    command = [sys.executable, "-m", "smsform", "-C", str(folder), "emulate",
               "--store", str(path), "--port", "0"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        lines = (line.split() for line in server.stdout)
        place = next(words[1] for words in lines if words[0] == "tencent")
        host = place.removeprefix("http://")
        requests = [_signed(host, number) for number in range(calls)]
        bad: list[bytes] = []
        shares = [requests[start::CONNECTIONS] for start in range(CONNECTIONS)]
        threads = [Thread(target=_send, args=(host, each, bad)) for each in shares]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.perf_counter() - begun
        server.terminate()
    assert bad == []
    assert len(outbox.accepted(store)) == calls
    store.close()
    return calls / took


def _signed(host: str, number: int) -> tuple[bytes, dict[str, str]]:
    body = json.dumps({
        "PhoneNumberSet": [f"+86138{number:08}"], "SmsSdkAppId": "1400006666",
        "TemplateId": "1110", "SignName": "示例商城", "TemplateParamSet": ["4711"],
    }).encode()  # fmt: skip
    now = int(time.time())
    signed = [("content-type", "application/json"), ("host", host)]
    signature = wire.signature(
        wire.DEMO_SECRET_KEY, method="POST", query="", payload=body, headers=signed,
        timestamp=now,
    )  # fmt: skip
    scope = f"{wire.DEMO_SECRET_ID}/{wire.utc_date(now)}/sms/tc3_request"
    return body, {
        "Content-Type": "application/json", "X-TC-Action": wire.SEND,
        "X-TC-Version": wire.VERSION, "X-TC-Timestamp": str(now),
        "X-TC-Region": "ap-guangzhou",
        "Authorization": f"{wire.TC3} Credential={scope}, "
        f"SignedHeaders=content-type;host, Signature={signature}",
    }  # fmt: skip


def _send(
    host: str, requests: list[tuple[bytes, dict[str, str]]], bad: list[bytes]
) -> None:
    connection = HTTPConnection(host, timeout=30)
    for body, headers in requests:
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse().read()
        if b'"Code":"Ok"' not in answer:
            bad.append(answer)
    connection.close()
