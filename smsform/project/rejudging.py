"""``validate`` with a memory: everything is judged once, then only edited files.

    definition files edited      these judged anew, the rest as it was found
    anything else changed        all of it judged anew

A file can be judged alone when it shares no key, name or text with another file, before
or now. Signatures are read again with it; where these were edited, or where blocks
speak of other files, everything is judged.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from smsform.cache import Cache
from smsform.cache.stamp import glance, touched
from smsform.definitions import Definitions
from smsform.documents.files import project_files
from smsform.errors import Problem
from smsform.model import Definition, Kind, Template
from smsform.project.remembered import (
    Judged,
    Memo,
    Recalled,
    SeenProject,
    digest_of,
    keep,
    look,
)
from smsform.project.validating import validate
from smsform.project.workspace import Workspace, is_known, state_files
from smsform.validate import groups
from smsform.validate.evidence import evidence_paths
from smsform.validate.project import COUNTING

# Of one file: its keys, names, texts; templates in their order.
Line = Mapping[str, Any]
Lines = Mapping[str, Line | bytes]


def judge_all(project: Workspace, strict: bool) -> Judged:
    """Every rule about every definition."""
    return Judged(validate(project, strict), _count(project.definitions))


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
    files, _ = project_files(root, project.config.definitions)
    inputs = [root / path for path in files] + state_files(project)
    before = touched(inputs)
    made = recalled and _edited(project, strict, seen, recalled)
    if not made:
        if not is_known(project, project.definitions):
            return judge_all(project, strict)
        made = _whole(project, strict, seen, files)
    memo, lines = made
    # A file edited meanwhile may have been read before or after the edit.
    unmoved = touched(inputs) == before and look(root) == seen
    if unmoved and all(
        glance(Path(each)) == was for each, was in memo.evidence.items()
    ):
        keep(cache, name, memo, {path: _written(each) for path, each in lines.items()})
    return Judged(memo.problems, memo.definitions)


def _whole(
    project: Workspace, strict: bool, seen: SeenProject, files: Collection[str]
) -> tuple[Memo, Lines]:
    root, definitions = project.config.root, project.definitions
    evidence = _glances(project, definitions)
    problems, count = judge_all(project, strict)
    memo = Memo(
        seen,
        {path: digest_of(root / path) for path in files},
        _states(project, definitions),
        evidence,
        [path for path in files if str(root / path) in _signing(definitions)],
        definitions.apart,
        count,
        problems,
    )
    return memo, _lines(project, definitions, files)


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
    definitions = project.definitions_of({*edited, *memo.signing})
    shown = {str(root / path) for path in edited}
    if (
        not definitions.apart
        or not is_known(project, definitions)
        or not shown.isdisjoint(_signing(definitions))
    ):
        return None
    now = _lines(project, definitions, edited)
    was = {path: json.loads(kept[path]) for path in edited}
    others = [json.loads(line) for path, line in kept.items() if path not in now]
    if not _claims(others).isdisjoint(_claims([*now.values(), *was.values()])):
        return None
    count = memo.definitions + sum(_size(now[p]) - _size(was[p]) for p in edited)
    if not _numbers_stay(project, memo, was, now, count, shown):
        return None
    evidence = {**memo.evidence, **_glances(project, definitions)}
    found = validate(project, strict, definitions)
    problems = [each for each in memo.problems if each.at.file not in shown]
    problems += [p for p in found if p.at.file in shown and p.rule not in COUNTING]
    problems.sort(key=_order)
    files = {**memo.files, **{path: digest_of(root / path) for path in edited}}
    states = memo.states or _states(project, definitions)
    after = memo._replace(
        seen=seen,
        files=files,
        states=states,
        evidence=evidence,
        definitions=count,
        problems=tuple(problems),
    )
    return after, {**kept, **now}


def _numbers_stay(
    project: Workspace,
    memo: Memo,
    was: Mapping[str, Line],
    now: Mapping[str, Line],
    count: int,
    shown: Collection[str],
) -> bool:
    """Whether rules that count templates find the same in every other file."""
    if any(p.rule in COUNTING and p.at.file in shown for p in memo.problems):
        return False
    if all(was[path]["order"] == now[path]["order"] for path in was):
        return True
    quotas = [
        each.quota(Kind.TEMPLATE)
        for each in groups(project.config.providers, project.specs)
    ]
    return all(not quota or max(count, memo.definitions) <= quota for quota in quotas)


def _lines(
    project: Workspace, definitions: Definitions, files: Iterable[str]
) -> dict[str, Line]:
    """What each of *files* defines, as far as it matters for other files."""
    root = project.config.root
    lines: dict[str, dict[str, list[Any]]] = {
        str(root / path): {"keys": [], "names": [], "texts": [], "order": []}
        for path in files
    }
    for kind, places in definitions.places.items():
        for key, at in places.items():
            if at.file in lines:
                lines[at.file]["keys"].append(f"{kind}.{key}")
    entries: list[Definition] = [*definitions.signatures.values()]
    for each in [*entries, *definitions.templates.values()]:
        if line := lines.get(each.at.file):
            kind = Kind.TEMPLATE if isinstance(each, Template) else Kind.SIGNATURE
            line["names"].append(f"{kind} {each.international} {each.name}")
            if isinstance(each, Template):
                line["texts"] += _fixed(project, each)
                line["order"].append([each.key, each.providers])
    return {path: lines[str(root / path)] for path in files}


def _fixed(project: Workspace, template: Template) -> Iterator[str]:
    """The parts of a text that no service changes: all but its variables."""
    yield "".join([part for part in template.content if isinstance(part, str)])
    for type, keys in template.overrides.items():
        if "native" in keys:
            spec = project.specs[type]
            text = spec.native(template)
            yield spec.fill(text, [""] * len(spec.order(text)))


def _claims(lines: Iterable[Line]) -> set[tuple[str, str]]:
    """Keys, names and texts of *lines*; two files must not share any of these."""
    return {
        (what, each)
        for line in lines
        for what in ("keys", "names", "texts")
        for each in line[what]
    }


def _size(line: Line) -> int:
    return len(line["names"])


def _count(definitions: Definitions) -> int:
    return len(definitions.signatures) + len(definitions.templates)


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.at, problem.rule, problem.provider


def _signing(definitions: Definitions) -> set[str]:
    """The files that define signatures."""
    return {at.file for at in definitions.places.get(Kind.SIGNATURE, {}).values()}


def _states(project: Workspace, definitions: Definitions) -> Mapping[str, str]:
    """The state files, where the rules look into them."""
    if not definitions.verbatim:
        return {}
    return {str(each): digest_of(each) for each in state_files(project)}


def _glances(project: Workspace, definitions: Definitions) -> Mapping[str, str]:
    """The files that definitions name, each as it is now."""
    return {str(each): glance(each) for each in _evidence(project, definitions)}


def _evidence(project: Workspace, definitions: Definitions) -> Iterator[Path]:
    folder = project.config.evidence or project.config.root
    for type in {each.type for each in project.config.providers.values()}:
        named: list[Definition] = [*definitions.signatures.values()]
        named += [t for t in definitions.templates.values() if type in t.overrides]
        for each in named:
            yield from evidence_paths(each, project.specs[type], folder)


def _written(line: Line | bytes) -> bytes:
    return line if isinstance(line, bytes) else json.dumps(line).encode()
