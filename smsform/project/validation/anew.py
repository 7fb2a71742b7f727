"""Every rule asked about every definition of a project, in parts where there are many.

Knows of no memory: a run without one loads nothing of the cache.
"""

from __future__ import annotations

from smsform.project.parallel.division import divided
from smsform.project.validation.problems import problems_of
from smsform.project.validation.result import Validated
from smsform.project.workspace import Workspace


def validate_anew(project: Workspace, strict: bool) -> Validated:
    """Every rule about every definition, on several processors where that pays."""
    if division := divided(project):
        from smsform.project.validation.parallel import validate_in_parallel

        if part := validate_in_parallel(project, strict, division):
            return Validated(part.problems, part.definitions)
    return validate_whole(project, strict)


def validate_whole(project: Workspace, strict: bool) -> Validated:
    """Every rule about every definition, all of them at once."""
    problems, definitions = problems_of(project, strict), project.definitions
    return Validated(problems, len(definitions.signatures) + len(definitions.templates))
