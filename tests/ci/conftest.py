"""The CI files' own installation, and a world for each forge."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from jobs import INSTALL, machine
from recorder import GitHub, GitLab
from worlds import World, git

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment where the files' own install step was run, once.

    What is installed is this folder as it lies here. Nothing is fetched: dependencies
    and the build's tool are the ones that these tests run with.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # the same for all workers
    with (base / "installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "venv" / "done").exists():
            _install(base)
            (base / "venv" / "done").touch()
    return base / "venv" / "bin"


def _install(base: Path) -> None:
    source, venv = base / "source", base / "venv"
    wanted = ["pyproject.toml", "README.md", "LICENSE", "smsform"]
    for name in git(ROOT, "ls-files", "-co", "--exclude-standard", *wanted).split("\n"):
        if (ROOT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    git(base, "init", "-q", "source")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "as it lies here")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    [packages] = venv.glob("lib/python*/site-packages")
    (packages / "tests.pth").write_text(sysconfig.get_path("purelib"))
    env = machine(venv / "bin", base) | {
        "SMSFORM_SOURCE": f"file://localhost{source}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # of an option with "no", 0 means yes
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    ran = subprocess.run(
        ["bash", "-c", INSTALL],
        cwd=base,
        env=env,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


@pytest.fixture(params=[GitHub, GitLab])
def world(
    request: pytest.FixtureRequest, tmp_path: Path, installed: Path
) -> Iterator[World]:
    """A project with its CI file at each forge in turn."""
    forge = request.param()
    world = World(tmp_path, forge, installed)
    yield world
    forge.stop()
    world.server.stop()
