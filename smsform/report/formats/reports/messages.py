"""Reports about messages: a send, receipts, statistics."""

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
    """A message that was sent, with receipts where these were ``waited`` for."""

    kind: ClassVar[str] = "sending"
    message: PreparedMessage
    sent: Sent
    waited: bool
    show_numbers: bool


@dataclass(frozen=True)
class ReceiptsReport:
    """Receipts of messages."""

    kind: ClassVar[str] = "receipts"
    found: Sequence[ExplainedReceipt]
    show_numbers: bool


@dataclass(frozen=True)
class StatsReport:
    """Messages sent, by ``hour`` or by ``day``."""

    kind: ClassVar[str] = "stats"
    found: Sequence[Counted]
    by: str
