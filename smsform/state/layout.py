"""A state file as ``dump`` lays it out, taken apart some entries at a time.

    {"providers": {NAME: {"entries": {ENTRY, ENTRY, ...}, REST}, ...}, "smsform": 1}

Read whole, the file would take as much memory as the values it becomes, and no other
thread would get a turn while it is decoded.
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


class OtherLayout(Exception):
    """The file is laid out in another way than ``dump`` does."""


class Section(NamedTuple):
    """A piece of the block of *provider*, without the braces and commas around it.

    Either some of its ``entries``, or the ``rest`` of its fields, which comes once and
    last.
    """

    provider: str
    entries: bytes = b""
    rest: bytes = b""


def sections(file: BinaryIO) -> Iterator[Section]:
    """The file piece by piece; OtherLayout where ``dump`` would not write it so.

    What is inside a piece is not looked at. After an OtherLayout none of the pieces
    that came before it counts.
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
                raise OtherLayout
            yield from _block(text, name)
            before, comma = name, text.skips(b",")
        text.skip(LAST)
    if not text.is_over():
        raise OtherLayout


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
            raise OtherLayout
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
        """Take *text*; OtherLayout where something else comes next."""
        if not self.skips(text):
            raise OtherLayout

    def until(self, mark: bytes) -> bytes:
        """Take and return what comes before *mark*, and drop the mark.

        OtherLayout without one.
        """
        while (at := self._held.find(mark)) < 0:
            if not self._more():
                raise OtherLayout
        return self._taken(at, len(mark))

    def some(self, mark: bytes, last: bytes) -> tuple[bytes, bool]:
        """Take whole entries, as many as are read already; and whether more come.

        Each ends in *mark*, the last one of all in *last*; the final character of
        *mark*, a comma, and what *last* has in its place are not returned.
        """
        while True:
            if (at := self._held.find(last)) >= 0:
                end = len(mark) - 1
                return self._taken(at + end, len(last) - end), False
            if (at := self._held.rfind(mark)) >= 0:
                return self._taken(at + len(mark) - 1, 1), True
            if not self._more():
                raise OtherLayout

    def is_over(self) -> bool:
        """Whether nothing is left."""
        return not self._held and not self._more()

    def _taken(self, length: int, dropped: int) -> bytes:
        """The next *length* bytes; the *dropped* ones behind them are gone, too."""
        taken, self._held = self._held[:length], self._held[length + dropped :]
        return taken
