"""Reports about notifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from smsform.project.telling import Notified


@dataclass(frozen=True)
class NotifiedReport:
    """The result for each target; with ``test``, of a test message."""

    kind: ClassVar[str] = "notified"
    notified: Sequence[Notified]
    test: bool
