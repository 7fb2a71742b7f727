"""Reports about the state: ids, entries, ids in source code, imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from smsform.project.ids import Id
    from smsform.project.import_all import Imported
    from smsform.project.uses import IdUse
    from smsform.state import State
    from smsform.uses import SearchResult


class IdsReport(Struct, frozen=True):
    """The ids that applications may use."""

    kind: ClassVar[str] = "ids"
    ids: Sequence[Id]


class StateReport(Struct, frozen=True):
    """The content of the state."""

    kind: ClassVar[str] = "state"
    state: State


class UsesReport(Struct, frozen=True):
    """The ids found in source code, and the paths that were searched."""

    kind: ClassVar[str] = "uses"
    found: Sequence[IdUse]
    searched: SearchResult


class ImportReport(Struct, frozen=True):
    """What was imported, or would be."""

    kind: ClassVar[str] = "imported"
    found: Imported
    dry_run: bool
