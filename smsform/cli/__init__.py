"""The command line: parses, calls ``Project``, prints, sets the exit code.

Commands are listed in a table and imported on use, so that ``--help`` costs no more
than click. Errors become stderr and an exit code in ``failure`` and nowhere else.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from smsform.version import __version__
from smsform.words import LANGUAGES, Language, preferred, speak

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound="Callable[..., Any] | click.Command")


class Exit:
    """The exit code of the process; 2 to 5 only with --detailed-exitcode or --wait."""

    FINE = 0
    ERROR = 1
    CHANGES = 2
    PENDING = 3
    REJECTED = 4
    STALE = 5
    LOCKED = 6
    USAGE = 64
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


COMMANDS = {
    "init": "Write a starter project.",
    "validate": "Check every definition against the rules; offline.",
    "preview": "Show messages as the recipient reads them; offline.",
    "plan": "Show what apply would submit, change or delete.",
    "apply": "Submit what the plan says, or a saved plan.",
    "status": "Show where every entry is in review.",
    "notify": "Tell people what they have not been told, or send a test.",
    "import": "Write definitions for what exists, and own it.",
    "ids": "Print the approved ids, for applications.",
    "uses": "Find the ids in source code; offline.",
    "explain": "Say what a code of a service means, and what to do.",
    "code": "Generate typed modules that send, in eight languages.",
    "send": "Send one approved text to a phone.",
    "receipts": "Say whether messages arrived, and why not.",
    "stats": "Count what went out, by day or by hour.",
    "emulate": "Serve the emulators on this machine, and drive their reviewers.",
    "state": "Look at and mend the state file.",
    "rules": "List the rules, or explain one.",
    "cache": "Show or clear what validate and plan remember.",
    "schema": "Print the JSON Schema of a file or of a document.",
    "doctor": "Check the project, its state, and every account.",
}

# Commands that work in the current folder, even inside a project.
OWN_FOLDER = ("init",)
DETAILED = "--detailed-exitcode"
LANG = "--lang"
QUIET = "--quiet"
WAIT = "--wait"  # an option that gives detailed exit codes by itself

COMMAND = "COMMAND [ARGS]..."  # as usage shows it: without one a group does nothing


def nearest_project(config: str = "smsform.yaml") -> Path:
    """The current folder, or the nearest above it with a project, as a relative path.

    The search ends at the root of the repository, at the home folder, and at a folder
    that everybody may write to: what others put there is no project of ours.
    """
    try:
        here = Path.cwd()
    except OSError:  # deleted, or unreadable: the command that opens it says so
        return Path()
    for up, folder in enumerate((here, *here.parents)):
        if up and folder.stat().st_mode & stat.S_IWOTH:
            break
        if os.path.exists(folder / config):
            return Path(*[".."] * up)
        if os.path.exists(folder / ".git") or folder == Path.home():
            break
    return Path()


class NoCommand(click.UsageError):
    """A group called without a command; its help says which there are."""

    def __init__(self, ctx: click.Context) -> None:
        super().__init__(ctx.get_help(), ctx=ctx)


def _shows(
    names: Sequence[str], help: str, text: Callable[[click.Context], str]
) -> Callable[[F], F]:
    """An option that prints *text* and ends the run.

    click has these, but words them by way of gettext, which takes a millisecond.
    """

    def show(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            click.echo(text(ctx))
            ctx.exit()

    return click.option(
        *names,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help=help,
        callback=show,
    )


_version = _shows(
    ["--version"], "Show the version and exit.", lambda _: f"smsform {__version__}"
)
_help = _shows(["-h", "--help"], "Show this message and exit.", click.Context.get_help)


class Group(click.Group):
    """A group of commands that have our option for help in place of click's."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command *cmd_name*, with all of its first line for the group's list."""
        command = super().get_command(ctx, cmd_name)
        if command is not None and command.add_help_option:
            command.add_help_option = False
            command.short_help = (command.help or "").partition("\n\n")[0]
            _help(command)
        return command


class Commands(Group):
    """A group whose commands live in modules of their own, loaded on use."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let --quiet and --lang stand behind the command; no command has its own."""
        end = args.index("--") if "--" in args else len(args)
        front: list[str] = []
        rest: list[str] = []
        words = iter(args[:end])
        for word in words:
            value = [*islice(words, 1)] if word == LANG else []
            ours = value or word == QUIET or word.startswith(f"{LANG}=")
            (front if ours else rest).extend([word, *value])
        return super().parse_args(ctx, [*front, *rest, *args[end:]])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a user's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            module = import_module(f"smsform.cli.{cmd_name}_")
            self.add_command(module.command, cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the help lines from the table, importing no command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Offer commands from the table, importing none of them."""
        from smsform.cli.completion import commands

        return commands(COMMANDS, incomplete) + click.Command.shell_complete(
            self, ctx, incomplete
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; a misspelt one is answered with the nearest."""
        name = args[0]
        unknown = name not in COMMANDS and not name.startswith("-")
        if unknown and not ctx.resilient_parsing:  # as it is behind TAB
            from smsform.cli.failure import no_command

            ctx.fail(no_command(name, COMMANDS))
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    subcommand_metavar=COMMAND,
    add_help_option=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@_version
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    type=Path,
    help="The project: the folder that holds smsform.yaml; default: this one, or the "
    "nearest above.",
)
@click.option("-v", "verbose", is_flag=True, help="Show every call to a service.")
@click.option(QUIET, is_flag=True, help="No progress on stderr.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour; auto: on a terminal unless NO_COLOR is set.",
)
@click.option(
    LANG,
    type=click.Choice(list(LANGUAGES)),
    expose_value=False,
    help="The language of messages; default: the locale's.",
)
@_help
@click.pass_context
def root(
    ctx: click.Context, directory: Path | None, verbose: bool, quiet: bool, color: str
) -> None:
    """Keep SMS signatures and templates as code.

    YAML in git says what should exist; `plan` shows the difference to the services,
    `apply` submits it for review, `status` says what became of it.
    """
    if ctx.invoked_subcommand is None:
        raise NoCommand(ctx)
    if directory is None:
        own = ctx.invoked_subcommand in OWN_FOLDER
        directory = Path() if own else nearest_project()
    ctx.obj = {
        "directory": directory,
        "verbose": verbose,
        "quiet": quiet,
        "color": color,
    }


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = run(sys.argv[1:])
    # All is written by now; see ``output.spare``.
    os._exit(code)


def choose_language(arguments: list[str]) -> None:
    """Speak what --lang says, else the locale; whether --lang is right, click finds."""
    asked = ""
    for word, value in pairwise([*arguments, ""]):
        if word == "--":
            break
        if word == LANG:
            asked = value
        elif word.startswith(f"{LANG}="):
            asked = word.removeprefix(f"{LANG}=")
    language = LANGUAGES.get(asked) or preferred(os.environ)
    speak(language)
    formatter = click.HelpFormatter
    if language is Language.ZH:
        from smsform.cli.chinese import Formatter as formatter
    click.Context.formatter_class = formatter


def run(arguments: list[str]) -> int:
    """Run one command; return the exit code. What is no error of ours escapes."""
    choose_language(arguments)
    try:
        result = root.main(arguments, prog_name="smsform", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else Exit.FINE
    except click.exceptions.Exit as error:
        return error.exit_code
    except (Exception, SystemExit) as error:
        from smsform.cli.failure import told

        code = told(error, detailed=DETAILED in arguments or WAIT in arguments)
        if code is None:
            raise
        return code
