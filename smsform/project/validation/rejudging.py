"""``validate`` with a memory: everything is judged once, then only edited files.

    definition files edited      these judged anew, the rest as it was found
    anything else changed        all of it judged anew

A file can be judged alone when it shares no key or name with another file, before or
now. Signatures are read again with it; where these were edited, or where blocks
speak of other files, everything is judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from smsform.cache import Cache
from smsform.cache.stamp import glance, touched
from smsform.project.sharing.shares import shares
from smsform.project.validation.apart import judged_apart
from smsform.project.validation.judged import Judged
from smsform.project.validation.judging import judge_whole
from smsform.project.validation.parts import (
    among_of,
    claims,
    glances,
    in_order,
    line_of,
    part_of,
    part_with,
    size,
    told,
)
from smsform.project.validation.remembered import (
    Memo,
    Recalled,
    SeenProject,
    digest_of,
    keep,
    look,
)
from smsform.project.workspace import Workspace, is_known, state_files
from smsform.validate.project import AMONG

Lines = Mapping[str, bytes]


def judge(
    project: Workspace,
    strict: bool,
    cache: Cache,
    name: str,
    seen: SeenProject,
    recalled: Recalled | None,
) -> Judged:
    """Every rule about what was edited since *recalled*; stores the result.

    *seen* is how *project* looked before it was read.
    """
    root = project.config.root
    files, _ = project.listed
    inputs = [root / path for path in files] + state_files(project)
    before = touched(inputs)
    made = recalled and _edited(project, strict, seen, recalled)
    made = made or _anew(project, strict, seen, files)
    if not made:
        return judge_whole(project, strict)
    memo, lines = made
    # A file edited meanwhile may have been read before or after the edit.
    unmoved = touched(inputs) == before and look(root) == seen
    if unmoved and all(
        glance(Path(each)) == was for each, was in memo.evidence.items()
    ):
        keep(cache, name, memo, lines)
    return Judged(memo.problems, memo.definitions)


def _anew(
    project: Workspace, strict: bool, seen: SeenProject, files: Sequence[str]
) -> tuple[Memo, Lines] | None:
    """The memo of the present state; None where rules are not ours."""
    root = project.config.root
    many, apart = shares(project), True
    found = judged_apart(project, strict, many) if many else None
    if found is None:
        definitions = project.definitions
        if not is_known(project, definitions):
            return None
        apart, evidence = definitions.apart, glances(project, definitions)
        problems, _ = judge_whole(project, strict)
        found = part_with(project, problems, definitions, files, evidence)
    memo = Memo(
        seen,
        {path: digest_of(root / path) for path in files},
        _states(project, found.verbatim),
        found.evidence,
        found.signing,
        apart,
        found.definitions,
        found.problems,
    )
    return memo, found.lines


def _edited(
    project: Workspace, strict: bool, seen: SeenProject, recalled: Recalled
) -> tuple[Memo, Lines] | None:
    """The memo of the present state, judging only edited files.

    None where an edited file shares something with another one.
    """
    memo, kept, edited = recalled
    if not memo.apart or set(edited) & set(memo.signing):
        return None
    root = project.config.root
    found = part_of(project, strict, edited, memo.signing)
    if found is None:
        return None
    shown = {str(root / path) for path in edited}
    was = [line_of(kept[path]) for path in edited]
    lines = {**kept, **found.lines}
    here = set().union(*map(claims, [*was, *map(line_of, found.lines.values())]))
    among = among_of(project, strict)
    for path in memo.files:
        line = line_of(lines[path])
        if path not in found.lines and not here.isdisjoint(claims(line)):
            return None
        among.tell(path, line.texts)
    count = memo.definitions + found.definitions - sum(map(size, was))
    problems = [
        each
        for each in memo.problems
        if each.at.file not in shown and each.rule not in AMONG
    ]
    problems += found.problems
    problems += among.problems([*memo.files], lambda path: told(lines[path]))
    problems.sort(key=in_order)
    files = {**memo.files, **{path: digest_of(root / path) for path in edited}}
    after = memo._replace(
        seen=seen,
        files=files,
        states=memo.states or _states(project, found.verbatim),
        evidence={**memo.evidence, **found.evidence},
        definitions=count,
        problems=tuple(problems),
    )
    return after, lines


def _states(project: Workspace, verbatim: bool) -> Mapping[str, str]:
    """The state files, where the rules look into them."""
    if not verbatim:
        return {}
    return {str(each): digest_of(each) for each in state_files(project)}
