"""The reports: one value each, whatever format it is written in.

Modules group what is reported together, so that a command loads only its own.
"""

from __future__ import annotations

from typing import ClassVar, Protocol


class Report(Protocol):
    """Any report; ``kind`` is its name in the table of formats."""

    kind: ClassVar[str]
