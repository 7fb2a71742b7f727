"""Problems as text and as JSON."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from smsform.errors import Level, Problem
from smsform.report.readable import readable_json
from smsform.report.terminal import PLAIN, Style, safe
from smsform.words import say

FORMAT = 1

PAINT = {Level.ERROR: Style.red, Level.WARNING: Style.yellow, Level.INFO: Style.cyan}

MOST = 300  # problems that people are shown, unless they ask for more


def as_text(problems: Sequence[Problem], style: Style = PLAIN, most: int = MOST) -> str:
    """One paragraph a file, one entry a problem, and a last line that counts.

    Of more than *most* the first ones, and how many more there are.
    """
    problems = once(problems)
    ordered = sorted(problems, key=attrgetter("at"))[:most]
    files = [
        "\n".join(entry(problem, style) for problem in group)
        for _, group in groupby(ordered, key=attrgetter("at.file"))
    ]
    more = len(problems) - len(ordered)
    left = [say("problems.more", count=more)] if more else []
    return "\n\n".join([*files, *left, counted(problems)])


def from_root(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """The *problems* with files named from the root of the repository of *folder*.

    Without a repository, from the current folder.
    """
    from smsform.project.repository import repository

    root = repository(Path(os.path.abspath(folder))) or Path.cwd()
    found = []
    for problem in problems:
        file = os.path.abspath(problem.at.file)
        if file.startswith(os.path.join(root, "")):
            file = os.path.relpath(file, root).replace(os.sep, "/")
        found.append(problem._replace(at=problem.at._replace(file=file)))
    return found


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with equal ones of several providers as one."""
    found: dict[Problem | int, Problem] = {}
    for number, problem in enumerate(problems):
        alike = (
            problem._replace(address="", provider="") if problem.provider else number
        )
        if first := found.get(alike):
            # Two definitions made of one anchor stand at one place.
            names = *first.provider.split(", "), *problem.provider.split(", ")
            problem = first._replace(provider=", ".join(dict.fromkeys(names)))
        found[alike] = problem
    return list(found.values())


def entry(problem: Problem, style: Style) -> str:
    """``file:line:column: level rule: message``, and the hint on a line of its own.

    Editors and CI logs turn the first part into a link.
    """
    paint = PAINT[problem.level]
    level = paint(style, safe(f"{problem.level} {problem.rule}"))
    line = f"{style.bold(safe(str(problem.at)))}: {level}: {safe(said(problem))}"
    return f"{line}\n    {safe(problem.hint)}" if problem.hint else line


def said(problem: Problem) -> str:
    """The message, and in brackets the providers, unless it is about all."""
    if not problem.provider:
        return problem.message
    return f"{problem.message} ({problem.provider})"


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON document, format 1, that holds ``problems`` and their ``summary``."""
    return readable_json(
        {
            "smsform_problems": FORMAT,
            "problems": as_values(problems),
            "summary": summary(problems),
        }
    )


def as_values(problems: Iterable[Problem]) -> list[Mapping[str, object]]:
    """The problems as JSON; lines and columns count from 1."""
    return [
        {
            "rule": problem.rule,
            "level": problem.level,
            "file": problem.at.file,
            "line": problem.at.line,
            "column": problem.at.column,
            "message": problem.message,
            "hint": problem.hint,
            "address": problem.address,
            "provider": problem.provider,
        }
        for problem in problems
    ]


def summary(problems: Iterable[Problem]) -> Mapping[str, int]:
    """How many problems there are of each level, zeros included."""
    counts = Counter(problem.level for problem in problems)
    return {level: counts[level] for level in Level}


def counted(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning``, or that there are no problems."""
    parts = [number(level, n) for level, n in summary(problems).items() if n]
    return say("report.comma").join(parts) or say("problems.none")


def number(noun: str, count: int) -> str:
    """``1 error``, ``2 errors``: *noun* is a word of the catalogue."""
    return say(f"problems.{noun}_{'one' if count == 1 else 'many'}", count=count)
