"""``smsform emulate`` as its users meet it: a process, a port, the official clients."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from submissions import SIGN, TEMPLATE, TEMPLATES, by_id
from witnesses import WITNESSES, Account, Witness

from smsform.providers.tencent import SPEC

PROJECT = """\
smsform: 1
providers:
  tencent: {type: tencent, region: ap-guangzhou, endpoint: emulator}
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Account]:
    """An emulator in a process of its own, where every review passes at once."""
    (tmp_path / "smsform.yaml").write_text(PROJECT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "smsform", "-C", str(tmp_path), "emulate",
         "--port", "0", "--store", "memory", "--review", "immediate", "--no-pace"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout
    line = process.stdout.readline()
    try:
        port = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert port, line
        yield Account(int(port[1]), SPEC.demo.id, SPEC.demo.secret)
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.mark.judge
@pytest.mark.parametrize("witness", WITNESSES, indirect=True)
def test_the_served_emulator_reviews(
    witness: Callable[[Account], Witness], served: Account
) -> None:
    """What passed its review can be read and deleted but not changed any more."""
    client = witness(served)
    assert client.call("AddSmsSign", **SIGN).code == ""
    added = client.call("AddSmsTemplate", **TEMPLATE)
    id = int(added.reply["AddTemplateStatus"]["TemplateId"])
    [entry] = by_id(client, TEMPLATES, id)
    assert entry["StatusCode"] == 0
    changed = client.call("ModifySmsTemplate", TemplateId=id, **TEMPLATE)
    assert changed.code == "FailedOperation.TemplateAlreadyPassedCheck"
    assert client.call("DeleteSmsTemplate", TemplateId=id).code == ""
    assert by_id(client, TEMPLATES, id) == []
