"""Printing an error on stderr; which exit code it means."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from typing import TextIO

import click

from smsform.cli import Exit, NoCommand
from smsform.errors import DefinitionError, SmsformError
from smsform.report.terminal import safe
from smsform.stopping import ENDING, INT, exit_code, signal_of
from smsform.words import Language, say, spoken

# `smsform plan | head`, `smsform plan > file` on a full disk, `smsform plan >&-`
UNWRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EBADF)


def told(error: Exception | SystemExit, detailed: bool) -> int | None:
    """Tell people of what ended a command; its exit code, None for a fault of ours.

    *detailed*: the command was asked for exit codes beyond `Exit.ERROR`.
    """
    if isinstance(error, click.UsageError):
        show_usage(error)
        return Exit.USAGE
    if isinstance(error, click.Abort):
        return _aborted(error)
    if isinstance(error, SmsformError):
        show(error)
        usage = error.exit_code == Exit.USAGE
        return error.exit_code if usage or detailed else Exit.ERROR
    if isinstance(error, SystemExit):
        # click's: with 0 when it has completed a line for a shell; with 1, and without
        # a word, at any broken pipe.
        if not error.code:
            return None
        if not _is_unread(sys.__stdout__):
            click.echo(say("cli.error", what=os.strerror(errno.EPIPE)), err=True)
        return Exit.ERROR
    if isinstance(error, OSError) and error.errno in UNWRITTEN:
        # What is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            click.echo(say("cli.error", what=os.strerror(error.errno)), err=True)
        return Exit.ERROR
    if isinstance(error, OSError) and error.strerror:
        # No command says more of it: a folder that nobody may enter, or that is gone.
        where = error.filename if isinstance(error.filename, str) else ""
        what = f"{where}: {error.strerror}" if where else error.strerror
        click.echo(say("cli.error", what=safe(what)), err=True)
        return Exit.ERROR
    return None


def _is_unread(stream: TextIO | None) -> bool:
    """Whether it is a pipe whose reader has gone, or this cannot be known."""
    import select

    if stream is None or not hasattr(select, "poll"):
        return True
    asked = select.poll()
    asked.register(stream.fileno(), 0)
    return bool(asked.poll(0))


def _aborted(error: click.Abort) -> int | None:
    """Say that a signal ended the command, or the end of the input at a question."""
    came_of = error.__cause__
    if isinstance(came_of, EOFError):
        return None  # click takes it for the end of the input: a damaged module has one
    if came_of is None:  # at a question, whose line goes on
        click.echo(err=True)
        came_of = error.__context__
    number = signal_of(came_of)
    word = "aborted" if number == INT else "ended"
    click.echo(say(f"cli.{word}", signal=ENDING[number]), err=True)
    return exit_code(number)


def show(error: SmsformError, sentence: str = "cli.error") -> None:
    """Print *error* and what to do next; *sentence* names the line it is shown in."""
    if isinstance(error, DefinitionError):
        from smsform.report.problems import as_text

        click.echo(as_text(error.problems), err=True)
        return
    click.echo(say(sentence, what=safe(error.message())), err=True)
    if hint := error.hint():
        click.echo(f"  {safe(hint)}", err=True)


def no_command(name: str, known: Iterable[str]) -> str:
    """That *name* is no command, and which of those *known* it is nearest to."""
    from difflib import get_close_matches

    what = say("cli.no_command", name=name)
    if near := get_close_matches(name, known, n=1):
        what += say("cli.near_command", near=near[0])
    return what


def show_usage(error: click.UsageError) -> None:
    """Print how the command is called and what is wrong with this call."""
    if isinstance(error, NoCommand):
        click.echo(error.format_message(), err=True)
        return
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        help_ = f"{error.ctx.command_path} --help"
        click.echo(say("cli.try_help", command=help_), err=True)
    what = error.format_message()
    if spoken() is Language.ZH:
        from smsform.cli.chinese import retold

        what = retold(what)
    click.echo(say("cli.error", what=safe(what)), err=True)
    if isinstance(error, click.NoSuchOption) and _is_for_all(error):
        click.echo(f"  {say('cli.option_first', name=error.option_name)}", err=True)


def _is_for_all(error: click.NoSuchOption) -> bool:
    """Whether an option that this command lacks exists before the command's name."""
    root = error.ctx.find_root() if error.ctx else None
    if root is None or error.ctx is root:
        return False
    return any(error.option_name in option.opts for option in root.command.params)
