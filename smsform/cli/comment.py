"""Options for reports that become a comment on a pull request: size and marker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from smsform.cli.options import with_options
from smsform.cli.output import format_option
from smsform.errors import WrongUsage
from smsform.pattern import pattern
from smsform.report.formats import TABLE
from smsform.report.markdown.frame import LARGEST, SMALLEST, Frame
from smsform.report.terminal import safe
from smsform.words import say

Command = TypeVar("Command", bound=Callable[..., Any])

LONGEST_MARKER = 100
MARKER = pattern(rf"[A-Za-z0-9._-]{{1,{LONGEST_MARKER}}}")


def comment_options(command: Command) -> Command:
    """``--max-chars`` and ``--marker``, for commands with a Markdown form."""
    options = (
        click.option(
            "--max-chars",
            type=click.IntRange(min=SMALLEST),
            metavar="N",
            help="Markdown of at most N characters; the least important is left "
            f"out and counted. Default: {LARGEST}, which GitHub and GitLab take.",
        ),
        click.option(
            "--marker",
            metavar="NAME",
            help="Markdown: a name in the hidden first line, by which the comment "
            "is found.",
        ),
    )
    return with_options(command, options)


def report_options(report: str) -> Callable[[Command], Command]:
    """``--format`` for *report*, and the options that Markdown has."""

    def add(command: Command) -> Command:
        return format_option(report)(comment_options(command))

    return add


def frame_of(kind: str, form: str, max_chars: int | None, marker: str | None) -> Frame:
    """What surrounds a Markdown report; WrongUsage for another format, or a bad
    marker."""
    given = {"--max-chars": max_chars, "--marker": marker}
    flags = ", ".join(flag for flag, value in given.items() if value is not None)
    if flags and not TABLE[form].framed:
        raise WrongUsage("--format", say("markdown.only_markdown", flags=flags))
    if marker is not None and not MARKER.fullmatch(marker):
        what = say("markdown.marker_name", name=safe(marker))
        hint = say("markdown.marker_name_hint", most=LONGEST_MARKER)
        raise WrongUsage("--marker", what, hint)
    return Frame(kind, marker or "", LARGEST if max_chars is None else max_chars)
