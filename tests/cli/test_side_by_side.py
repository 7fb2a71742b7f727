"""Several providers in one project: at the same time, and none holds up another."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from projects import demo_keys
from smsform.cli import run
from smsform.config import load
from smsform.project import accounts, ahead
from smsform.registry import specs

EXAMPLE = Path(__file__).parents[2] / "templates.example"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example project, with nothing submitted yet."""
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".smsform"))
    return root


def call(root: Path, *arguments: str) -> tuple[int, Any]:
    """The exit code, and stdout as JSON."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run(["-C", str(root), *arguments, "--format", "json"])
    return int(code), json.loads(out.getvalue())


def test_an_account_out_of_reach_does_not_stop_the_other(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the one has is submitted, the other is said to be unread: exit 1."""
    first, *others = load(example, {}, specs()).providers
    for name in demo_keys(first):
        monkeypatch.setenv(name, "nobody")
    path = example / "smsform.yaml"
    head, mark, tail = path.read_text("utf-8").partition(f"  {first}:")
    assert mark
    tail = tail.replace("endpoint: emulator", "endpoint: http://127.0.0.1:9", 1)
    path.write_text(head + mark + tail, "utf-8")
    code, document = call(example, "apply", "--auto-approve")
    assert code == 1
    providers = {o["change"]["address"].split("/")[0] for o in document["outcomes"]}
    assert providers == {*others}
    assert {o["result"] for o in document["outcomes"]} == {"done"}
    assert list(document["errors"]) == [first]


def test_accounts_are_opened_one_after_the_other(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening imports, and threads that import the same for the first time collide."""
    threads = []
    opened = accounts.open_account

    def watched(*arguments: Any) -> accounts.OpenedAccount:
        threads.append(threading.current_thread())
        return opened(*arguments)

    for room in (accounts, ahead):
        monkeypatch.setattr(room, "open_account", watched)
    for command in ("plan", "status"):
        assert call(example, command)[0] == 0
    assert len(threads) == 4
    assert set(threads) == {threading.main_thread()}
