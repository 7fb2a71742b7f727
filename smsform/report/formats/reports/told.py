"""Reports about notifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from smsform.project.telling import Notified


class NotifiedReport(Struct, frozen=True):
    """The result for each target; with ``test``, of a test message."""

    kind: ClassVar[str] = "notified"
    notified: Sequence[Notified]
    test: bool
