"""Reading the files of a project; nothing outside its folder is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from smsform.documents.document import Document
from smsform.documents.walk import CONFIG as CONFIG
from smsform.documents.walk import LARGEST, SUFFIXES, find
from smsform.documents.walk import inside as inside
from smsform.documents.walk import through_link as through_link
from smsform.errors import ConfigError, Level, Position, Problem
from smsform.regular import read_regular
from smsform.words import say

Listed = tuple[list[str], list[str]]  # paths below the root; patterns

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Line ends in YAML 1.1 only, and a BOM in the middle: YAML readers disagree.
_DISPUTED = ("\x85", "\u2028", "\u2029", "\ufeff")


def projects_below(root: Path, deep: int = 3, most: int = 1000) -> list[str]:
    """Folders below *root* that hold a project, relative to it, at most *deep* levels
    down.

    For a hint: the search ends after *most* folders.
    """
    found: list[str] = []
    for count, (folder, folders, names) in enumerate(os.walk(root)):
        relative = Path(folder).relative_to(root)
        if CONFIG in names:
            found.append(relative.as_posix())
        if count >= most or len(found) > 2:
            break
        hidden = len(relative.parts) >= deep or CONFIG in names
        folders[:] = [] if hidden else sorted(n for n in folders if _is_shown(n))
    return found


def _is_shown(name: str) -> bool:
    return not name.startswith(".") and name != "node_modules"


def matching(pattern: str, paths: Iterable[str]) -> list[str]:
    """Which of *paths* fit: ``*`` within a folder, ``**`` any number of folders."""
    wanted = _regex(pattern)
    return [path for path in paths if wanted.fullmatch(path)]


def leaves(pattern: str) -> bool:
    """Whether a path or pattern could lead out of the project's folder."""
    parts = pattern.replace("\\", "/").split("/")
    return ".." in parts or pattern.startswith(("/", "\\", "~")) or ":" in parts[0]


def read(path: Path, file: str, problems: list[Problem]) -> Document | None:
    """The Document of the file at *path*; *file* is what messages call it.

    None when it cannot be read; the problem is in *problems*.
    """
    try:
        data = read_regular(path, LARGEST)
    except OSError as error:
        empty = Document(file, "", problems)
        empty.complain("SF101", 0, "unreadable", what=error.strerror or str(error))
        return None
    if data.startswith(_UTF16) or b"\0" in data[:2]:
        Document(file, "", problems).complain("SF101", 0, "utf16")
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().split("\n")
        at = Position(file, len(before), len(before[-1]) + 1)
        Document(file, "", problems).complain(
            "SF101", at, "encoding", byte=f"{data[error.start]:02X}", like=_like(data)
        )
        return None
    document = Document(file, text, problems)
    if any(sign in text for sign in _DISPUTED):
        from smsform.documents import syntax  # words for mistakes, which are few

        syntax.unreadable(document)
        return None
    return document


def _like(data: bytes) -> str:
    """A guess at the encoding of *data*, as the end of a sentence."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return say("definitions.like_gbk")


def _regex(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression over paths with ``/``.

    What stands between two stars is matched at its first place and not tried again
    (atomic groups): a later place would only leave less room for the rest. So the time
    does not multiply with the number of stars.
    """
    *folders, last = pattern.removeprefix("./").split("/")
    runs: list[str] = [""]  # folders between one ** and the next
    for part in folders:
        if part == "**":
            runs.append("")
        else:
            runs[-1] += f"{_part(part)}/"
    if last == "**":
        runs.append("[^/]+")
    else:
        runs[-1] += _part(last)
    return re.compile(_between("(?:[^/]+/)", runs))


def _part(part: str) -> str:
    """One folder or file of a pattern."""
    texts = ("".join(map(_sign, text)) for text in part.split("*"))
    return _between("[^/]", list(texts))


def _sign(sign: str) -> str:
    return "[^/]" if sign == "?" else re.escape(sign)


def _between(one: str, texts: Sequence[str]) -> str:
    """A pattern for *texts* in this order, any number of *one* between them."""
    first, *more = texts
    if not more:
        return first
    *middle, last = more
    taken = "".join(f"(?>{one}*?{text})" for text in middle if text)
    return f"{first}{taken}{one}*{last}"


def project_files(root: Path, patterns: Sequence[str]) -> Listed:
    """The files the patterns name, each once, in order; and patterns without any.

    ConfigError for a folder that cannot be listed and may hold such a file: without its
    definitions, what they submitted would count as no longer wanted.
    """
    closed: dict[str, str] = {}
    everything = list(find(root, closed))
    for folder, what in closed.items():
        if any(_may_lead(pattern, folder) for pattern in patterns):
            where = str(root / folder)
            hint = say("definitions.closed_hint")
            raise ConfigError(where, say("definitions.closed", what=what), hint)
    files: dict[str, None] = {}
    idle = []
    for pattern in patterns:
        found = matching(pattern, everything)
        if not found:
            idle.append(pattern)
        files.update(dict.fromkeys(found))
    return list(files), idle


def _may_lead(pattern: str, folder: str) -> bool:
    """Whether files below *folder* may fit *pattern*; "" is the project's folder."""
    *parts, last = pattern.removeprefix("./").split("/")
    if last == "**":
        parts.append(last)
    steps = folder.split("/") if folder else []
    for wanted, step in zip_longest(parts, steps):
        if wanted == "**" or step is None:
            return True
        if wanted is None or not re.fullmatch(_part(wanted), step):
            return False
    return True


def without_files(
    idle: Iterable[str], places: Mapping[str, Position]
) -> Iterator[Problem]:
    """A warning for every pattern of smsform.yaml that found nothing."""
    for pattern in idle:
        if pattern in places:
            right = pattern.endswith((*SUFFIXES, "*"))
            sentence = "no_files" if right else "no_yaml"
            fields = {"pattern": pattern, "folder": pattern.removesuffix("/")}
            yield Problem(
                "SF137",
                Level.WARNING,
                places[pattern],
                say(f"definitions.{sentence}", **fields),
                say(f"definitions.{sentence}_hint", **fields),
            )
