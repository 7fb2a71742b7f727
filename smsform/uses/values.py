"""Values of a search in source code: the texts to find, and their places."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Token(NamedTuple):
    """A text to find: an id, a whole word; or, where *literal*, a string in quotes.

    Where *open*, it is the beginning of a word whose rest are digits: any id of a
    service whose ids are recognisable.
    """

    text: str
    literal: bool = False
    open: bool = False


class Use(NamedTuple):
    """One occurrence: the file, its line and column from 1, and the word there.

    ``column`` counts bytes of the file, as compilers do.
    """

    path: Path
    line: int
    column: int
    text: str


class SearchResult(NamedTuple):
    """The result of a search.

    ``nothing`` are paths that do not exist or hold no readable file: nobody may delete
    anything by such a search, because a checkout may be missing. ``unread`` are files
    that could not be read.
    """

    uses: tuple[Use, ...]
    nothing: tuple[Path, ...] = ()
    unread: tuple[Path, ...] = ()
    files: int = 0

    def texts(self) -> frozenset[str]:
        """Every word that was found somewhere."""
        return frozenset(use.text for use in self.uses)
