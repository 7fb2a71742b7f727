"""A state file as ``dump`` lays it out, taken apart some entries at a time.

    {"providers": {NAME: {"entries": {ENTRY, ENTRY, ...}, REST}, ...}, "smsform": 1}

A whole file in memory would take the room of all it becomes, and nobody else would get
a turn while it is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from msgspec import json

from smsform.state.parse import FORMAT

CHUNK = 64 * 1024  # bytes read at a time: some 60 entries
LONGEST = 32 * CHUNK  # bytes of anything that is taken whole

FIRST = b'{\n "providers": {'
LAST = f'\n }},\n "smsform": {FORMAT}\n}}\n'.encode()
EMPTY = FIRST + LAST.removeprefix(b"\n ")


class Otherwise(Exception):
    """The file is laid out in another way."""


class Section(NamedTuple):
    """A piece of the block of *provider*, without the braces and commas around it.

    Either some of its ``entries``, or the ``rest`` of its fields, which comes once and
    last.
    """

    provider: str
    entries: bytes = b""
    rest: bytes = b""


def sections(file: BinaryIO) -> Iterator[Section]:
    """The file piece by piece; Otherwise where it is laid out in another way.

    What is inside a piece is not looked at. Nothing that was given before an Otherwise
    counts.
    """
    text = _Text(file)
    if not text.skips(EMPTY):
        text.skip(FIRST)
        before, comma = "", True
        while comma:
            text.skip(b"\n  ")
            written = text.until(b': {\n   "entries": {')
            name = json.decode(written, type=str)
            if name <= before or json.encode(name) != written:
                raise Otherwise
            yield from _block(text, name)
            before, comma = name, text.skips(b",")
        text.skip(LAST)
    if not text.is_over():
        raise Otherwise


def _block(text: _Text, name: str) -> Iterator[Section]:
    if not text.skips(b"},"):
        more = True
        while more:
            some, more = text.some(b"\n    },", b"\n    }\n   },")
            yield Section(name, entries=some)
    yield Section(name, rest=text.until(b"\n  }"))


class _Text:
    """What is left of a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._held = file, b""

    def _more(self) -> bool:
        if len(self._held) > LONGEST:
            raise Otherwise
        chunk = self._file.read(CHUNK)
        self._held += chunk
        return bool(chunk)

    def skips(self, text: bytes) -> bool:
        """Whether *text* comes next; it is taken then."""
        while len(self._held) < len(text) and self._more():
            pass
        found = self._held.startswith(text)
        if found:
            self._held = self._held[len(text) :]
        return found

    def skip(self, text: bytes) -> None:
        """Take *text*; Otherwise where something else comes next."""
        if not self.skips(text):
            raise Otherwise

    def until(self, mark: bytes) -> bytes:
        """Take all that comes before *mark*, and the mark; Otherwise without one."""
        while (at := self._held.find(mark)) < 0:
            if not self._more():
                raise Otherwise
        return self._taken(at, len(mark))

    def some(self, mark: bytes, last: bytes) -> tuple[bytes, bool]:
        """Take whole things that each end in *mark*, the last of all in *last*.

        They keep their ends, but not what both marks have behind these. Whether more
        come.
        """
        while True:
            if (at := self._held.find(last)) >= 0:
                end = len(mark) - 1
                return self._taken(at + end, len(last) - end), False
            if (at := self._held.rfind(mark)) >= 0:
                return self._taken(at + len(mark) - 1, 1), True
            if not self._more():
                raise Otherwise

    def is_over(self) -> bool:
        """Whether nothing is left."""
        return not self._held and not self._more()

    def _taken(self, length: int, also: int) -> bytes:
        """The next *length* bytes; *also* those behind them are gone."""
        taken, self._held = self._held[:length], self._held[length + also :]
        return taken
