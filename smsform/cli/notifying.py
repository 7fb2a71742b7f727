"""Who was told of what, as people see it on stderr; how a command asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from smsform.errors import SmsformError, StateLocked
from smsform.project.api import Project
from smsform.report.terminal import safe
from smsform.words import say

Command = TypeVar("Command", bound=Callable[..., Any])

notify_option = click.option(
    "--no-notify",
    is_flag=True,
    help="Tell nobody; the next run without this tells what is new.",
)


def tell_people(project: Project, settings: Mapping[str, Any], silent: bool) -> None:
    """Send what is to be told, unless *silent*; trouble with it is only a warning."""
    if silent or not project.config.notify:
        return
    from smsform.report.notified import as_lines, is_trouble

    try:
        told = project.notify()
    except StateLocked:
        click.echo(say("notify.locked"), err=True)
        return
    except SmsformError as error:
        click.echo(say("notify.not_told", what=safe(error.message())), err=True)
        return
    shown = [each for each in told if is_trouble(each) or not settings["quiet"]]
    for line in as_lines(shown):
        click.echo(line, err=True)
