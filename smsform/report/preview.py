"""Previews to text for a terminal.

login_code  登录验证码
  verification, domestic · templates/login.yaml:3:3
  cloud: {1}为您的登录验证码…

  sample · 1 segment, 38 of 70 characters
  ╭────────────────────────────╮
  │ 【示例商城】183029为您的…  │
  ╰────────────────────────────╯
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from smsform.errors import Problem
from smsform.preview import Message, Preview
from smsform.report import problems as problem_report
from smsform.report.billing import billed
from smsform.report.terminal import (
    Show,
    Style,
    pad,
    safe,
    width,
    without_commands,
    wrap,
)
from smsform.segments import CAPACITY
from smsform.words import named, say

WIDEST = 100  # columns; longer lines are hard to read
INDENT = "  "
SHOWN_CHARACTERS = 8


def as_text(
    shown: Preview, problems: Sequence[Problem], style: Style, columns: int
) -> str:
    """One template: what it is, its native texts, its cases in boxes, its problems.

    A case that reads the same at several providers is shown once.
    """
    shown = replace(shown, messages=once(shown.messages))
    columns = min(columns, WIDEST) - len(INDENT)
    among = Among.of(shown.messages)
    paragraphs = [
        list(_about(shown, style, columns)),
        *(
            [_heading(shown, message, among, style), *_case(message, style, columns)]
            for message in shown.messages
        ),
        [problem_report.entry(each, style) for each in problem_report.once(problems)],
    ]
    heading = f"{style.bold(safe(shown.template.key))}  {safe(shown.template.name)}\n"
    body = "\n\n".join("\n".join(lines) for lines in paragraphs if lines)
    return without_commands(heading + "\n".join(_indented(body)))


class Among(NamedTuple):
    """What distinguishes messages of one template; worked out once for all of them.

    ``longest`` is the first with the most units, None where all have the same.
    """

    longest: Message | None
    providers_differ: bool

    @classmethod
    def of(cls, messages: Sequence[Message]) -> Among:
        """Compare them."""
        differ = len({each.length.units for each in messages}) > 1
        longest = max(messages, key=lambda each: each.length.units) if differ else None
        return cls(longest, len({each.providers for each in messages}) > 1)


def once(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The longest message first; a case with one text for all providers once."""
    found: dict[tuple[str, str], Message] = {}
    for message in messages:
        alike = found.setdefault((message.case, message.text), message)
        if alike is not message:
            providers = alike.providers + message.providers
            found[message.case, message.text] = replace(alike, providers=providers)
    return tuple(sorted(found.values(), key=lambda each: -each.length.units))


def _indented(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield INDENT + line if line else ""


def _about(shown: Preview, style: Style, columns: int) -> Iterator[str]:
    template = shown.template
    where = say(f"preview.{market(shown)}")
    about = say("report.comma").join([named(template.type), where])
    yield style.dim(f"{about} · {safe(str(template.at))}")
    for native in (each for each in shown.natives if each.text):
        yield from _hanging(safe(", ".join(native.providers)), native.text, columns)
        if native.parameters and native.positional:
            names = safe(", ".join(native.parameters))
            yield style.dim(INDENT + say("preview.parameters", names=names))
    if not shown.natives:
        yield style.yellow(say("preview.nowhere"))
    if not shown.signature:
        yield style.dim(unsigned(shown))
    if shown.failure:
        yield style.red(say("preview.failure", why=safe(shown.failure)))


def _hanging(name: str, text: str, columns: int) -> Iterator[str]:
    """``name: text``, further lines below the text."""
    characters = [safe(c) for c in text]
    before = width(name) + 2
    for number, line in enumerate(wrap(characters, max(columns - before, 20))):
        lead = " " * before if number else f"{name}: "
        yield lead + "".join(characters[line]).rstrip()


def unsigned(shown: Preview, show: Show = safe) -> str:
    """Why a message has no signature's prefix."""
    if key := shown.template.signature:
        return say("preview.unknown_signature", key=show(key))
    return say("preview.no_signature")


def market(shown: Preview) -> str:
    """Where its messages go, a word of the catalogue."""
    return "international" if shown.template.international else "domestic"


def _case(message: Message, style: Style, columns: int) -> Iterator[str]:
    """The length and cost of a case, and the message in a box."""
    if costly := forced(message):
        yield style.yellow(costly)
    yield from _box(message, style, columns)


def forced(message: Message, show: Show = safe) -> str:
    """The characters that force UCS-2; "" for none."""
    characters = blamed(message)
    if not characters:
        return ""
    return say("preview.forced", characters=_enumerated(characters, show))


def blamed(message: Message) -> str:
    """The few characters that force UCS-2; none when the script itself does."""
    forcing = message.outside_gsm7
    return "" if 2 * len(forcing) > len(set(message.text)) else forcing


def _heading(shown: Preview, message: Message, among: Among, style: Style) -> str:
    name = style.bold(safe(message.case))
    if among.providers_differ:
        name += f" ({safe(', '.join(message.providers))})"
    count = billed(message)
    count = style.yellow(count) if message.length.segments > 1 else count
    parts = [name, say("report.comma").join([count, length(shown, message)])]
    if cost := message.price:
        parts.append(say("preview.price", amount=cost.figure, currency=cost.currency))
    if message is among.longest:
        parts.append(style.cyan(say("preview.longest")))
    return " · ".join(parts)


def length(shown: Preview, message: Message) -> str:
    """The length of a message, and the limit."""
    encoding, units, number = message.length
    alone, each = CAPACITY[encoding]
    size = "alone" if number == 1 else "long"
    return say(
        f"preview.{market(shown)}_{size}",
        units=units,
        alone=alone,
        each=each,
        encoding=encoding,
    )


def _enumerated(characters: str, show: Show) -> str:
    shown = " ".join(show(c) for c in characters[:SHOWN_CHARACTERS])
    if len(characters) <= SHOWN_CHARACTERS:
        return shown
    more = len(characters) - SHOWN_CHARACTERS
    return say("preview.and_more", shown=shown, count=more)


class _Cell(NamedTuple):
    """One character as shown, and whose value it belongs to."""

    shown: str
    parameter: str


def _box(message: Message, style: Style, columns: int) -> Iterator[str]:
    """The message in a box, with a ruler below each line where a segment begins."""
    cells = [
        _Cell(c if c == "\n" else safe(c), piece.parameter)
        for piece in message.pieces
        for c in piece.text
    ]
    lines = wrap([cell.shown for cell in cells], columns - len("│  │"))
    rows = []
    for line in lines:
        rows.append(_painted(cells[line], style))
        for number, cut in enumerate(message.cuts, 2):
            if line.start <= cut < line.stop:
                before = sum(width(cell.shown) for cell in cells[line.start : cut])
                rows.append(style.yellow(_ruler(before, number, columns - 4)))
    breadth = max(map(width, rows))
    yield f"╭{'─' * (breadth + 2)}╮"
    for row in rows:
        yield f"│ {pad(row, breadth)} │"
    yield f"╰{'─' * (breadth + 2)}╯"


def _painted(cells: Sequence[_Cell], style: Style) -> str:
    """A line of the message, values marked, without trailing spaces."""
    end = len(cells)
    while end and cells[end - 1].shown in " \n":
        end -= 1
    runs = groupby(cells[:end], key=lambda cell: cell.parameter)
    texts = ((name, "".join(cell.shown for cell in run)) for name, run in runs)
    return "".join(
        style.underline(style.cyan(text)) if name else text for name, text in texts
    )


def _ruler(before: int, number: int, columns: int) -> str:
    """An arrow below the first character of a segment, its words where they fit."""
    before = min(before, columns - 1)  # a space may stand beyond the end of a line
    words = say("preview.cut", number=number)
    right = f"{' ' * before}↑ {words}"
    if width(right) <= columns:
        return right
    left = f"{words} ↑"
    room = before + 1 - width(left)
    return " " * room + left if room >= 0 else " " * before + "↑"
