"""The builds that are compared, each installed in an environment of its own.

So neither loads what only tests have, or is found in another way than people's is.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMIT = "fc992eb"  # the end of the first round, where the bars were set
REPOSITORY = Path(__file__).parents[2]


@contextmanager
def older_build(folder: Path) -> Iterator[str]:
    """The earlier ``smsform``; needs the repository's history and an index of
    packages."""
    tree = folder / "older"
    git = ["git", "-C", str(REPOSITORY), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(tree), COMMIT], check=True)
    try:
        yield installed(tree, folder / "venv")
    finally:
        subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def installed(tree: Path, environment: Path) -> str:
    """The ``smsform`` of the sources at *tree*, in a new *environment*."""
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    build = str(environment / "bin" / "smsform")
    install = [beside(build), "-m", "pip", "install", "--quiet", str(tree)]
    subprocess.run(install, check=True, stdout=sys.stderr)
    return build


def beside(build: str) -> str:
    """The interpreter of the environment that a build is installed in."""
    return str(Path(build).with_name("python"))
