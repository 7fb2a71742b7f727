"""Where a plan has from what the definitions want, and who owns what by them.

all files read                     FullyRead
summaries of files, some read      ``remembered``
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from smsform.directives import Directives
from smsform.model import Address, Desired
from smsform.project.desired.attributes import desired_of
from smsform.project.workspace import Workspace


class EditedMeanwhile(Exception):
    """A definition file has changed since this run began."""


class DesiredSource(Protocol):
    """What a plan needs of the definitions; none of their problems is an error."""

    @property
    def directives(self) -> Directives:
        """The `moved` and `adopt` blocks."""

    def of(self, provider: str) -> Mapping[Address, Desired]:
        """What one provider should have, in definition order, signatures first."""


class FullyRead:
    """A DesiredSource that reads all definition files.

    DefinitionError where definitions are wrong.
    """

    def __init__(self, project: Workspace) -> None:
        self._project = project
        self._found: dict[str, Mapping[Address, Desired]] = {}

    @property
    def directives(self) -> Directives:
        """The `moved` and `adopt` blocks."""
        return self._project.definitions.directives

    def of(self, provider: str) -> Mapping[Address, Desired]:
        """What one provider should have, in definition order, signatures first."""
        if provider not in self._found:
            self._found[provider] = desired_of(self._project, provider)
        return self._found[provider]
