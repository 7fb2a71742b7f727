"""Work grows with what there is to do, and not faster.

Counted are calls of functions, which are the same on every machine.
"""

from __future__ import annotations

import contextlib
import cProfile
import io
import pstats
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.project import Project
from smsform.cli import run
from smsform.registry import specs

SERVICES = sorted(specs())


def calls(root: Path, *arguments: str) -> int:
    """How many functions the command calls."""
    profile = cProfile.Profile()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(None):
        profile.runcall(run, ["-C", str(root), *arguments])
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined]


def samples(count: int) -> dict[str, dict[str, object]]:
    """One template with so many samples."""
    return {
        "login_code": {
            "type": "verification",
            "signature": "shop",
            "content": "您的验证码为{{ code }}，请勿告诉他人。",
            "params": {"code": {"sample": "123456", "kind": "digits"}},
            "samples": {f"case{n}": {"code": f"{n:06}"} for n in range(count)},
        }
    }


def unknown_names(count: int) -> dict[str, dict[str, object]]:
    """So many templates, each with a key that is none and a signature that is not."""
    return {
        f"notice{n}": {
            "type": "notification",
            "signature": f"shpo{n}",
            "contnet": "您的包裹已到前台。",
            "content": f"您的第{n}号包裹已到前台。",
        }
        for n in range(count)
    }


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("many", "command"),
    [
        (samples, ("preview",)),
        (samples, ("preview", "--format", "html")),
        (samples, ("preview", "--format", "markdown")),
        (samples, ("preview", "--format", "json")),
        (samples, ("validate",)),
        (samples, ("plan",)),
        (unknown_names, ("validate",)),
        (unknown_names, ("validate", "--format", "sarif")),
    ],
)
def test_twice_as_much_is_twice_the_work(
    tmp_path: Path,
    service: str,
    many: Callable[[int], dict[str, dict[str, object]]],
    command: tuple[str, ...],
) -> None:
    """Beside what every run costs."""
    project = Project(tmp_path, service)
    counts = []
    for count in (50, 200, 400, 800):
        project.templates = many(count)
        project.write()
        counts.append(calls(tmp_path, *command))
    _, few, more, most = counts  # the first run imports, too
    assert most - more < 2.4 * (more - few), counts
