"""What there is to report: one value a report, whatever format it is written in.

A room for what is reported together, so that a command loads its own.
"""

from __future__ import annotations

from typing import ClassVar, Protocol


class Report(Protocol):
    """Any of them; ``kind`` is its name in the table of formats."""

    kind: ClassVar[str]
