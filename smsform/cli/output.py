"""``--format``, and printing a report in the format that was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from smsform.report.formats import (
    SUFFIXES,
    TABLE,
    Appearance,
    choices,
    purposes,
    written,
)

if TYPE_CHECKING:
    from smsform.report.formats.reports import Report
    from smsform.report.markdown.frame import Frame

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(report: str) -> Callable[[Command], Command]:
    """``--format`` with the formats that *report* can be written in."""
    known = choices(report)
    return click.option(
        "--format",
        "form",
        type=click.Choice(known),
        default=known[0],
        help=purposes(report),
    )


def format_of(report: str, form: str, output: Path | None) -> str:
    """The format for a file called *output*, where the user did not choose *form*.

    WrongUsage for a name that promises what *report* cannot be written in.
    """
    source = click.get_current_context().get_parameter_source("form")
    wanted = SUFFIXES.get(output.suffix.lower()) if output else None
    if wanted is None or source is not ParameterSource.DEFAULT:
        return form
    if wanted not in choices(report):
        from smsform.errors import WrongUsage
        from smsform.words import say

        what = say("cli.no_such_format", suffix=output.suffix if output else "")
        raise WrongUsage("-o", what, say("cli.known", known=", ".join(choices(report))))
    return wanted


def is_live(form: str) -> bool:
    """Whether verdicts are printed as they come: in the format that people read."""
    return TABLE[form].live


def show(
    report: Report,
    form: str,
    settings: Mapping[str, Any],
    frame: Frame | None = None,
    output: Path | None = None,
) -> None:
    """Print *report*, or write it to the file *output*."""
    from smsform.report.terminal import PLAIN, style_for

    if output is not None:
        write_file("\n".join(written(report, form, Appearance(PLAIN, frame))), output)
        return
    style = style_for(settings["color"], sys.stdout, os.environ)
    for piece in written(report, form, Appearance(style, frame)):
        click.echo(piece, color=True)


def write_file(text: str, output: Path) -> None:
    """Write *text* to a file; ConfigError where that fails."""
    from smsform.errors import ConfigError
    from smsform.report.terminal import safe
    from smsform.words import say

    try:
        # A lone surrogate from a service becomes the escape that JSON has for it.
        output.write_bytes(f"{text}\n".encode(errors="backslashreplace"))
    except OSError as error:
        raise ConfigError(str(output), error.strerror or str(error)) from None
    click.echo(safe(say("preview.written", path=output)), err=True)


_spared: list[object] = []


def spare(value: object) -> None:
    """Keep *value* while the process lasts: to take apart what holds ten thousand
    objects takes longer than to show it."""
    _spared[:] = [value]
