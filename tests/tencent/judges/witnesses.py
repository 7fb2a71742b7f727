"""Outside code that knows the service, each behind the same few lines.

A witness makes one call at a time and answers with the service's own words; it signs,
encodes and parses without any of our code.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sdk_processes import PATIENCE, NodeProcess

# The signing methods and HTTP methods the Node SDK has; tccli has TC3 and POST only.
METHODS = [
    f"node {sign_method} {http_method}"
    for sign_method in ("TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1")
    for http_method in ("POST", "GET")
]
DIRECT = "node TC3-HMAC-SHA256 POST direct"  # by its address alone, as a user would
WITNESSES = [*METHODS, DIRECT, "tccli"]


class Account(NamedTuple):
    """Where a witness calls and as whom."""

    port: int
    secret_id: str
    secret_key: str
    region: str = "ap-guangzhou"


class Answer(NamedTuple):
    """What a witness was told: a reply, or a refusal's code."""

    reply: Mapping[str, Any]
    code: str = ""
    request_id: str = ""


class Witness(Protocol):
    """One outside client of the service."""

    def call(self, action: str, **params: object) -> Answer:
        """Make one call."""

    def close(self) -> None:
        """End whatever was started."""


class NodeSdk(NodeProcess):
    """The official Node SDK, in one process."""

    def __init__(
        self, account: Account, sign_method: str, http_method: str, *how: str
    ) -> None:
        setup = {
            "port": account.port,
            "secretId": account.secret_id,
            "secretKey": account.secret_key,
            "region": account.region,
            "signMethod": sign_method,
            "reqMethod": http_method,
            "direct": "direct" in how,
        }
        super().__init__("drive.mjs", setup)

    def call(self, action: str, **params: object) -> Answer:
        """Make one call."""
        answer = self.ask(action, params)
        if error := answer.get("error"):
            return Answer({}, error["code"], error["requestId"])
        reply = answer["response"]
        return Answer(reply, request_id=reply["RequestId"])


class CommandLine:
    """tccli, the official command line; a process for every call."""

    def __init__(self, program: Path, home: Path, account: Account) -> None:
        self._account = account
        self._command = [
            str(program),
            "sms",
            "--region",
            account.region,
            "--endpoint",
            f"http://127.0.0.1:{account.port}",
        ]
        self._environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TENCENTCLOUD_SECRET_ID": account.secret_id,
            "TENCENTCLOUD_SECRET_KEY": account.secret_key,
        }

    def call(self, action: str, **params: object) -> Answer:
        """Make one call."""
        done = subprocess.run(
            [*self._command[:2], action, *self._command[2:], *_options(params)],
            env=self._environ,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        if done.returncode == 0:
            reply = json.loads(done.stdout)
            return Answer(reply, request_id=reply["RequestId"])
        return _refusal(done.stdout + done.stderr)

    def close(self) -> None:
        """Nothing is left running."""


def _options(params: Mapping[str, object]) -> Sequence[str]:
    words = []
    for name, value in params.items():
        text = json.dumps(value) if isinstance(value, list) else str(value)
        words += [f"--{name}", text]
    return words


def _refusal(text: str) -> Answer:
    """``[TencentCloudSDKException] code:… message:… requestId:…`` taken apart."""
    assert "[TencentCloudSDKException]" in text, text
    code = text.split("code:", 1)[1].split(" ", 1)[0]
    return Answer({}, code, text.rsplit("requestId:", 1)[1].split()[0])
