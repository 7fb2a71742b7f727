"""Reports about an emulator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from smsform.emulation.calls import LoggedCall
    from smsform.emulation.outbox import OutboxMessage


@dataclass(frozen=True)
class CallsReport:
    """The calls that arrived at an emulator."""

    kind: ClassVar[str] = "calls"
    calls: Sequence[LoggedCall]


@dataclass(frozen=True)
class OutboxReport:
    """The messages an emulator accepted, newest first, as of ``now``."""

    kind: ClassVar[str] = "outbox"
    messages: Sequence[OutboxMessage]
    now: float
