"""Who runs this, and at which commit: what the state says of a submission."""

from __future__ import annotations

import getpass
import subprocess

from smsform.project.workspace import Workspace
from smsform.state import Author


def author_of(project: Workspace) -> Author:
    """The user and the commit; "" where they are not known."""
    try:
        by = getpass.getuser()
    except (OSError, KeyError, ImportError):
        by = ""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=project.config.root,
            capture_output=True,
            text=True,
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError):
        return Author(by)
    return Author(by, found.stdout.strip() if found.returncode == 0 else "")
