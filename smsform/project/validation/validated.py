"""``validate`` as people run it, again and again: unchanged files are remembered.

Loads what reads and judges definitions only where there is something to judge.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.project.validation.judged import Judged

if TYPE_CHECKING:
    from smsform.cache import Cache


def cache_for(root: Path, environ: Mapping[str, str]) -> Cache | None:
    """The cache for the project at *root*; None where there can be none.

    ConfigError for a ``SMSFORM_CACHE`` in the project, or in its repository.
    """
    from smsform.cache import opened
    from smsform.project.repository import repository

    try:
        absolute = Path(os.path.realpath(root))
    except OSError:  # the current folder is gone
        return None
    return opened(environ, absolute, repository(absolute) or absolute)


def validated(
    root: Path, strict: bool, cache: Cache | None, environ: Mapping[str, str]
) -> Judged:
    """The problems of the project at *root*, and its number of definitions.

    What *cache* remembers is not worked out again. Errors as ``Project.validate``.
    """
    if cache is None:
        return _judged_anew(root, strict, environ)
    from smsform.project.validation.remembered import look, name_of, recall

    try:
        seen = look(root)
    except OSError:  # probably there is no project: that is the error
        return _judged_anew(root, strict, environ)
    name = name_of(root, strict, environ)
    recalled = recall(cache, name, seen, root)
    if recalled and not recalled.edited:
        return Judged(recalled.memo.problems, recalled.memo.definitions)
    from smsform.project.validation.rejudging import judge
    from smsform.project.workspace import Workspace

    return judge(Workspace.load(root, environ), strict, cache, name, seen, recalled)


def _judged_anew(root: Path, strict: bool, environ: Mapping[str, str]) -> Judged:
    """All of it worked out; nothing of a cache is loaded."""
    from smsform.project.validation.judging import judge_all
    from smsform.project.workspace import Workspace

    return judge_all(Workspace.load(root, environ), strict)
