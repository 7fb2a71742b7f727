"""What people were told, and who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from smsform.project.telling import Notified


@dataclass(frozen=True)
class NotifiedReport:
    """Who was told of what, or took a ``test``."""

    kind: ClassVar[str] = "notified"
    notified: Sequence[Notified]
    test: bool
