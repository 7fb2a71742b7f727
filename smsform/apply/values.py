"""What became of a plan; one outcome a change."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from smsform.errors import Refused, SmsformError
from smsform.plan import Change


class Result(StrEnum):
    """How one change ended."""

    DONE = "done"
    SKIPPED = "skipped"  # not tried, or a refusal that harms nothing
    FAILED = "failed"  # the service said no
    UNKNOWN = "unknown"  # sent, and nobody knows what became of it
    STALE = "stale"  # the entry changed since the plan was reviewed


class Outcome(Struct, frozen=True):
    """A change and how it ended; ``id`` is the version that came of it."""

    change: Change
    result: Result
    id: str = ""
    why: str = ""
    error: SmsformError | None = None

    def __post_init__(self) -> None:
        # The frames it came through would keep the account open as long as this.
        if self.error is not None:
            self.error.__traceback__ = None

    @property
    def fell_short(self) -> bool:
        """Whether a run with this outcome did less than it was to do.

        What the service refused to withdraw harms nobody; a stale entry has an exit
        code of its own.
        """
        if self.result is Result.SKIPPED:
            return not isinstance(self.error, Refused)
        return self.result in (Result.FAILED, Result.UNKNOWN)
