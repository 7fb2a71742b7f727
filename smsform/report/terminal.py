"""Output for terminals: harmless text, columns, colours.

Text from outside goes through ``safe`` first, then gets its colour and its place:
``pad(style.red(safe(name)), 20)``. Columns follow East Asian Width (Unicode Standard
Annex 11): a Chinese character takes two, a combining mark none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Protocol

from msgspec import Struct

from smsform.pattern import pattern

# C0 with line breaks and tabs, DEL, C1; then everything that is invisible or moves its
# neighbours: soft hyphen, joiners, fillers, marks of direction, bidi embeddings,
# overrides and isolates, line separators, variation selectors but those two that choose
# between text and emoji, byte order mark, tags; lone surrogates.
HARMFUL = pattern(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
# A line that begins so, or holds such a word (actions/runner, ActionCommand.cs; the
# agent of Azure Pipelines, Command.cs; both read 2026-11-21).
_COMMAND = pattern(r"\A(?P<before>\s*):(?=:)|(?<=##)\[|(?<=##vso)\[")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_COLOUR = pattern("\x1b\\[[0-9;]*m")

Show = Callable[[str], str]  # makes a text from outside fit for where it is shown


def safe(text: str) -> str:
    r"""Return *text* on one line, each harmful or invisible character as ``\u202e``.

    A joiner between emoji is shown too: who reviews a text must see what is in it. What
    the runner of a forge would take for a command, where it reads our output, becomes
    none.
    """
    text = visible(text)
    if ":" in text or "[" in text:
        text = _COMMAND.sub(_no_command, text)
    return text


def visible(text: str) -> str:
    """*text* on one line with harmful characters escaped; commands of a runner stay."""
    if text.isascii() and text.isprintable():
        return text
    return HARMFUL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    if short := _SHORT.get(match[0]):
        return short
    code = ord(match[0])
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def without_commands(text: str, bracket: str = "\\x5b") -> str:
    """*text*, of any number of lines, without what a CI runner takes for commands.

    *bracket* is how an opening bracket is written instead.
    """
    return text.replace("##[", f"##{bracket}").replace("##vso[", f"##vso{bracket}")


def _no_command(match: re.Match[str]) -> str:
    before = match["before"] or ""
    return f"{before}\\x{ord(match[0][-1]):02x}"


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    from unicodedata import category, east_asian_width  # loaded for Chinese only

    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me") else 1


def width(text: str) -> int:
    """How many columns *text* takes; colour codes take none."""
    if "\x1b" in text:
        text = _COLOUR.sub("", text)
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """Fill *text* with spaces on the right up to *columns*; a longer one stays."""
    return text + " " * (columns - width(text))


def clip(text: str, columns: int) -> str:
    """Shorten uncoloured *text* to at most *columns*, ending in ``…`` when cut."""
    if width(text) <= columns:
        return text
    kept, room = "", columns - 1
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept += character
    return kept + "…" if columns > 0 else ""


# Characters that do not begin a line, and that do not end one (GB/T 15834-2011, 5.1).
_NOT_FIRST = frozenset("，。、；：？！…）】》」』”’,.;:?!)]}%")
_NOT_LAST = frozenset("（【《「『“‘([{")


def wrap(characters: Sequence[str], columns: int) -> list[slice]:
    r"""Break *characters*, each safe or ``\n``, into lines of at most *columns*.

    Chinese breaks anywhere but at punctuation, other scripts at spaces, and inside a
    word that is too long. A space at the end of a line may exceed it; the slices leave
    nothing out.
    """
    lines, start, used, breakable = [], 0, 0, 0
    for index, character in enumerate(characters):
        if character == "\n":
            lines.append(slice(start, index + 1))
            start, used = index + 1, 0
            continue
        if index > start and _may_break(characters[index - 1], character):
            breakable = index
        used += width(character)
        if character == " ":
            used = min(used, columns)
        while used > columns and index > start:
            cut = breakable if breakable > start else index
            lines.append(slice(start, cut))
            start, used = cut, sum(map(width, characters[cut : index + 1]))
    return [*lines, slice(start, len(characters))]


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before == " " or width(before) > 1 or width(after) > 1


# A character with the colour codes before it, or the codes at the end of a line.
_UNIT = pattern(r"(?:\x1b\[[0-9;]*m)*[^\x1b]|(?:\x1b\[[0-9;]*m)+$")
NARROW = 20  # columns; nothing is broken into fewer


def hang(text: str, columns: int, below: int = 0) -> str:
    """Break lines wider than *columns*; further lines are indented.

    They begin two columns to the right of a line's own indentation, or at *below* where
    that leaves room. With 0 columns (no terminal) nothing is broken. *text* is safe,
    maybe coloured.
    """
    if not columns:
        return text
    return "\n".join(_hang(line, columns, below) for line in text.split("\n"))


def _hang(line: str, columns: int, below: int) -> str:
    head = len(line) - len(line.lstrip(" "))
    if not below or columns - below < NARROW:
        below = head + 2
    if width(line) <= columns or columns - below < NARROW:
        return line
    units = _UNIT.findall(line)
    bare = [_COLOUR.sub("", unit) for unit in units]
    if below > head + 2:  # what stands to the left of the text stays there
        ends = accumulate(map(width, bare))
        head = sum(end <= below for end in ends)
    lines = wrap(bare[head:], columns - below)
    texts = ["".join(units[head:][part]).rstrip(" ") for part in lines]
    return "".join(units[:head]) + ("\n" + " " * below).join(texts)


def table(
    rows: Sequence[Sequence[str]], header: Sequence[str] = (), columns: int = 0
) -> str:
    """Lay out *rows* in columns two spaces apart; cells are safe, maybe coloured.

    What does not fit into *columns* goes below: the last cell in its column, or all
    cells that do not fit, indented. 0: there is no terminal.
    """
    lines = [header, *rows] if header else rows
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    ends = [end + 2 * i for i, end in enumerate(accumulate(widths))]
    if not columns or not ends or ends[-1] <= columns:
        return "\n".join(_laid(line, widths) for line in lines)
    last = ends[-1] - widths[-1]
    if columns - last >= NARROW:
        return "\n".join(hang(_laid(line, widths), columns, last) for line in lines)
    fit = max(sum(end <= columns for end in ends), 1)
    out = []
    for line in lines:
        out.append(_laid(line[:fit], widths))
        if rest := _laid(line[fit:], widths[fit:]):
            out.append(hang(f"    {rest}", columns))
    return "\n".join(out)


def _laid(line: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(map(pad, line, widths)).rstrip()


class Style(Struct, frozen=True):
    """Colours text, or leaves it as it is when *color* is off.

    ``columns`` is how wide the terminal is, 0 where there is none.
    """

    color: bool
    columns: int = 0

    def _sgr(self, code: int, off: int, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[{off}m" if self.color and text else text

    def bold(self, text: str) -> str:
        """Bold: headings, and what a reader must not miss."""
        return self._sgr(1, 22, text)

    def dim(self, text: str) -> str:
        """What may be skipped."""
        return self._sgr(2, 22, text)

    def underline(self, text: str) -> str:
        """What is a parameter's value."""
        return self._sgr(4, 24, text)

    def red(self, text: str) -> str:
        """Errors, deletions, rejections."""
        return self._sgr(31, 39, text)

    def green(self, text: str) -> str:
        """Creations, approvals."""
        return self._sgr(32, 39, text)

    def yellow(self, text: str) -> str:
        """Warnings, updates, waiting."""
        return self._sgr(33, 39, text)

    def cyan(self, text: str) -> str:
        """Names, notes and parameters."""
        return self._sgr(36, 39, text)


PLAIN = Style(color=False)


FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


class Stream(Protocol):
    """Anything that may be a terminal."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""


def colour_wanted(choice: str, stream: Stream, environ: Mapping[str, str]) -> bool:
    """Whether to colour: ``--color``, else NO_COLOR, FORCE_COLOR, TERM and *stream*.

    The first two variables count when set and not empty (no-color.org, force-color.org,
    read 2026-11-21); CLICOLOR_FORCE is an older name, and in both 0 says nothing.
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in FORCING):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def style_for(choice: str, stream: Stream, environ: Mapping[str, str]) -> Style:
    """The style for *stream*: its colours, and its width."""
    columns = 0
    if stream.isatty():
        from shutil import get_terminal_size

        columns = get_terminal_size().columns
    return Style(colour_wanted(choice, stream, environ), columns)
