"""Reports about messages: a send, receipts, statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from smsform.project.counts import Counted
    from smsform.project.dispatch import Sent
    from smsform.project.message import PreparedMessage
    from smsform.project.receipts import ExplainedReceipt


class SendingReport(Struct, frozen=True):
    """A message that was sent, with receipts where these were ``waited`` for."""

    kind: ClassVar[str] = "sending"
    message: PreparedMessage
    sent: Sent
    waited: bool
    show_numbers: bool


class ReceiptsReport(Struct, frozen=True):
    """Receipts of messages."""

    kind: ClassVar[str] = "receipts"
    found: Sequence[ExplainedReceipt]
    show_numbers: bool


class StatsReport(Struct, frozen=True):
    """Messages sent, by ``hour`` or by ``day``."""

    kind: ClassVar[str] = "stats"
    found: Sequence[Counted]
    by: str
