"""All definitions judged in parts, which several processors share.

    files -> parts of some size -> each judged alone -> nothing meets -> one list

Where something of one part meets something of another, nothing comes of it: then all is
judged at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from smsform.errors import Problem
from smsform.project.sharing.shares import Shares
from smsform.project.sharing.spread import Spread
from smsform.project.validation.parts import (
    Part,
    among_of,
    claims,
    in_order,
    line_of,
    packed,
    part_of,
    told,
    unpacked,
)
from smsform.project.validation.whole import validate
from smsform.project.workspace import Workspace
from smsform.validate.among import Among


def judged_apart(project: Workspace, strict: bool, found: Shares) -> Part | None:
    """What is found in all files; None where they cannot be judged in parts.

    *found* are the files of *project*, as ``shares`` divides them.
    """
    # The problems of smsform.yaml; and everybody's modules are loaded now.
    about = validate(project, strict, project.definitions_of(()))

    def work(number: int) -> bytes:
        return packed(part_of(project, strict, found.parts[number], found.signing))

    among = among_of(project, strict)
    with Spread(work, len(found.parts), found.workers) as spread:
        whole = _joined(map(unpacked, spread.results()), among)
    if whole is None:
        return None
    lines = {path: whole.lines[path] for path in found.files}
    problems = [*about, *whole.problems]
    problems += among.problems(found.files, lambda path: told(lines[path]))
    return whole._replace(problems=tuple(sorted(problems, key=in_order)), lines=lines)


def _joined(parts: Iterator[Part | None], among: Among) -> Part | None:
    """All *parts* as one; None when one could not be judged alone, or two meet.

    What *among* has to know is told there: afterwards nobody reads every line.
    """
    known: set[int] = set()
    problems: list[Problem] = []
    lines: dict[str, bytes] = {}
    evidence: dict[str, str] = {}
    signing: list[str] = []
    verbatim, definitions = False, 0
    for part in parts:
        if part is None:
            return None
        claimed: set[int] = set()
        for path, data in part.lines.items():
            line = line_of(data)
            claimed |= claims(line)
            among.tell(path, line.texts)
        if not known.isdisjoint(claimed):
            return None
        known |= claimed
        problems += part.problems
        lines |= part.lines
        evidence |= part.evidence
        signing += part.signing
        verbatim |= part.verbatim
        definitions += part.definitions
    return Part(tuple(problems), lines, evidence, signing, verbatim, definitions)
