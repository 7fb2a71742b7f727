"""The README's tour: real commands, run in a copy of the example, with their output.

Ids are the emulator's and always the same; times are replaced by one, so that the tour
is the same on every day.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d")
NOON = "2026-11-21 12:00+00:00"


class Step(NamedTuple):
    """Words, then commands with their output."""

    words: str
    commands: tuple[str, ...]


BEFORE = "smsform apply --auto-approve"  # the README's first command

STEPS = (
    Step("Before anything is sent, see what is wrong and what the recipient reads:",
         ("smsform validate", "smsform preview login_code")),
    Step("After the first command the reviewers have it; here the emulator approves at "
         "the second look. `status` records the verdicts, `ids` hands out what passed:",
         ("smsform plan", "smsform status 2>/dev/null | head -4",
          "smsform ids --format env | tail -2")),
    Step("An approved text is edited. The plan supersedes it; the old id stays in use:",
         ("sed -i 's/到账，详询/到账。详询/' templates/orders.yaml",
          "smsform plan", "smsform apply --auto-approve | tail -3",
          "smsform ids --format env | grep REFUND")),
    Step("Once the new version is approved its id is handed out; the old one can go:",
         ("smsform status 2>/dev/null | grep refund",
          "smsform status 2>/dev/null | grep refund",
          "smsform plan",
          "smsform apply --auto-approve --retire tencent/template.refund_done "
          "| tail -2")),
    Step("A reviewer says no; the note is where you look:",
         ("sed -i 's/点前领取/点前来领取/' templates/orders.yaml",
          "smsform apply --auto-approve | grep done",
          "smsform emulate review tencent/template.pickup_ready "
          '--reject "请在备注中说明取件地点"',
          "smsform plan --detailed-exitcode; echo exit $?")),
    Step("The state file is lost. Nothing is submitted twice:",
         ("rm .smsform/emulator.state.json", "smsform plan | tail -1")),
)  # fmt: skip


def tour() -> Iterator[str]:
    """The tour in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "templates.example"
        left_out = shutil.ignore_patterns(".smsform")
        shutil.copytree(ROOT / "templates.example", project, ignore=left_out)
        run(BEFORE, project)
        for step in STEPS:
            yield from ["", step.words, "", "```console"]
            for command in step.commands:
                yield f"$ {command}"
                yield from run(command, project).splitlines()
            yield "```"
    yield ""


def run(command: str, project: Path) -> str:
    """What a person would see of *command*, stdout and stderr, times replaced."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": path, "HOME": str(project), "TZ": "UTC", "NO_COLOR": "1",
           "LANG": "C.UTF-8", "COLUMNS": "80"}  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", command], cwd=project, env=env, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=60,
    )  # fmt: skip
    return MOMENT.sub(NOON, done.stdout)
