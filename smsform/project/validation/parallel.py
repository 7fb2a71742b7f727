"""All definitions validated in parts, which several processors share.

    files -> parts of some size -> each validated alone -> nothing meets -> one list

Where something of one part meets something of another, nothing comes of it: then all is
validated at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from smsform.errors import Problem
from smsform.project.parallel.division import Division
from smsform.project.parallel.spread import Spread
from smsform.project.validation.parts import (
    Part,
    claims,
    comparison,
    packed,
    part_of,
    rows_of,
    summary_of,
    unpacked,
)
from smsform.project.validation.problems import problems_of
from smsform.project.workspace import Workspace
from smsform.validate import in_order
from smsform.validate.comparing import Comparison


def validate_in_parallel(
    project: Workspace, strict: bool, division: Division
) -> Part | None:
    """What is found in all files; None where they cannot be validated in parts.

    *division* has the files of *project*.
    """
    # The problems of smsform.yaml. This also loads what every worker needs.
    of_config = problems_of(project, strict, project.definitions_of(()))

    def work(number: int) -> bytes:
        return packed(
            part_of(project, strict, division.parts[number], division.signing)
        )

    compared = comparison(project, strict)
    with Spread(work, len(division.parts), division.workers) as spread:
        whole = _joined(map(unpacked, spread.results()), compared)
    if whole is None:
        return None
    summaries = {path: whole.summaries[path] for path in division.files}
    problems = [*of_config, *whole.problems]
    problems += compared.problems(division.files, lambda path: rows_of(summaries[path]))
    return whole._replace(
        problems=tuple(sorted(problems, key=in_order)), summaries=summaries
    )


def _joined(parts: Iterator[Part | None], compared: Comparison) -> Part | None:
    """All *parts* as one; None when one could not be validated alone, or two meet.

    Files are added to *compared* here, so that no summary is read a second time.
    """
    known: set[int] = set()
    problems: list[Problem] = []
    summaries: dict[str, bytes] = {}
    evidence: dict[str, str] = {}
    signing: list[str] = []
    verbatim, definitions = False, 0
    for part in parts:
        if part is None:
            return None
        claimed: set[int] = set()
        for path, data in part.summaries.items():
            summary = summary_of(data)
            claimed |= claims(summary)
            compared.add(path, summary.texts)
        if not known.isdisjoint(claimed):
            return None
        known |= claimed
        problems += part.problems
        summaries |= part.summaries
        evidence |= part.evidence
        signing += part.signing
        verbatim |= part.verbatim
        definitions += part.definitions
    return Part(tuple(problems), summaries, evidence, signing, verbatim, definitions)
