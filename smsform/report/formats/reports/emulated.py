"""Reports about an emulator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from smsform.emulation.calls import LoggedCall
    from smsform.emulation.outbox import OutboxMessage


class CallsReport(Struct, frozen=True):
    """The calls that arrived at an emulator."""

    kind: ClassVar[str] = "calls"
    calls: Sequence[LoggedCall]


class OutboxReport(Struct, frozen=True):
    """The messages an emulator accepted, newest first, as of ``now``."""

    kind: ClassVar[str] = "outbox"
    messages: Sequence[OutboxMessage]
    now: float
