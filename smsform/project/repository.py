"""The git repository a project is in, found without git."""

from __future__ import annotations

import os
from pathlib import Path


def repository(folder: Path) -> Path | None:
    """The root of the repository that *folder*, an absolute path, is in.

    ``.git`` is a folder there, and a file in a worktree and in a submodule.
    """
    around = (folder, *folder.parents)
    return next((each for each in around if os.path.exists(each / ".git")), None)
