"""Files of a repository besides a project: CI files, and a pre-commit hook; pure.

The CI files are complete and work as they are here. For a project in another folder, or
with other services, only the values that say so are changed.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib import resources

from smsform.card import ProviderSpec
from smsform.drafts.layout import quoted, scalar


class Ci(StrEnum):
    """The forge of the wanted CI files; the value is a folder here."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


PLACES = {Ci.GITHUB: ".github/workflows/", Ci.GITLAB: "."}
SOURCE = "SMSFORM_SOURCE"  # the variable that only the user can fill in
# A run of lines that hand a service's secrets to a step, each under its own name.
_SECRETS = re.compile(
    r"(?:^( +)(?!SMSFORM_)(\w+): \$\{\{ secrets\.\2 \}\}\n)+", re.MULTILINE
)
# The files a run watches; where the project is the whole repository, those it reads.
_WATCHED = re.compile(r'"\*\*[./*]+yaml", .*?"evidence/[*/]+"')
_BRANCH = re.compile(
    r"(?<=branches: \[)main(?=\])|(?<=refs/heads/)main\b|(?<=push to )main"
)
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")  # no sign of any language
# Paths below the root of the repository.
_PLACED = re.compile(r"\b(SMSFORM_(?:PROJECT|STATE): )(\S+)")


def ci_files(
    ci: Ci, folder: str, services: Iterable[ProviderSpec], branch: str = "main"
) -> Iterator[tuple[str, str]]:
    """Path from the root of the repository, and text, for a project in *folder*.

    *branch* is the one that is deployed; a branch with special characters in its name
    is left to the user, and so are the paths below such a folder.
    """
    if ci is Ci.NONE:
        return
    names = [name for spec in services for name in secrets(spec)]

    def handed(match: re.Match[str]) -> str:
        return "".join(f"{match[1]}{n}: ${{{{ secrets.{n} }}}}\n" for n in names)

    def placed(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, match[2]))
        return match[1] + (match[2] if path == match[2] else scalar(path))

    data = resources.files(__name__).joinpath(ci)
    for file in sorted(data.iterdir(), key=lambda file: file.name):
        text = file.read_text(encoding="utf-8")
        text = _PLACED.sub(placed, _SECRETS.sub(handed, text))
        if folder != "." and _PLAIN.fullmatch(folder):
            text = _WATCHED.sub(_watched(ci, folder), text)
        if _PLAIN.fullmatch(branch):
            text = _BRANCH.sub(lambda match: _named(match, branch), text)
        yield f"{PLACES[ci]}{file.name}", text


def _watched(ci: Ci, folder: str) -> str:
    """The project's folder and the CI files, as patterns of the forge."""
    if ci is Ci.GITHUB:
        return f'"{folder}/**", ".github/workflows/smsform*.yml"'
    return f'"{folder}/**/*", ".gitlab-ci.yml"'


def _named(match: re.Match[str], branch: str) -> str:
    """*branch* in place of another one; quoted where it stands in a YAML list."""
    in_list = match.string[match.start() - 1] == "["
    return scalar(branch) if in_list else branch


def secrets(spec: ProviderSpec) -> list[str]:
    """The variables of a service's key."""
    return re.findall(r"[A-Z][A-Z0-9_]+", spec.variables)


# How pre-commit 4 is set up (pre-commit.com, read 2026-11-21); smsform runs as
# installed, which needs no address of a repository.
HOOK = """\
repos:
  - repo: local
    hooks:
      - id: smsform-validate
        name: smsform validate
        entry: {entry}
        language: system
        files: {files}
        pass_filenames: false
"""


def hook_file(folder: str) -> tuple[str, str]:
    """Path and text of the pre-commit configuration for the project in *folder*."""
    place, below = "", ""
    if folder != ".":
        place, below = f" -C {shlex.quote(folder)}", f"^{re.escape(folder)}/.*"
    entry = quoted(f"smsform{place} validate")
    return ".pre-commit-config.yaml", HOOK.format(
        entry=entry, files=quoted(f"{below}\\.ya?ml$")
    )
