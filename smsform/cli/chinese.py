"""Help pages and usage errors in Chinese; loaded only when Chinese is spoken.

click composes both in English. A help page is translated piece by piece on its way
through the formatter, an error by finding out which of click's sentences it is. What
the catalogues lack stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from smsform.report.terminal import pad, width, wrap
from smsform.words import learn, tell
from smsform.words.chinese.help import WORDS as HELP
from smsform.words.chinese.usage import WORDS as USAGE

learn("smsform.words.chinese.help")
_FIELD = re.compile(r"\\{(\w+)\\}")
_NARROW = 20  # columns a text gets at least


def retold(english: str) -> str:
    """click's message in Chinese, the parts that are filled into it as well."""
    for sentence, chinese in USAGE.items():
        pattern = _FIELD.sub(r"(?P<\1>.+?)", re.escape(sentence))
        if match := re.fullmatch(pattern, english, re.DOTALL):
            parts = {name: retold(part) for name, part in match.groupdict().items()}
            return chinese.format_map(parts)
    return english


def _told(paragraph: str) -> str:
    text = " ".join(paragraph.split())
    if text.endswith("..."):  # click cuts what a group says of its commands
        text = next((each for each in HELP if each.startswith(text[:-3])), text)
    return tell(text)


def _lines(text: str, columns: int) -> list[str]:
    return [text[part].rstrip() for part in wrap(text, max(columns, _NARROW))]


class Formatter(click.HelpFormatter):
    """click's formatter for Chinese, which breaks at any character and is twice as
    wide.

    A paragraph that begins with a backspace is an example and keeps its lines.
    """

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        lead = f"{retold('Usage:')}{prog} "
        for line in _lines(args, self.width - width(lead)):
            self.write(f"{lead}{line}\n")
            lead = " " * width(lead)

    def write_heading(self, heading: str) -> None:
        """Write what a section is about."""
        self.write(f"{' ' * self.current_indent}{retold(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write what a command does."""
        paragraphs = []
        for paragraph in text.split("\n\n"):
            if paragraph.startswith("\b\n"):
                lines = [_example(line) for line in paragraph.split("\n")[1:]]
            else:
                columns = self.width - self.current_indent
                lines = _lines(_told(paragraph), columns)
            paragraphs.append("\n".join(" " * self.current_indent + x for x in lines))
        self.write("\n\n".join(paragraphs) + "\n")

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = 2,
    ) -> None:
        """Write names and what they mean beside them, below a name that is too long."""
        rows = list(rows)
        widest = max([width(name) for name, _ in rows], default=0)
        column = self.current_indent + min(widest, col_max) + col_spacing
        for name, meaning in rows:
            head = " " * self.current_indent + name
            if width(head) > column - col_spacing:
                self.write(f"{head}\n")
                head = ""
            for line in _lines(_meaning(meaning), self.width - column):
                self.write(f"{pad(head, column)}{line}".rstrip() + "\n")
                head = ""


def _example(line: str) -> str:
    """A line of an example: its comment is translated, or all of a heading."""
    command, sign, comment = line.partition("  # ")
    return f"{command}{sign}{_told(comment)}" if sign else tell(line)


def _meaning(help: str) -> str:
    """An option's help, and what click adds in brackets: its default, its range."""
    text, bracket, extra = help.partition("  [")
    if not bracket:
        return _told(text)
    extras = [retold(each) for each in extra.removesuffix("]").split("; ")]
    return f"{_told(text)}[{'；'.join(extras)}]"
