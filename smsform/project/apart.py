"""All definitions judged in parts, which several processors share.

    files -> parts of some size -> each judged alone -> nothing meets -> one list

Where something of one part meets something of another, and where there is little to
do, nothing comes of it: then all is judged at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smsform.documents.walk import LARGEST
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
from smsform.project.validating import validate
from smsform.project.workspace import Workspace
from smsform.regular import read_regular

LEAST = 256 * 1024  # bytes of all files: below, one processor is as fast
SMALLEST = 32 * 1024  # bytes of a part
SHARES = 16  # parts for each processor, so that none waits for the last one long


class Shares:
    """The files of a project in parts of some size, those with signatures first.

    ``signing`` are files that may define signatures: all that name the section.
    """

    def __init__(self, sizes: Mapping[str, int], signing: Sequence[str], workers: int):
        self.signing, self.workers = signing, workers
        least = sum(sizes.values()) // (SHARES * workers)
        least = max(least, SMALLEST, 4 * sum(sizes[path] for path in signing))
        self.parts: list[list[str]] = [[*signing]]
        room = 0
        for path, size in sizes.items():
            if path in signing:
                continue
            if room <= 0:
                self.parts.append([])
                room = least
            self.parts[-1].append(path)
            room -= size


def shares(project: Workspace, files: Sequence[str]) -> Shares | None:
    """*files* in parts; None where it does not pay to judge them so."""
    root = project.config.root
    try:
        sizes = {path: (root / path).stat().st_size for path in files}
        if sum(sizes.values()) < LEAST:
            return None
        from smsform.project.spread import processors  # where there is much to do

        if (workers := processors()) < 2:
            return None
        signing = [
            path
            for path in files
            if b"signatures" in read_regular(root / path, LARGEST)
        ]
    except OSError:  # it will be reported as a problem
        return None
    made = Shares(sizes, signing, workers)
    return made if len(made.parts) > 2 else None


def judged_apart(project: Workspace, strict: bool, files: Sequence[str]) -> Part | None:
    """What is found in all *files*; None where they cannot be judged in parts."""
    found = shares(project, files)
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
    lines = {path: whole.lines[path] for path in files}
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
