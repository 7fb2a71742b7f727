"""Every rule asked about every definition of a project, in parts where there are many.

Knows of no memory: a run without one loads nothing of the cache.
"""

from __future__ import annotations

from smsform.project.sharing.shares import shares
from smsform.project.validation.judged import Judged
from smsform.project.validation.whole import validate
from smsform.project.workspace import Workspace


def judge_all(project: Workspace, strict: bool) -> Judged:
    """Every rule about every definition, on several processors where that pays."""
    if found := shares(project):
        from smsform.project.validation.apart import judged_apart  # for large projects

        if part := judged_apart(project, strict, found):
            return Judged(part.problems, part.definitions)
    return judge_whole(project, strict)


def judge_whole(project: Workspace, strict: bool) -> Judged:
    """Every rule about every definition, all of them at once."""
    problems, definitions = validate(project, strict), project.definitions
    return Judged(problems, len(definitions.signatures) + len(definitions.templates))
