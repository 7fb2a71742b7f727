"""The results of the last ``validate``, valid while nothing it read has changed.

A memo is a header and a summary of each definition file, each a line of JSON. The
header says what was read and what was found; a summary has what matters for other
files: keys, names and digests of texts. With these, one edited file is validated alone
(``edited``).

Only ``validate`` reads this. A memo with any fault counts as none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from smsform.cache import Cache
from smsform.cache.stamp import digest, glance, program
from smsform.documents.walk import CONFIG, LARGEST, find
from smsform.errors.problem import Level, Position, Problem
from smsform.regular import read_regular
from smsform.words import spoken

# By its text: to ask the class for each of thousands takes ten times as long.
_LEVELS: Mapping[str, Level] = {each: each for each in Level}
SETTINGS = ("HOME", "SMSFORM_EVIDENCE")  # variables that smsform.yaml is read with


class SeenProject(NamedTuple):
    """The state of a project, enough to see that nothing in it changed.

    ``program`` is a digest of smsform itself, ``config`` one of smsform.yaml,
    ``listing`` every YAML file below the folder, by path relative to it.
    """

    program: str
    config: str
    listing: tuple[str, ...]

    def as_json(self) -> list[object]:
        """The same as JSON has it after writing and reading."""
        return [self.program, self.config, [*self.listing]]


class Memo(NamedTuple):
    """The results, and the state of the files they were found in.

    ``files`` are the definition files with the digest of their bytes, ``states`` state
    files in the same way ("" for none), ``evidence`` files with what a glance showed.
    ``signing`` are the files that define signatures. ``independent`` is whether a file
    can be validated without the others. ``definitions`` is how many there are.
    """

    seen: SeenProject
    files: Mapping[str, str]
    states: Mapping[str, str]
    evidence: Mapping[str, str]
    signing: Sequence[str]
    independent: bool
    definitions: int
    problems: tuple[Problem, ...]


class RecalledMemo(NamedTuple):
    """A memo, the stored summaries of its files, and which were edited since."""

    memo: Memo
    summaries: Mapping[str, bytes]
    edited: Collection[str]


def name_of(root: Path, strict: bool, environ: Mapping[str, str]) -> str:
    """The name of the memo in the cache: one for each set of options."""
    asked = [str(root), os.path.abspath(root), str(strict), spoken()]
    asked += [environ.get(name, "") for name in SETTINGS]
    return "validate\n" + json.dumps(asked)


def look(root: Path) -> SeenProject:
    """The present state of the project at *root*; OSError when it cannot be read."""
    config = digest(read_regular(root / CONFIG, LARGEST))
    return SeenProject(program(), config, tuple(find(root)))


def recall(
    cache: Cache, name: str, seen: SeenProject, root: Path
) -> RecalledMemo | None:
    """The memo of that name, if nothing but definition files was edited since."""
    if (data := cache.get(name)) is None:
        return None
    header, *lines = data.split(b"\n")
    found: dict[str, Any] = json.loads(header)
    if found.pop("seen", None) != seen.as_json():
        return None
    problems = tuple(map(problem_of, found.pop("problems")))
    memo = Memo(seen=seen, problems=problems, **found)
    if any(digest_of(Path(each)) != was for each, was in memo.states.items()):
        return None
    if any(glance(Path(each)) != was for each, was in memo.evidence.items()):
        return None
    edited = [p for p, was in memo.files.items() if digest_of(root / p) != was]
    return RecalledMemo(memo, dict(zip(memo.files, lines, strict=True)), edited)


def keep(cache: Cache, name: str, memo: Memo, summaries: Mapping[str, bytes]) -> None:
    """Remember what was found."""
    header = memo._asdict() | {
        "seen": memo.seen.as_json(),
        "problems": [values_of(problem) for problem in memo.problems],
    }
    lines = [on_one_line(header), *(summaries[path] for path in memo.files)]
    cache.put(name, b"\n".join(lines))


def digest_of(path: Path) -> str:
    """A digest of a file's bytes; "" for what cannot be read."""
    try:
        return digest(read_regular(path, LARGEST))
    except (OSError, ValueError):
        return ""


def on_one_line(value: object) -> bytes:
    """*value* as JSON on one line; ``json.loads`` reads it back.

    Names of files may hold bytes that are no text: lone surrogates in Python.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def values_of(problem: Problem) -> list[object]:
    """A problem as JSON can hold it."""
    return [*problem[:2], *problem.at, *problem[3:]]


def problem_of(values: Sequence[Any]) -> Problem:
    """The problem that these values are of."""
    rule, level, file, line, column, *texts = values
    at = Position(intern(file), line, column)  # thousands name the same few
    return Problem(intern(rule), _LEVELS[level], at, *texts)
