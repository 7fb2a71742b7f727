"""The question of ``send`` on a real terminal: a pseudo one, typed at by the test."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from conformance.project import Project
from conformance.sendable import NUMBER, SENDING, a_project, calls_made, sent
from smsform.cli import Exit

PATIENCE = 30.0  # seconds
SETTLING = 0.5  # until whoever asks reads: a key typed while it begins to may be lost
CTRL_C, CTRL_D = "\x03", "\x04"
ASKED = {"en": "Send it now? [y/N]: ", "zh": "现在发送？ [y/N]: "}


def talk(project: Project, language: str, *typed: str) -> tuple[int, str]:
    """Run ``send`` on a terminal, answer its questions; exit code and screen."""
    command = [
        "-m",
        "smsform",
        "--lang",
        language,
        "-C",
        str(project.root),
        "send",
        "p/template.pickup",
        "--to",
        NUMBER,
    ]
    process, screen = pty.fork()
    if process == 0:
        os.execv(sys.executable, [sys.executable, *command])
    shown, answers = "", list(typed)
    asked, until = 0, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not select.select([screen], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(screen, 65536)
        except OSError:  # the other side is closed
            break
        shown += data.decode(errors="replace")
        if answers and shown.count(ASKED[language]) > asked:
            asked += 1
            time.sleep(SETTLING)
            os.write(screen, answers.pop(0).encode())
    else:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)  # before its terminal is gone
    os.close(screen)
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).replace("\r\n", "\n")
    return os.waitstatus_to_exitcode(status), plain


@pytest.fixture(params=SENDING)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Approved templates at one service."""
    return a_project(tmp_path, request.param)


@pytest.mark.parametrize(
    ("language", "yes", "unclear", "declined", "aborted"),
    [
        ("en", "y", "Please answer y or n.", "Nothing was sent.", "Aborted."),
        ("zh", "是", "请回答 y 或 n。", "没有发送", "已中止。"),
    ],
)
def test_a_person_is_asked_and_believed(
    language: str, yes: str, unclear: str, declined: str, aborted: str, project: Project
) -> None:
    """No, Ctrl-C, Ctrl-D and an answer that is none send nothing; yes sends once."""
    before = calls_made(project)
    code, shown = talk(project, language, "n\n")
    assert code == Exit.ERROR
    assert declined in shown
    assert "东门驿站" in shown
    for key in (CTRL_C, CTRL_D):
        code, shown = talk(project, language, key)
        assert code == Exit.INTERRUPTED
        assert shown.splitlines()[-1] == aborted
        assert "Traceback" not in shown
    assert sent(project) == []
    code, shown = talk(project, language, "perhaps\n", f"{yes}\n")
    assert code == Exit.FINE, shown
    assert unclear in shown
    assert NUMBER not in shown.replace(f"--to {NUMBER}", "")
    assert [message.number for message in sent(project)] == [f"+86{NUMBER}"]
    assert calls_made(project) > before
