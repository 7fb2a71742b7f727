"""The git repository a project is in, found without git, and its default branch."""

from __future__ import annotations

import os
from pathlib import Path


def repository(folder: Path) -> Path | None:
    """The root of the repository that *folder*, an absolute path, is in.

    ``.git`` is a folder there, and a file in a worktree and in a submodule.
    """
    around = (folder, *folder.parents)
    return next((each for each in around if os.path.exists(each / ".git")), None)


def default_branch(root: Path) -> str:
    """The branch that the forge of the repository at *root* deploys, else "main".

    In a clone it is the default branch of ``origin``; in a repository made here the
    current branch, unless that is a branch beside main or master.
    """
    git = root / ".git"
    if git.is_file():  # a worktree: the common files lie elsewhere
        target = root / _text(git).removeprefix("gitdir:").strip()
        git = target / (_text(target / "commondir") or ".")
    origin = _text(git / "refs" / "remotes" / "origin" / "HEAD")
    if origin.startswith(_ORIGIN):
        return origin.removeprefix(_ORIGIN)
    usual = (each for each in ("main", "master") if (git / _HEADS / each).is_file())
    if found := next(usual, ""):
        return found
    here = _text(git / "HEAD")
    return here.removeprefix(_HERE) if here.startswith(_HERE) else "main"


_HEADS = Path("refs", "heads")
_HERE = "ref: refs/heads/"
_ORIGIN = "ref: refs/remotes/origin/"


def _text(path: Path) -> str:
    """The line in a small file of git's; empty where there is none."""
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
