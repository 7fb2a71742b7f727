"""Some definition files judged without the others, and what matters of them there.

A file can be judged alone when it shares no key or name with another one, and has no
blocks that speak of other files. Signatures are read with every part, and the rules
AMONG are asked when all parts are there.
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
from smsform.project.validation.remembered import problem_of, values_of, written
from smsform.project.validation.whole import validate
from smsform.project.workspace import Workspace, is_known
from smsform.validate import groups
from smsform.validate.among import Among, Row, Told, digest_of_text, row_of
from smsform.validate.evidence import evidence_names
from smsform.validate.facts import Group


class Line(Struct):
    """Of one file: its keys and names, and what the rules AMONG look at.

    ``texts`` are digests of its templates' texts, a list for each group of providers;
    ``rows`` is a Row of each template, to be read where two texts are equal.
    """

    keys: list[str]
    names: list[str]
    texts: list[list[str]]
    rows: Raw


class Part(NamedTuple):
    """What was found in some files: problems in their order, and a line for each file.

    The lines are JSON: as values they would take many times the room. ``evidence`` are
    the files that definitions name, as a glance showed these before any rule looked.
    ``signing`` are those that define signatures. ``verbatim``: some text is stated in a
    service's own form. ``definitions`` is how many there are.
    """

    problems: tuple[Problem, ...]
    lines: Mapping[str, bytes]
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
    lines = _lines(project, definitions, paths)
    return Part(
        tuple(problems),
        {path: encode(line) for path, line in lines.items()},
        evidence,
        [path for path, line in lines.items() if _signs(line)],
        definitions.verbatim,
        sum(map(size, lines.values())),
    )


def part_of(
    project: Workspace, strict: bool, paths: Collection[str], signing: Collection[str]
) -> Part | None:
    """What is found in *paths*; None where these cannot be judged without the others.

    *signing* are the files that define signatures. What AMONG say is left out.
    """
    root = project.config.root
    definitions = project.definitions_of({*paths, *signing})
    if (
        not definitions.apart
        or not is_known(project, definitions)
        or not signing_in(definitions) <= {str(root / path) for path in signing}
    ):
        return None
    evidence = glances(project, definitions)
    shown = {str(root / path) for path in paths}
    found = validate(project, strict, definitions, among=False)
    problems = [each for each in found if each.at.file in shown]
    return part_with(project, problems, definitions, paths, evidence)


def packed(part: Part | None) -> bytes:
    """*part* as bytes that go through a pipe; none for none."""
    if part is None:
        return b""
    problems, lines, *rest = part
    header = [[values_of(each) for each in problems], [*lines], *rest]
    return b"\n".join([written(header), *lines.values()])


def unpacked(data: bytes) -> Part | None:
    """The part that these bytes are of."""
    if not data:
        return None
    header, *lines = data.split(b"\n")
    problems, files, *rest = json.loads(header.decode("utf-8", "surrogatepass"))
    found = dict(zip(files, lines, strict=True))
    return Part(tuple(map(problem_of, problems)), found, *rest)


def line_of(data: bytes) -> Line:
    """The line of a file that these bytes are of."""
    return decode(data, type=Line)


def _lines(
    project: Workspace, definitions: Definitions, files: Collection[str]
) -> dict[str, Line]:
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
    return {path: _line(asked, definitions, found[str(root / path)]) for path in files}


class _Found(NamedTuple):
    """What stands in one file: the keys of everything, and what could be read."""

    keys: list[str]
    signatures: list[Signature]
    templates: list[Template]


def _line(asked: Iterable[Group], definitions: Definitions, found: _Found) -> Line:
    """The line of a file; *asked* are all groups of providers."""
    names = [_named(Kind.SIGNATURE, each) for each in found.signatures]
    names += [_named(Kind.TEMPLATE, each) for each in found.templates]
    texts = []
    for group in asked:
        natives, here = definitions.natives(group.spec), found.templates
        goes = [each.key for each in here if group.reached_by(each)]
        texts.append([digest_of_text(natives[key]) for key in goes])
    rows = encode([row_of(each) for each in found.templates])
    return Line(found.keys, names, texts, Raw(rows))


def _named(kind: Kind, definition: Definition) -> str:
    return f"{kind} {definition.international} {definition.name}"


def among_of(project: Workspace, strict: bool) -> Among:
    """The rules AMONG, to be told of all files."""
    config = project.config
    settings = replace(config, strict=config.strict or strict)
    return Among(groups(config.providers, project.specs), settings)


def told(data: bytes) -> Told:
    """What the rules AMONG look at, of the file that this line is of."""
    line = line_of(data)
    return Told(decode(line.rows, type=list[Row]), line.texts)


def claims(line: Line) -> set[int]:
    """Keys and names, of which two files must not share any; as numbers.

    These take half the room. Two that are equal by chance do no harm: then everything
    is judged at once.
    """
    return {*map(hash, line.keys), *map(hash, line.names)}


def size(line: Line) -> int:
    """The number of definitions."""
    return len(line.names)


def _signs(line: Line) -> bool:
    """Whether the file defines signatures."""
    return any(each.startswith(f"{Kind.SIGNATURE}.") for each in line.keys)


def in_order(problem: Problem) -> tuple[object, ...]:
    """What problems are sorted by; of one file they are in order already."""
    return problem.at, problem.rule, problem.provider


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
