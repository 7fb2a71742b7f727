"""A thing wrong with a definition: where, how bad, which rule, what to do."""

# No annotations are postponed here: a NamedTuple would compile each of them.
from enum import StrEnum
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Level(StrEnum):
    """How bad a problem is; only errors stop a plan."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Problem(NamedTuple):
    """One thing wrong with a definition: where, which rule, what, what to do."""

    rule: str
    level: Level
    at: Position
    message: str
    hint: str = ""
    address: str = ""
    provider: str = ""
