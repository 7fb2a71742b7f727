"""What is written for people never goes over a file the project is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from smsform.documents.files import CONFIG
from smsform.errors import ConfigError
from smsform.project.workspace import Workspace, state_files
from smsform.words import say


def spare_own(project: Workspace, output: Path) -> None:
    """ConfigError where *output* is smsform.yaml, a definition file or a state file.

    It is the same file whatever it is called, through a link too; a state file need not
    be there yet.
    """
    for path in _own(project):
        if _same(path, output):
            what = say("cli.own_file", path=path.name)
            raise ConfigError(str(output), what, say("cli.own_file_hint"))


def _own(project: Workspace) -> Iterator[Path]:
    root = project.config.root
    yield root / CONFIG
    for file in project.listed[0]:
        yield root / file
    yield from state_files(project)


def _same(path: Path, output: Path) -> bool:
    try:
        return os.path.samefile(path, output)
    except OSError:  # one of them is not there, or cannot be looked at
        return os.path.realpath(path) == os.path.realpath(output)
