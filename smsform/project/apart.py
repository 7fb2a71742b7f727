"""All definitions judged in parts, which several processors share.

    files -> parts of some size -> each judged alone -> nothing meets -> one list

Where something of one part meets something of another, and where there is little to
do, nothing comes of it: then all is judged at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from smsform.errors import Problem
from smsform.project.parts import (
    Line,
    Part,
    among_all,
    claims,
    in_order,
    packed,
    part_of,
    unpacked,
)
from smsform.project.shares import shares
from smsform.project.validating import validate
from smsform.project.workspace import Workspace


def judged_apart(project: Workspace, strict: bool) -> Part | None:
    """What is found in all *files*; None where they cannot be judged in parts."""
    found = shares(project)
    if found is None:
        return None
    # The problems of smsform.yaml; and everybody's modules are loaded now.
    about = validate(project, strict, project.definitions_of(()))

    def work(number: int) -> bytes:
        return packed(part_of(project, strict, found.parts[number], found.signing))

    from smsform.project.spread import Spread

    with Spread(work, len(found.parts), found.workers) as spread:
        whole = _joined(map(unpacked, spread.results()))
    if whole is None:
        return None
    lines = {path: whole.lines[path] for path in found.files}
    problems = [*about, *whole.problems]
    problems += among_all(project, strict, lines)
    return whole._replace(problems=tuple(sorted(problems, key=in_order)), lines=lines)


def _joined(parts: Iterator[Part | None]) -> Part | None:
    """All *parts* as one; None when one could not be judged alone, or two meet."""
    known: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    lines: dict[str, Line] = {}
    evidence: dict[str, str] = {}
    verbatim = False
    for part in parts:
        if part is None:
            return None
        new = claims(part.lines.values())
        if not known.isdisjoint(new):
            return None
        known |= new
        problems += part.problems
        lines |= part.lines
        evidence |= part.evidence
        verbatim |= part.verbatim
    return Part(tuple(problems), lines, evidence, verbatim)
