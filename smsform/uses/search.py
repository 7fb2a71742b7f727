"""Finding words in files, however many words there are."""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from smsform.uses.files import files
from smsform.uses.values import SearchResult, Token, Use

WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
DIGITS = frozenset(b"0123456789")
# A number in Java, C, C#, Go or JavaScript may end in these: 1110L is 1110.
SUFFIX = frozenset(b"LlUun")
QUOTES = frozenset(b"\"'`")
BEGINNING = 4  # bytes that words have in common when they are searched together
LOOKED_AT = 8000  # bytes; a file with a NUL in these is no text, as git has it
UTF16 = (b"\xff\xfe", b"\xfe\xff")
WHOLE = 64 * 1024 * 1024  # bytes; a larger file is mapped, not read
UNUSED = b"smsform: unused"
# Files that smsform writes name it in their first key; env lines by their variables.
OURS = re.compile(rb'\s*\{\s*"smsform(_[a-z_]+)?"\s*:')
ENV = re.compile(rb"_?[A-Z][A-Z0-9_]*_(TEMPLATE|SIGNATURE)_[A-Z0-9_]+=|#|\s*$")


def search(
    paths: Iterable[Path], tokens: Iterable[Token], own: Collection[Path] = ()
) -> SearchResult:
    """The places of *tokens* in the files below *paths*, in the order of both.

    Not searched are files that git ignores, binary files, files that smsform wrote, and
    the *own* files of the project (absolute). A line with ``smsform: unused`` does not
    count.
    """
    wanted = Words(tokens)
    left_out = {str(path) for path in own}
    uses: list[Use] = []
    nothing: list[Path] = []
    unread: list[Path] = []
    seen: set[str] = set()
    for start in paths:
        before = len(seen)
        try:
            for path in files(start):
                if path in left_out or path in seen:
                    continue
                seen.add(path)
                try:
                    uses += wanted.uses(path)
                except OSError:
                    unread.append(Path(path))
        except OSError as error:
            unread.append(Path(error.filename or start))
        if len(seen) == before:
            nothing.append(start)
    return SearchResult(tuple(uses), tuple(nothing), tuple(unread), len(seen))


class Words:
    """The tokens as bytes, in every spelling that source code has for them.

    They are searched by the beginnings that several share, most of which a file does
    not have: a search of bytes for bytes is faster than a regular expression of all.
    """

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.spellings: dict[bytes, list[Token]] = {}
        for token in dict.fromkeys(tokens):
            for spelling in _spellings(token) if token.text else ():
                self.spellings.setdefault(spelling, []).append(token)
        self.groups: dict[bytes, list[bytes]] = {}
        for spelling in self.spellings:
            self.groups.setdefault(spelling[:BEGINNING], []).append(spelling)

    def uses(self, path: str) -> Iterator[Use]:
        """The places in one file; OSError when it cannot be read."""
        if not self.spellings:
            return
        with open(path, "rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size > WHOLE:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                    if b"\0" not in mapped[:LOOKED_AT]:
                        yield from self._places(path, mapped)
                return
            data = file.readall()
        if data.startswith(UTF16):
            data = data.decode("utf-16", errors="replace").encode()
        elif b"\0" in data[:LOOKED_AT]:
            return
        yield from self._places(path, data)

    def _places(self, path: str, data: bytes | mmap.mmap) -> Iterator[Use]:
        found = sorted(self._found(data))
        if not found or _ours(data):
            return
        line, counted, last = 1, 0, (-1, "")
        for start, spelling, token in found:
            text = _stands(data, start, start + len(spelling), token)
            if not text or (start, text) == last:
                continue  # an id that is also found by its beginning
            last = start, text
            begin = data.rfind(b"\n", 0, start) + 1
            if UNUSED in data[begin : _line_end(data, start)]:
                continue
            line += data[counted:start].count(b"\n")
            counted = start
            yield Use(Path(path), line, start - begin + 1, text)

    def _found(self, data: bytes | mmap.mmap) -> Iterator[tuple[int, bytes, Token]]:
        """Every occurrence of every spelling, as a whole word or not."""
        for beginning, group in self.groups.items():
            if data.find(beginning) < 0:
                continue
            for spelling in group:
                at = data.find(spelling)
                while at >= 0:
                    for token in self.spellings[spelling]:
                        yield at, spelling, token
                    at = data.find(spelling, at + 1)


def _spellings(token: Token) -> Iterator[bytes]:
    """The spellings in files: UTF-8, GB 18030 of older sources, and ``\\u`` escapes."""
    text = token.text
    yield text.encode(errors="surrogatepass")
    if not text.isascii():
        yield from {text.encode("gb18030", errors="ignore")}
        for form in ("{:04x}", "{:04X}"):
            units = text.encode("utf-16-be", errors="surrogatepass")
            pairs = [units[at] << 8 | units[at + 1] for at in range(0, len(units), 2)]
            yield b"".join(
                bytes([unit]) if unit < 128 else b"\\u" + form.format(unit).encode()
                for unit in pairs
            )


def _stands(data: bytes | mmap.mmap, start: int, end: int, token: Token) -> str:
    """The word at *start* if it was asked for, else ""."""
    before = data[start - 1] if start else 0
    after = data[end] if end < len(data) else 0
    if token.literal:
        closed = data[end : end + 2] == bytes([92, before])  # escaped: \"…\"
        return token.text if before in QUOTES and (after == before or closed) else ""
    if before in WORD:
        return ""
    if token.open:
        last = end
        while last < len(data) and data[last] in DIGITS:
            last += 1
        whole = last > end and (last == len(data) or data[last] not in WORD)
        return token.text + data[end:last].decode() if whole else ""
    if after in SUFFIX and token.text.isdigit():
        while end < len(data) and data[end] in SUFFIX:
            end += 1
        after = data[end] if end < len(data) else 0
    return "" if after in WORD else token.text


def _ours(data: bytes | mmap.mmap) -> bool:
    """Whether smsform wrote this file: a document of its own, or ids as variables."""
    if OURS.match(data):
        return True
    if not ENV.match(data):
        return False
    return all(ENV.match(line) for line in bytes(data).splitlines())


def _line_end(data: bytes | mmap.mmap, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end
