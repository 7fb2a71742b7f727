"""Compilers of other languages: is one here, run it, and what all tests share of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

# As it was before a test's environment was emptied: compilers keep caches at home.
AT_HOME = dict(os.environ)
SENDERS = Path(__file__).parent / "senders"
PATIENCE = 300  # seconds for a compiler or for a program
REQUIRED = os.environ.get("SMSFORM_CI") == "1"


class Failure(Exception):
    """A compiler said no, or a program ended badly."""


def tool(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> str:
    """Run a command; Failure with what it said when it did not end well."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment or AT_HOME,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        encoding="utf-8",
    )
    if done.returncode:
        raise Failure(f"{command[0]}: {done.stdout}{done.stderr}"[-6000:])
    return done.stdout


def lacking(*programs: str) -> str:
    """Which of *programs* is not on this machine, in words."""
    missing = [each for each in programs if not shutil.which(each)]
    return f"not installed: {', '.join(missing)}" if missing else ""


def skip_or_fail(why: str) -> None:
    """A test that cannot run here is skipped; in CI that is a failure."""
    if REQUIRED:
        pytest.fail(why)
    pytest.skip(why)


def shared(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a test run have in common."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


def java_libraries(folder: Path) -> list[Path]:
    """The jars Java programs are compiled against, in *folder*; fetched once."""
    jars = folder / "lib"
    if not jars.is_dir():
        tool(
            [
                "mvn",
                "-B",
                "-q",
                "-f",
                str(SENDERS / "java" / "pom.xml"),
                "dependency:copy-dependencies",
                f"-DoutputDirectory={jars}",
            ],
            folder,
        )
    return sorted(jars.glob("*.jar"))
