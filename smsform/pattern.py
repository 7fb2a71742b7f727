"""Regular expressions that are compiled when they are first used.

A run of the command line uses a few of some hundred. To compile all would be a quarter
of what a small project takes.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast


class _Pattern:
    """Becomes a compiled pattern, method by method, as these are asked for."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        """A method or field of the pattern, which from now on is found at once."""
        # ``re`` remembers patterns, so that several methods are of one.
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` returns, for its methods and fields; compiled on first use.

    re.error for what is no expression comes with the first use, too.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
