"""``validate`` as people run it, again and again: unchanged files are remembered.

Where nothing was edited, nothing is loaded of what reads and validates definitions.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.project.validation.result import Validated

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
) -> Validated:
    """The problems of the project at *root*, and its number of definitions.

    What *cache* remembers is not worked out again. Raises what ``Project.validate``
    does.
    """
    if cache is None:
        return _anew(root, strict, environ)
    from smsform.project.validation.memo import look, name_of, recall

    try:
        seen = look(root)
    except OSError:  # probably there is no project: that is the error
        return _anew(root, strict, environ)
    name = name_of(root, strict, environ)
    recalled = recall(cache, name, seen, root)
    if recalled and not recalled.edited:
        return Validated(recalled.memo.problems, recalled.memo.definitions)
    from smsform.project.validation.edited import validate_edited
    from smsform.project.workspace import Workspace

    project = Workspace.load(root, environ)
    return validate_edited(project, strict, cache, name, seen, recalled)


def _anew(root: Path, strict: bool, environ: Mapping[str, str]) -> Validated:
    """All of it worked out; nothing of a cache is loaded."""
    from smsform.project.validation.anew import validate_anew
    from smsform.project.workspace import Workspace

    return validate_anew(Workspace.load(root, environ), strict)
