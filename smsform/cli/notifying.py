"""``--no-notify``, and what people see on stderr of notifications that were sent."""

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
    """Send the notifications that are due, unless *silent*; a failure is only a
    warning."""
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
