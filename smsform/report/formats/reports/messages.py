"""What was sent, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from smsform.project.counts import Counted
    from smsform.project.dispatch import Sent
    from smsform.project.message import PreparedMessage
    from smsform.project.receipts import ExplainedReceipt


@dataclass(frozen=True)
class SendingReport:
    """What was sent, and what became of it where that was ``waited`` for."""

    kind: ClassVar[str] = "sending"
    message: PreparedMessage
    sent: Sent
    waited: bool
    show_numbers: bool


@dataclass(frozen=True)
class ReceiptsReport:
    """What became of messages."""

    kind: ClassVar[str] = "receipts"
    found: Sequence[ExplainedReceipt]
    show_numbers: bool


@dataclass(frozen=True)
class StatsReport:
    """What went out, by ``hour`` or by ``day``."""

    kind: ClassVar[str] = "stats"
    found: Sequence[Counted]
    by: str
