"""The files below a folder that git does not ignore."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pathspec import GitIgnoreSpec

from smsform.regular import MIB, read_regular

LARGEST = MIB  # of one .gitignore
IGNORE = ".gitignore"
# Folders of version control, and smsform's own folder beside a project.
NEVER = frozenset({".git", ".hg", ".svn", ".smsform"})


class Ignored:
    """The rules of a folder and of those above it, as git applies them.

    The innermost file with a rule for a path decides, its last matching line first.
    """

    def __init__(self, folder: Path, above: Ignored | None) -> None:
        self.above = above
        self.start = len(str(folder)) + 1
        self.spec = _spec(folder / IGNORE)

    def __contains__(self, path: str) -> bool:
        """Whether *path* is ignored; a folder's path ends in ``/``."""
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
    """The patterns of one file; None when it cannot be read."""
    try:
        lines = read_regular(path, LARGEST).decode(errors="replace").splitlines()
    except OSError:
        return None
    return GitIgnoreSpec.from_lines(line for line in lines if line.strip())


def files(start: Path) -> Iterator[str]:
    """Every regular file below *start*, or *start* itself if it is one.

    Links are not followed: their targets are searched where they lie. OSError when a
    folder cannot be read.
    """
    start = start.resolve()
    if not start.is_dir():
        if start.is_file():
            yield str(start)
        return
    yield from _below(str(start), _rules(start))


def _rules(folder: Path) -> Ignored:
    """The rules for *folder*, from the root of its repository down."""
    chain = [folder]
    while not (chain[-1] / ".git").exists() and chain[-1].parent != chain[-1]:
        chain.append(chain[-1].parent)
    if not (chain[-1] / ".git").exists():
        chain = [folder]  # in no repository: rules above do not count
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
