"""The files below a folder that a person would search: what git would not ignore."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pathspec import GitIgnoreSpec

from smsform.regular import MIB, read_regular

LARGEST = MIB  # of one .gitignore
IGNORE = ".gitignore"
# What version control keeps for itself, and smsform's own folder beside a project.
NEVER = frozenset({".git", ".hg", ".svn", ".smsform"})


class Ignored:
    """The rules of a folder on top of those of the folders above it, as git has them.

    The innermost file that says anything of a path decides, its last matching line
    first.
    """

    def __init__(self, folder: Path, above: Ignored | None) -> None:
        self.above = above
        self.start = len(str(folder)) + 1
        self.spec = _spec(folder / IGNORE)

    def __contains__(self, path: str) -> bool:
        """Whether *path*, which ends in ``/`` if it is a folder, is ignored."""
        rules: Ignored | None = self
        while rules is not None:
            if rules.spec is not None:
                said = rules.spec.check_file(path[rules.start :]).include
                if said is not None:
                    return said
            rules = rules.above
        return False


@cache
def _spec(path: Path) -> GitIgnoreSpec | None:
    """The patterns of one file; None where there is none to read."""
    try:
        lines = read_regular(path, LARGEST).decode(errors="replace").splitlines()
    except OSError:
        return None
    return GitIgnoreSpec.from_lines(line for line in lines if line.strip())


def files(start: Path) -> Iterator[str]:
    """Every regular file below *start*, or *start* itself if it is one.

    Links are not followed: what they lead to is searched where it lies. OSError, where
    a folder cannot be read.
    """
    start = start.resolve()
    if not start.is_dir():
        if start.is_file():
            yield str(start)
        return
    yield from _below(str(start), _rules(start))


def _rules(folder: Path) -> Ignored:
    """The rules that hold in *folder*, from the root of its repository down."""
    chain = [folder]
    while not (chain[-1] / ".git").exists() and chain[-1].parent != chain[-1]:
        chain.append(chain[-1].parent)
    if not (chain[-1] / ".git").exists():
        chain = [folder]  # in no repository: what lies above does not count
    rules: Ignored | None = None
    for each in reversed(chain):
        rules = Ignored(each, rules)
    assert rules is not None
    return rules


def _below(folder: str, rules: Ignored) -> Iterator[str]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    if any(entry.name == IGNORE for entry in found) and not _holds(rules, folder):
        rules = Ignored(Path(folder), rules)
    for entry in found:
        if entry.name in NEVER:
            continue
        if entry.is_dir(follow_symlinks=False):
            if f"{entry.path}/" not in rules:
                yield from _below(entry.path, rules)
        elif entry.is_file(follow_symlinks=False) and entry.path not in rules:
            yield entry.path


def _holds(rules: Ignored, folder: str) -> bool:
    """Whether *rules* begin with those of *folder* itself."""
    return rules.start == len(folder) + 1
