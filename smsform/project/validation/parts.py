"""Some definition files validated without the others, and what others need of them.

A file can be validated alone when it shares no key or name with another one, and has no
blocks that speak of other files. Signatures are read with every part. The rules that
compare templates (COMPARING) are asked when all parts are there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Raw, Struct
from msgspec.json import decode, encode
from msgspec.structs import replace

from smsform.cache.stamp import glance
from smsform.definitions import Definitions
from smsform.errors import Problem
from smsform.model import Definition, Kind, Signature, Template
from smsform.project.validation.memo import on_one_line, problem_of, values_of
from smsform.project.validation.problems import problems_of
from smsform.project.workspace import Workspace, is_known
from smsform.validate import groups
from smsform.validate.comparing import (
    Comparison,
    FileRows,
    Row,
    digest_of_text,
    row_of,
)
from smsform.validate.evidence import evidence_names
from smsform.validate.facts import Group


class Summary(Struct):
    """Of one file: its keys and names, and what the rules COMPARING look at.

    ``texts`` are digests of its templates' texts, a list for each group of providers;
    ``rows`` is a Row of each template, to be read where two texts are equal.
    """

    keys: list[str]
    names: list[str]
    texts: list[list[str]]
    rows: Raw


class Part(NamedTuple):
    """What was found in some files: problems in their order, a summary of each file.

    ``summaries`` are lines of JSON, by path: as values they would take many times the
    room. ``evidence`` are the files that definitions name, as a glance showed these
    before any rule looked. ``signing`` are the files that define signatures.
    ``verbatim``: some text is stated in a service's own form. ``definitions`` is how
    many there are.
    """

    problems: tuple[Problem, ...]
    summaries: Mapping[str, bytes]
    evidence: Mapping[str, str]
    signing: Sequence[str]
    verbatim: bool
    definitions: int


def part_with(
    project: Workspace,
    problems: Iterable[Problem],
    definitions: Definitions,
    paths: Collection[str],
    evidence: Mapping[str, str],
) -> Part:
    """The part that has *problems*, of the *definitions* in *paths*."""
    summaries = _summaries(project, definitions, paths)
    return Part(
        tuple(problems),
        {path: encode(each) for path, each in summaries.items()},
        evidence,
        [path for path, each in summaries.items() if _defines_signatures(each)],
        definitions.verbatim,
        sum(map(size, summaries.values())),
    )


def part_of(
    project: Workspace, strict: bool, paths: Collection[str], signing: Collection[str]
) -> Part | None:
    """What is found in *paths*; None where they cannot be validated without others.

    *signing* are the files that define signatures. The rules COMPARING are not asked.
    """
    root = project.config.root
    definitions = project.definitions_of({*paths, *signing})
    if (
        not definitions.independent
        or not is_known(project, definitions)
        or not signing_in(definitions) <= {str(root / path) for path in signing}
    ):
        return None
    evidence = glances(project, definitions)
    shown = {str(root / path) for path in paths}
    found = problems_of(project, strict, definitions, comparing=False)
    problems = [each for each in found if each.at.file in shown]
    return part_with(project, problems, definitions, paths, evidence)


def packed(part: Part | None) -> bytes:
    """*part* as bytes that go through a pipe; no bytes for None."""
    if part is None:
        return b""
    problems, summaries, *rest = part
    header = [[values_of(each) for each in problems], [*summaries], *rest]
    return b"\n".join([on_one_line(header), *summaries.values()])


def unpacked(data: bytes) -> Part | None:
    """The part that ``packed`` made these bytes of."""
    if not data:
        return None
    header, *lines = data.split(b"\n")
    problems, files, *rest = json.loads(header)
    summaries = dict(zip(files, lines, strict=True))
    return Part(tuple(map(problem_of, problems)), summaries, *rest)


def summary_of(data: bytes) -> Summary:
    """The summary that these bytes are of."""
    return decode(data, type=Summary)


def _summaries(
    project: Workspace, definitions: Definitions, files: Collection[str]
) -> dict[str, Summary]:
    """What each of *files* defines, as far as it matters for other files."""
    root = project.config.root
    asked = [*groups(project.config.providers, project.specs)]
    found: dict[str, _Found] = {str(root / path): _Found([], [], []) for path in files}
    for kind, places in definitions.places.items():
        prefix = f"{kind}."
        for key, at in places.items():
            if here := found.get(at.file):
                here.keys.append(prefix + key)
    for signature in definitions.signatures.values():
        if here := found.get(signature.at.file):
            here.signatures.append(signature)
    for template in definitions.templates.values():
        if here := found.get(template.at.file):
            here.templates.append(template)
    return {
        path: _summary(asked, definitions, found[str(root / path)]) for path in files
    }


class _Found(NamedTuple):
    """What stands in one file: the keys of everything, and what could be read."""

    keys: list[str]
    signatures: list[Signature]
    templates: list[Template]


def _summary(
    asked: Iterable[Group], definitions: Definitions, found: _Found
) -> Summary:
    """The summary of a file; *asked* are all groups of providers."""
    names = [_named(Kind.SIGNATURE, each) for each in found.signatures]
    names += [_named(Kind.TEMPLATE, each) for each in found.templates]
    texts = []
    for group in asked:
        natives, here = definitions.natives(group.spec), found.templates
        goes = [each.key for each in here if group.reached_by(each)]
        texts.append([digest_of_text(natives[key]) for key in goes])
    rows = encode([row_of(each) for each in found.templates])
    return Summary(found.keys, names, texts, Raw(rows))


def _named(kind: Kind, definition: Definition) -> str:
    return f"{kind} {definition.international} {definition.name}"


def comparison(project: Workspace, strict: bool) -> Comparison:
    """A comparison of templates that no file was added to yet."""
    config = project.config
    settings = replace(config, strict=config.strict or strict)
    return Comparison(groups(config.providers, project.specs), settings)


def rows_of(data: bytes) -> FileRows:
    """What the rules COMPARING look at of the file that *data* is the summary of."""
    summary = summary_of(data)
    return FileRows(decode(summary.rows, type=list[Row]), summary.texts)


def claims(summary: Summary) -> set[int]:
    """Keys and names, of which two files must not share any; as numbers.

    These take half the room. Two that are equal by chance do no harm: then all is
    validated at once.
    """
    return {*map(hash, summary.keys), *map(hash, summary.names)}


def size(summary: Summary) -> int:
    """The number of definitions."""
    return len(summary.names)


def _defines_signatures(summary: Summary) -> bool:
    return any(each.startswith(f"{Kind.SIGNATURE}.") for each in summary.keys)


def signing_in(definitions: Definitions) -> set[str]:
    """The files that define signatures, by their whole paths."""
    return {at.file for at in definitions.places.get(Kind.SIGNATURE, {}).values()}


def glances(project: Workspace, definitions: Definitions) -> Mapping[str, str]:
    """The files that definitions name, each as it is now."""
    folder = project.config.evidence or project.config.root
    named = dict.fromkeys(_evidence(project, definitions))
    return {str(folder / each): glance(folder / each) for each in named}


def _evidence(project: Workspace, definitions: Definitions) -> Iterator[str]:
    for type in {each.type for each in project.config.providers.values()}:
        named: list[Definition] = [*definitions.signatures.values()]
        named += [t for t in definitions.templates.values() if type in t.overrides]
        for each in named:
            yield from evidence_names(each, project.specs[type])
