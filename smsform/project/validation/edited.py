"""``validate`` with a memory: everything is validated once, then only edited files.

    definition files edited      these validated again, the rest as it was found
    anything else changed        all of it validated again

A file can be validated alone when it shares no key or name with another file, before or
now. Signatures are read again with it; where these were edited, or where blocks
speak of other files, everything is validated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from smsform.cache import Cache
from smsform.cache.stamp import glance, sizes_and_times
from smsform.project.parallel.division import divided
from smsform.project.validation.anew import validate_whole
from smsform.project.validation.memo import (
    Memo,
    RecalledMemo,
    SeenProject,
    digest_of,
    keep,
    look,
)
from smsform.project.validation.parallel import validate_in_parallel
from smsform.project.validation.parts import (
    claims,
    comparison,
    glances,
    part_of,
    part_with,
    rows_of,
    size,
    summary_of,
)
from smsform.project.validation.result import Validated
from smsform.project.workspace import Workspace, is_known, state_files
from smsform.validate import in_order
from smsform.validate.project import COMPARING

MemoAndSummaries = tuple[Memo, Mapping[str, bytes]]


def validate_edited(
    project: Workspace,
    strict: bool,
    cache: Cache,
    name: str,
    seen: SeenProject,
    recalled: RecalledMemo | None,
) -> Validated:
    """Every rule about what was edited since *recalled*; stores the result.

    *name* is that of the memo; *seen* is how *project* looked before it was read.
    """
    root = project.config.root
    files, _ = project.listed
    inputs = [root / path for path in files] + state_files(project)
    before = sizes_and_times(inputs)
    made = recalled and _after_edits(project, strict, seen, recalled)
    made = made or _anew(project, strict, seen, files)
    if not made:
        return validate_whole(project, strict)
    memo, summaries = made
    # A file edited meanwhile may have been read before or after the edit.
    unchanged = sizes_and_times(inputs) == before and look(root) == seen
    if unchanged and all(
        glance(Path(each)) == was for each, was in memo.evidence.items()
    ):
        keep(cache, name, memo, summaries)
    return Validated(memo.problems, memo.definitions)


def _anew(
    project: Workspace, strict: bool, seen: SeenProject, files: Sequence[str]
) -> MemoAndSummaries | None:
    """The memo of the present state; None where some rules are another package's."""
    root = project.config.root
    division, independent = divided(project), True
    found = validate_in_parallel(project, strict, division) if division else None
    if found is None:
        definitions = project.definitions
        if not is_known(project, definitions):
            return None
        independent, evidence = definitions.independent, glances(project, definitions)
        problems, _ = validate_whole(project, strict)
        found = part_with(project, problems, definitions, files, evidence)
    memo = Memo(
        seen,
        {path: digest_of(root / path) for path in files},
        _states(project, found.verbatim),
        found.evidence,
        found.signing,
        independent,
        found.definitions,
        found.problems,
    )
    return memo, found.summaries


def _after_edits(
    project: Workspace, strict: bool, seen: SeenProject, recalled: RecalledMemo
) -> MemoAndSummaries | None:
    """The memo of the present state, for which only edited files are validated.

    None where an edited file shares something with another one.
    """
    memo, kept, edited = recalled
    if not memo.independent or set(edited) & set(memo.signing):
        return None
    root = project.config.root
    found = part_of(project, strict, edited, memo.signing)
    if found is None:
        return None
    shown = {str(root / path) for path in edited}
    before = [summary_of(kept[path]) for path in edited]
    after = map(summary_of, found.summaries.values())
    summaries = {**kept, **found.summaries}
    claimed = set().union(*map(claims, [*before, *after]))
    compared = comparison(project, strict)
    for path in memo.files:
        summary = summary_of(summaries[path])
        if path not in found.summaries and not claimed.isdisjoint(claims(summary)):
            return None
        compared.add(path, summary.texts)
    problems = [
        each
        for each in memo.problems
        if each.at.file not in shown and each.rule not in COMPARING
    ]
    problems += found.problems
    problems += compared.problems([*memo.files], lambda path: rows_of(summaries[path]))
    problems.sort(key=in_order)
    digests = {path: digest_of(root / path) for path in edited}
    return memo._replace(
        seen=seen,
        files={**memo.files, **digests},
        states=memo.states or _states(project, found.verbatim),
        evidence={**memo.evidence, **found.evidence},
        definitions=memo.definitions + found.definitions - sum(map(size, before)),
        problems=tuple(problems),
    ), summaries


def _states(project: Workspace, verbatim: bool) -> Mapping[str, str]:
    """The state files, where the rules look into them."""
    if not verbatim:
        return {}
    return {str(each): digest_of(each) for each in state_files(project)}
