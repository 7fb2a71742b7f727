"""What several commands share: options, addresses, exit codes, printing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import asdict

from smsform.cli import DETAILED, WAIT, Exit
from smsform.errors import SmsformError, StalePlan, StateLocked
from smsform.later import Later
from smsform.report.terminal import Style, safe, style_for
from smsform.words import say

if TYPE_CHECKING:
    from smsform.plan import Plan
    from smsform.project.api import Project
    from smsform.provider import CallRecord

Command = TypeVar("Command", bound=Callable[..., Any])


def completing(what: str) -> Later:
    """The completion of *what*, which is loaded behind TAB only."""
    return Later("smsform.cli.completion", what)


provider_option = click.option(
    "--provider",
    "providers",
    multiple=True,
    metavar="NAME",
    shell_complete=completing("providers"),
    help="Only this provider; may be repeated.",
)
detailed_option = click.option(
    DETAILED,
    is_flag=True,
    help="Exit 2: changes, 3: reviews pending, 4: rejected, 5: stale, 6: locked.",
)


def with_options(
    command: Command, options: Sequence[Callable[[Command], Command]]
) -> Command:
    """*command* with *options*, which its help lists in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def _addresses(
    *names: str, help: str, known: str = "addresses"
) -> Callable[[Command], Command]:
    """An option that takes an address, of those *known*, and may be repeated."""
    complete = completing(known)
    return click.option(
        *names, multiple=True, metavar="ADDRESS", shell_complete=complete, help=help
    )


PLANNING = (
    _addresses("--target", "targets", help="Only this address; may be repeated."),
    _addresses("--resubmit", help="Send a rejected or drifted entry again."),
    _addresses("--retire", help="Delete this address's replaced versions now."),
    _addresses(
        "--delete",
        help="Delete this orphan, even where --prune would spare it.",
        known="remembered",
    ),
    click.option(
        "--prune",
        is_flag=True,
        help="Delete orphans, except those protected, adopted or perhaps still in use.",
    ),
    click.option(
        "--allow-changes",
        type=click.IntRange(min=0),
        metavar="N",
        help="Allow up to N updates and supersedes.",
    ),
    click.option(
        "--allow-deletes",
        type=click.IntRange(min=0),
        metavar="N",
        help="Allow up to N deletions.",
    ),
    provider_option,
)


def planning_options(command: Command) -> Command:
    """The options that shape a plan, the same for ``plan`` and ``apply``."""
    return with_options(command, PLANNING)


UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(text: str) -> float:
    """``90s``, ``30m``, ``2h`` or ``1d`` as seconds."""
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    if match is None:
        raise click.BadParameter(say("waiting.duration", text=safe(text)))
    return float(int(match[1]) * UNITS[match[2]])


def wait_options(help: str) -> Callable[[Command], Command]:
    """``--wait``, of which *help* is said, ``--timeout`` and ``--interval``."""

    def add(command: Command) -> Command:
        options = (
            click.option(WAIT, is_flag=True, help=help),
            click.option(
                "--timeout",
                type=duration,
                metavar="DURATION",
                default="2h",
                show_default=True,
                help="How long --wait waits at most.",
            ),
            click.option(
                "--interval",
                type=duration,
                metavar="DURATION",
                default="30s",
                show_default=True,
                help="How often --wait looks; at least 5s, more rarely while "
                "nothing moves and while reviewers are away.",
            ),
        )
        return with_options(command, options)

    return add


def project_of(settings: Mapping[str, Any]) -> Project:
    """The project of the ``-C`` folder."""
    from smsform.project.api import Project

    return Project.load(settings["directory"])


def checked_project(settings: Mapping[str, Any]) -> Project:
    """The project of the ``-C`` folder; DefinitionError if definitions have errors."""
    project = project_of(settings)
    project.checked()
    return project


def style_of(settings: Mapping[str, Any], err: bool = False) -> Style:
    """The colours stdout gets, or stderr, and the columns where it is a terminal."""
    stream = sys.stderr if err else sys.stdout
    return style_for(settings["color"], stream, os.environ)


def tell(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print *text*, coloured already; a reader that has gone away is no error.

    For output while changes are being made: closing a pipe must not end them.
    """
    try:
        click.echo(text, err=err, nl=nl, color=True)
    except OSError:
        stream = sys.stderr if err else sys.stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def on_call(settings: Mapping[str, Any]) -> Callable[[CallRecord], None] | None:
    """With ``-v``, a function that prints a line on stderr for every call; else
    None."""
    if not settings["verbose"]:
        return None

    def tell_call(record: CallRecord) -> None:
        fields = {**asdict(record), "ms": round(record.seconds * 1000)}
        line = say("cli.call", **fields)
        if record.request_id:
            line += say("errors.request_id", request_id=record.request_id)
        tell(safe(line), err=True)

    return tell_call


def plan_exit(plan: Plan, detailed: bool) -> int:
    """The exit code of a plan: 1, then 5, 6, 2, 4, 3 where several hold."""
    errors = [part.error for part in plan.providers if part.error is not None]
    if errors:
        return _worst(errors) if detailed else Exit.ERROR
    if not detailed:
        return Exit.FINE
    if plan.changes:
        return Exit.CHANGES
    return review_exit(plan)


def review_exit(plan: Plan) -> int:
    """4 where a person is needed, 3 where only time is, else 0."""
    undeliverable = any(part.undeliverable for part in plan.providers)
    if undeliverable or any(line.by_hand for line in plan.unsettled):
        return Exit.REJECTED
    if any(line.pending for line in plan.unsettled):
        return Exit.PENDING
    return Exit.FINE


def _worst(errors: Iterable[SmsformError]) -> int:
    errors = list(errors)
    if all(isinstance(error, StalePlan) for error in errors):
        return Exit.STALE
    if all(isinstance(error, StateLocked) for error in errors):
        return Exit.LOCKED
    return Exit.ERROR
