"""Problems as GitHub's workflow commands, which become annotations of the files.

Written as actions/toolkit writes them (packages/core/src/command.ts) and as
actions/runner reads them (ActionCommand.cs): a command is a line that begins with
``::``, in an older form anything that holds ``##[``; percent signs and line breaks are
escaped, in a property colons and commas, too. A step shows ten annotations of each
level. All read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smsform.errors import Level, Problem, SmsformError
from smsform.report.problems import counted, once, said
from smsform.report.terminal import safe
from smsform.words import say

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
SHOWN = 10


def as_commands(problems: Sequence[Problem]) -> str:
    """A command for each problem, errors first.

    Where there are more than ten of a level, the tenth says how many more; the log has
    them.
    """
    problems = once(problems)
    return "\n".join([*_commands(problems), counted(problems)])


def as_command(failure: SmsformError) -> str:
    """A command with the reason why nothing could be checked."""
    return _command("error", "smsform", failure.message(), failure.hint())


def _commands(problems: Sequence[Problem]) -> Iterator[str]:
    rest: list[Problem] = []
    for level, name in COMMANDS.items():
        found = [problem for problem in problems if problem.level is level]
        room = len(found) if len(found) <= SHOWN else SHOWN - 1
        for each in found[:room]:
            place = {
                "file": each.at.file,
                "line": str(each.at.line),
                "col": str(each.at.column),
            }
            yield _command(name, each.rule, said(each), each.hint, **place)
        if more := found[room:]:
            yield _command(name, "smsform", say("problems.in_the_log", count=len(more)))
            rest += more
    for each in rest:
        sentence = " · ".join(filter(None, [said(each), each.hint]))
        line = f"- {each.at}: {each.level} {each.rule}: {sentence}"
        yield safe(line)


def _command(name: str, title: str, *sentences: str, **place: str) -> str:
    """One line, whatever the *sentences* and the *place* hold."""
    properties = ",".join(
        f"{key}={_property(value)}" for key, value in {**place, "title": title}.items()
    )
    text = "\n".join(safe(each) for each in sentences if each)
    return f"::{name} {properties}::{_data(text)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25")
    return escaped.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe(text)).replace(":", "%3A").replace(",", "%2C")
