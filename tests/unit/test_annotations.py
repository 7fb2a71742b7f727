"""Problems as workflow commands, read back the way the runner reads them."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from smsform.errors import ConfigError, Level, Position, Problem
from smsform.report.annotations import SHOWN, as_command, as_commands
from smsform.report.terminal import safe

# What actions/runner registers, lower case (ActionCommandManager.cs, read 2026-11-21).
REGISTERED = {
    "error",
    "warning",
    "notice",
    "debug",
    "add-mask",
    "add-path",
    "set-env",
    "group",
    "set-output",
    "save-state",
    "stop-commands",
    "endgroup",
    "echo",
    "add-matcher",
}


class Command(NamedTuple):
    """What the runner does."""

    name: str
    properties: dict[str, str]
    data: str


def read(line: str) -> Command | None:
    """A line of the log as ``ActionCommand.cs`` takes it: the newer form, the older."""
    text = line.lstrip()
    if text.startswith("::"):
        head, found, data = text[2:].partition("::")
        name, _, rest = head.partition(" ")
        if found and name.lower() in REGISTERED:
            pairs = (each.split("=", 1) for each in rest.split(",") if each)
            properties = {key: unescaped(value, ":,") for key, value in pairs}
            return Command(name, properties, unescaped(data))
    _, found, rest = text.partition("##[")
    head, closed, data = rest.partition("]")
    if found and closed and head.partition(" ")[0].lower() in REGISTERED:
        return Command(head.partition(" ")[0], {}, data)
    return None


def unescaped(text: str, more: str = "") -> str:
    """As the runner does it, the percent sign last."""
    for sign in f"\r\n{more}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def a_problem(
    message: str = "wrong",
    level: Level = Level.ERROR,
    file: str = "t.yaml",
    **more: str,
) -> Problem:
    return Problem("SF301", level, Position(file, 3, 5), message, **more)


def commands(*problems: Problem) -> list[Command | None]:
    """What the runner makes of every line but the last, which counts."""
    return [read(line) for line in as_commands(problems).split("\n")[:-1]]


def test_a_problem_is_one_command_with_its_place() -> None:
    """File, line, column, the rule as the title; message and hint below each other."""
    text = as_commands([a_problem("100 %: {1}", file="a,b:c.yaml", hint="do this")])
    assert text.split("\n") == [
        "::error file=a%2Cb%3Ac.yaml,line=3,col=5,title=SF301::100 %25: {1}%0Ado this",
        "1 error",
    ]


TEXT = st.text() | st.sampled_from(
    [
        "::error::x",
        "\n::add-mask::a",
        "%0A::add-mask::a",
        "\r::stop-commands::t",
        "##[add-mask]e",
        "a,line=9::b",
        "\x1b[31m",
        "\u2028::error::x",
    ]
)


@given(TEXT, TEXT, TEXT, st.integers(1, 25))
def test_nothing_from_outside_starts_a_command(
    message: str, hint: str, file: str, count: int
) -> None:
    """The runner sees our commands and no other, whatever a text or a file is called.

    What it shows is what stood there, made harmless as in a terminal.
    """
    found = commands(*[a_problem(message, file=file, hint=hint)] * count)
    real = [each for each in found if each is not None]
    assert {each.name for each in real} == {"error"}
    assert len(real) == min(count, SHOWN)
    shown = "\n".join(safe(each) for each in (message, hint) if each)
    first = real[0]
    assert first.data == shown
    assert first.properties.get("file", "") == safe(file)
    assert first.properties["title"] == "SF301"
    assert first.properties["line"] == "3"


def test_errors_come_first() -> None:
    """A step shows the first ten of each level, whatever the order of the files."""
    mixed = [
        a_problem(level=level) for level in (Level.INFO, Level.WARNING, Level.ERROR)
    ]
    assert [each and each.name for each in commands(*mixed)] == [
        "error",
        "warning",
        "notice",
    ]


def test_ten_are_shown_and_the_tenth_of_more_counts_the_rest() -> None:
    """What no annotation shows is in the log, with its place."""
    ten = [a_problem(f"number {n}", Level.WARNING) for n in range(SHOWN)]
    assert [each and each.data for each in commands(*ten)][-1] == "number 9"
    lines = as_commands([*ten, a_problem("number 10", Level.WARNING)]).split("\n")
    assert len([line for line in lines if line.startswith("::")]) == SHOWN
    assert lines[SHOWN - 1].startswith("::warning title=smsform::2 more ")
    assert lines[SHOWN:] == [
        "- t.yaml:3:5: warning SF301: number 9",
        "- t.yaml:3:5: warning SF301: number 10",
        "11 warnings",
    ]


def test_a_failure_is_a_command_without_a_place() -> None:
    """What happened, and what to do."""
    command = read(as_command(ConfigError("smsform.yaml", "no such file", "make one")))
    title = {"title": "smsform"}
    assert command == ("error", title, "smsform.yaml: no such file\nmake one")
