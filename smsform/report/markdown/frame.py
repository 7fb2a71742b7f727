"""What surrounds a report in a comment, and how much a comment takes.

Lengths are UTF-16 code units. GitHub takes comments of 262,144 bytes (measured in
objectstack-ai/objectstack#18826, 2026-09-17) and pull request texts of 65,536 code
points (dead-claudia/github-limits#13, 2025-10-28), while its message says characters;
GitLab takes 1,000,000. A number of code units is never less than that of code points,
and at least a third of that of bytes: 65,536 of them fit everywhere.
"""

from __future__ import annotations

from typing import NamedTuple

LARGEST = 65_536
SMALLEST = 1_000  # holds every marker, summary and count


class Frame(NamedTuple):
    """What surrounds a report: its *kind*, its *name*, the code units it may take."""

    kind: str
    name: str = ""
    room: int = LARGEST

    @property
    def marker(self) -> str:
        """A hidden comment, by which the report is found again."""
        return f"<!-- smsform:{' '.join(filter(None, [self.kind, self.name]))} -->"
