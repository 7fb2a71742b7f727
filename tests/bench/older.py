"""The build that is compared with, installed in an environment of its own."""

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
    """Its ``smsform``; needs the repository's history and an index of packages."""
    tree, environment = folder / "older", folder / "venv"
    git = ["git", "-C", str(REPOSITORY), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(tree), COMMIT], check=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        python = environment / "bin" / "python"
        install = [str(python), "-m", "pip", "install", "--quiet", str(tree)]
        subprocess.run(install, check=True, stdout=sys.stderr)
        yield str(environment / "bin" / "smsform")
    finally:
        subprocess.run([*git, "remove", "--force", str(tree)], check=True)
