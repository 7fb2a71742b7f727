"""How many messages a second a served emulator takes: one number a call, all signed."""

from __future__ import annotations

import subprocess
import sys
import time
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from threading import Thread

from projects import UNGATED
from smsform.clock import SystemClock
from smsform.emulation import outbox
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import specs

SPEC = specs()[UNGATED]
SENDS = import_module(f"{UNGATED}.signed_sends")  # beside the service's own tests
CONNECTIONS = 4


def calls_a_second(folder: Path, calls: int = 4000) -> float:
    """Accepted calls a second, over four connections and a durable store.

    AssertionError for any other answer, or when a message is not in the outbox.
    """
    path = folder / "sent.sqlite"
    store = Store(path)
    config = ProviderConfig(SPEC.type, SPEC.type, region="ap-guangzhou")
    SPEC.emulator(store, SystemClock(), config).seed(SENDS.SEEDS)
    command = [
        sys.executable,
        "-m",
        "smsform",
        "-C",
        str(folder),
        "emulate",
        "--store",
        str(path),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        lines = (line.split() for line in server.stdout)
        place = next(words[1] for words in lines if words[0] == SPEC.type)
        host = place.removeprefix("http://")
        requests = [SENDS.signed(host, number) for number in range(calls)]
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


def _send(
    host: str, requests: list[tuple[bytes, dict[str, str]]], bad: list[bytes]
) -> None:
    connection = HTTPConnection(host, timeout=30)
    for body, headers in requests:
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse().read()
        if SENDS.ACCEPTED not in answer:
            bad.append(answer)
    connection.close()
