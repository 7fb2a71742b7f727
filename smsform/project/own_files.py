"""The files a project is made of; what is written for people never goes over one."""

from __future__ import annotations

from pathlib import Path

from smsform.documents.files import CONFIG
from smsform.errors import ConfigError
from smsform.project.workspace import Workspace, state_files
from smsform.words import say


def own_files(project: Workspace) -> frozenset[Path]:
    """The files in which the project itself keeps ids: definitions, configuration,
    state.

    Their real paths; a state file need not be there yet.
    """
    root = project.config.root
    paths = (root / CONFIG, *(root / path for path in project.listed[0]))
    return frozenset(path.resolve() for path in (*paths, *state_files(project)))


def spare_own(project: Workspace, output: Path) -> None:
    """ConfigError where *output* is one of the project's own files, or a link to it."""
    path = output.resolve()
    if path in own_files(project):
        what = say("cli.own_file", path=path.name)
        raise ConfigError(str(output), what, say("cli.own_file_hint"))
