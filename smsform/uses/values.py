"""Values of a search in source code: the texts to find, and their places."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Token(NamedTuple):
    """A text to find: an id, a whole word; or, where *literal*, a string in quotes.

    Where *open*, it is what a word begins with, and the rest of it are digits: every id
    of a service whose ids can be told from anything else.
    """

    text: str
    literal: bool = False
    open: bool = False


class Use(NamedTuple):
    """One place: the file, its line and column from 1, and the word that stands there.

    ``column`` counts bytes of the file, as compilers do.
    """

    path: Path
    line: int
    column: int
    text: str


class SearchResult(NamedTuple):
    """All that a search found.

    ``nothing`` are the paths that are not there or hold no file to read: whoever
    deletes by what was found must not, for a checkout may be missing. ``unread`` are
    files that could not be read.
    """

    uses: tuple[Use, ...]
    nothing: tuple[Path, ...] = ()
    unread: tuple[Path, ...] = ()
    files: int = 0

    def texts(self) -> frozenset[str]:
        """Every word that was found somewhere."""
        return frozenset(use.text for use in self.uses)
