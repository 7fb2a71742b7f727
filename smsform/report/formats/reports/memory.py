"""Reports about the state: ids, entries, ids in source code, imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from smsform.project.ids import Id
    from smsform.project.import_all import Imported
    from smsform.project.uses import IdUse
    from smsform.state import State
    from smsform.uses import SearchResult


@dataclass(frozen=True)
class IdsReport:
    """The ids that applications may use."""

    kind: ClassVar[str] = "ids"
    ids: Sequence[Id]


@dataclass(frozen=True)
class StateReport:
    """The content of the state."""

    kind: ClassVar[str] = "state"
    state: State


@dataclass(frozen=True)
class UsesReport:
    """The ids found in source code, and the paths that were searched."""

    kind: ClassVar[str] = "uses"
    found: Sequence[IdUse]
    searched: SearchResult


@dataclass(frozen=True)
class ImportReport:
    """What was imported, or would be."""

    kind: ClassVar[str] = "imported"
    found: Imported
    dry_run: bool
