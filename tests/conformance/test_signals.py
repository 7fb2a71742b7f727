"""Real processes that are asked to end, their service on a real socket.

At every step of an apply: test_kill.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.mixed import a_template
from conformance.project import Project, facts
from projects import UNGATED, demo_keys
from smsform.clock import SystemClock
from smsform.emulation import calls
from smsform.emulation.faults import FaultKind
from smsform.emulation.server import Server
from smsform.provider import ProviderConfig
from smsform.registry import specs
from smsform.stopping import PATIENCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

ENDING = ["SIGINT", "SIGTERM", "SIGHUP"]
APPLY = ("apply", "--auto-approve", "--format", "json")
PROMPT = 3.0  # seconds; about one, on a machine that has other things to do
SLOW = 30.0
SUBMISSION = facts(UNGATED)["create"]


class Live:
    """A project whose service is on a socket: a signature and three templates."""

    def __init__(self, root: Path, open_: ExitStack) -> None:
        self.project = Project(root, UNGATED, {"review": "manual", "pace": False})
        self.project.templates = {
            key: a_template(f"通知{key}", f"您的{what}已发货，请留意查收。")
            for key, what in zip("abc", ("订单", "包裹", "礼品"), strict=True)
        }
        self.project.write()
        spec = specs()[UNGATED]
        given = ProviderConfig("p", UNGATED, emulator=self.project.settings)
        app = spec.emulator(self.project.store, SystemClock(), given)
        self._open = open_
        url = open_.enter_context(Server(app)).url
        path = root / "smsform.yaml"
        config = yaml.safe_load(path.read_text("utf-8"))
        del config["providers"]["p"]["emulator"]
        config["providers"]["p"]["endpoint"] = url
        path.write_text(json.dumps(config), "utf-8")
        self.state = root / "smsform.state.json"

    def begin(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start smsform in the project; it does not outlive the test."""
        before = options.pop("before", ())
        self._seen = len(calls.recorded(self.project.store))
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "smsform", *arguments],
            cwd=self.project.root,
            env={**os.environ, **demo_keys(UNGATED), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **options,
        )
        self._open.enter_context(process)
        self._open.callback(process.kill)
        return process

    def hang(self, action: str, seconds: float = SLOW) -> None:
        """Let the answers to these calls come late."""
        self.project.fault(FaultKind.SLOW, action, seconds=seconds, times=99)

    def has_come(self, action: str, process: subprocess.Popen[str]) -> None:
        """Return when such a call of the process is with the service."""
        until = time.monotonic() + SLOW
        while not any(
            action in ("*", call.action)
            for call in calls.recorded(self.project.store)[self._seen :]
        ):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)

    def left(self) -> set[str]:
        """What of a run lies beside the state file."""
        found = {each.name for each in self.project.root.iterdir()}
        return {each for each in found if each.startswith(f"{self.state.name}.")}

    def intents(self) -> list[str]:
        """The submissions that the state does not know the end of."""
        document = json.loads(self.state.read_text("utf-8"))
        return list(document["providers"]["p"].get("intents", {}))

    def finish(self, expected: str = "abc") -> None:
        """Nothing is submitted twice, and nothing is lost."""
        self.project.store.execute("DELETE FROM fault")
        process = self.begin(*APPLY)
        out, err = process.communicate(timeout=SLOW)
        assert process.returncode == 0, out + err
        names = [each.name for each in self.project.store.everything()]
        made = sorted(name for name in names if name.startswith("通知"))
        assert made == [f"通知{key}" for key in expected]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """The project, nothing of it submitted yet."""
    with ExitStack() as open_:
        yield Live(tmp_path, open_)


def ended(process: subprocess.Popen[str], number: int, within: float) -> str:
    """Send the signal; what the process wrote on stderr until it ended."""
    began = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate(timeout=SLOW)
    assert time.monotonic() - began < within
    return said


@pytest.mark.parametrize(
    ("command", "name"),
    [
        *((("plan",), name) for name in ENDING),
        (APPLY, "SIGTERM"),
        (("status",), "SIGTERM"),
        (("import",), "SIGTERM"),
    ],
)
def test_a_reading_that_hangs_is_given_up_at_once(
    live: Live, command: tuple[str, ...], name: str
) -> None:
    """Nobody waits for the answer to what is only a question."""
    number = getattr(signal, name)
    live.hang("*")
    process = live.begin(*command)
    live.has_come("*", process)
    said = ended(process, number, PROMPT)
    assert process.returncode == 128 + number
    assert ("Aborted." if name == "SIGINT" else name) in said
    assert not live.left()
    assert len(said.splitlines()) <= 2


def test_a_submission_that_hangs_has_a_few_seconds(live: Live) -> None:
    """After SIGTERM comes SIGKILL: the state is whole before that, and says what nobody
    knows."""
    live.hang(SUBMISSION)
    process = live.begin(*APPLY)
    live.has_come(SUBMISSION, process)
    said = ended(process, signal.SIGTERM, PATIENCE + PROMPT)
    assert process.returncode == 143
    assert f"SIGTERM: stopping after the call in flight, in {PATIENCE} s" in said
    assert not live.left()
    assert len(live.intents()) == 1
    live.finish()


@pytest.mark.judge
def test_a_submission_under_way_comes_to_its_end(live: Live) -> None:
    """`timeout` sends each signal twice, to process and group: that counts as one."""
    if shutil.which("timeout") is None:
        pytest.skip("there is no timeout here")
    live.hang(SUBMISSION, 2.0)
    process = live.begin(*APPLY, before=("timeout", "60"))
    live.has_come(SUBMISSION, process)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=SLOW)
    assert process.returncode == 143
    assert json.loads(out)["summary"] == {"submitted": 2, "skipped": 2}
    assert not live.left()
    assert not live.intents()
    live.finish()


def test_a_pause_ends_with_the_run(live: Live) -> None:
    """What was refused as too fast is not tried again for a minute."""
    live.project.fault(FaultKind.THROTTLE, SUBMISSION, times=99)
    process = live.begin(*APPLY)
    live.has_come(SUBMISSION, process)
    time.sleep(3)  # in the second pause or the third, of 2 s and 4 s
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=SLOW)
    assert time.monotonic() - began < PROMPT
    assert process.returncode == 130
    summary = json.loads(out)["summary"]
    assert summary == {"submitted": 1, "unknown": 1, "skipped": 2}
    assert not live.left()
    assert live.intents() == ["template.a"]
    live.finish("bc")  # who can know whether it was made? It waits for ten minutes


def test_a_wait_for_reviews_is_only_a_wait(live: Live) -> None:
    """It says how things stand, and ends as it does when its time is over."""
    live.finish()
    process = live.begin("status", "--wait")
    assert process.stderr
    assert "Waiting" in process.stderr.readline()
    said = ended(process, signal.SIGTERM, PROMPT)
    assert "Stopped waiting" in said
    assert process.returncode == 3


def test_what_nohup_ignores_stays_ignored(live: Live) -> None:
    """The terminal may close; the run goes on."""
    live.hang("*", 1.0)
    ignore = partial(signal.signal, signal.SIGHUP, signal.SIG_IGN)
    process = live.begin("plan", preexec_fn=ignore)
    live.has_come("*", process)
    process.send_signal(signal.SIGHUP)
    out, err = process.communicate(timeout=SLOW)
    assert (process.returncode, err) == (0, "")
    assert "4 to create" in out
