"""Writes the parts of README.md and docs/ that the code knows better.

    python tests/docs/generate.py           write them
    python tests/docs/generate.py --check   exit 1 when one is out of date

A part stands between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``.
Pages below ``docs/zh`` get theirs in Chinese.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import click
from tour import comment, copying, glance, tour

from smsform.cli import Exit, root
from smsform.clock import SystemClock
from smsform.emulation.store import Store
from smsform.explanation import Stage
from smsform.provider import ProviderConfig
from smsform.registry import built_in
from smsform.validate import catalogue

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").rglob("*.md")))
STARTER = ROOT / "smsform" / "starter" / "templates" / "account.yaml"
PART = re.compile(
    r"(?P<open><!-- generated: (?P<name>[\w-]+) -->\n)"
    r".*?(?P<close><!-- /generated -->)",
    re.DOTALL,
)
WIDTH = 80

MEANINGS = {
    Exit.FINE: "fine",
    Exit.ERROR: "an error, or some changes failed",
    Exit.CHANGES: "there are changes to make",
    Exit.PENDING: "nothing to make, but reviews are pending",
    Exit.REJECTED: "something was rejected, or a person has to choose",
    Exit.STALE: "the plan file does not fit any more, or was altered",
    Exit.LOCKED: "the state file is locked",
    Exit.USAGE: "wrong usage",
    Exit.HUNG_UP: "stopped by SIGHUP: a closed terminal, a lost connection",
    Exit.INTERRUPTED: "stopped by Ctrl-C (SIGINT)",
    Exit.TERMINATED: "stopped by SIGTERM: the end of a job, `docker stop`, `timeout`",
}
STOPPED = (Exit.HUNG_UP, Exit.INTERRUPTED, Exit.TERMINATED)
ALWAYS = (Exit.FINE, Exit.ERROR, Exit.USAGE, *STOPPED)


def exit_codes() -> Iterator[str]:
    """The exit codes, and when each is used."""
    codes = [code for name, code in vars(Exit).items() if name.isupper()]
    rows = (
        (str(code), MEANINGS[code], "" if code in ALWAYS else "with the flag")
        for code in codes
    )
    yield from table(("code", "meaning", ""), rows)


def help_texts() -> Iterator[str]:
    """Every command's ``--help``, under a heading each."""
    yield from fenced(root, "smsform", None)
    context = click.Context(root, info_name="smsform")
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command, name
        yield from ["", f"## smsform {name}", "", *fenced(command, name, context)]
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context)
            for part in command.list_commands(inner):
                below = command.get_command(inner, part)
                assert below, part
                yield from ["", f"### smsform {name} {part}"]
                yield from ["", *fenced(below, part, inner)]


def starter() -> Iterator[str]:
    """The first definition that ``init`` writes."""
    text = STARTER.read_text(encoding="utf-8")
    yield from ["```yaml", *text.rstrip().splitlines(), "```"]


def fenced(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[str]:
    """The help of one command as a code block."""
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    yield from ["```text", *command.get_help(context).splitlines(), "```"]


def rules() -> Iterator[str]:
    """Every rule with its level and what it asks for."""
    rows = (
        (
            rule.id,
            rule.level,
            rule.kind,
            rule.title,
            f"`{rule.code}`" if rule.code else "",
        )
        for rule in catalogue(built_in())
    )
    yield from table(("rule", "level", "about", "what it asks for", "code"), rows)


def codes() -> Iterator[str]:
    """Every code of every service, a table each place it is met."""
    for spec in built_in().values():
        yield from ["", f"## {spec.title}"]
        for stage in Stage:
            found = [each for each in spec.explanations() if each.stage is stage]
            if not found:
                continue
            yield from ["", f"### {HEADINGS[stage]}", ""]
            rows = (
                (
                    f"`{each.code}{'…' if each.family else ''}`",
                    each.meaning,
                    each.actor,
                    f"{each.advice}; now `{each.today}`" if each.today else each.advice,
                )
                for each in found
            )
            yield from table(
                ("code", "what it means", "who can act", "what to do"), rows
            )
            sources = dict.fromkeys((each.source, each.read) for each in found)
            told = "; ".join(f"{source} (read {read})" for source, read in sources)
            yield from ["", f"From: {told}."]


HEADINGS = {
    Stage.CALL: "Answers to any call",
    Stage.SEND: "Answers to a send",
    Stage.RECEIPT: "Receipts, asked for or pushed",
    Stage.DELIVERY: "Delivery of what is approved",
    Stage.OLD: "Interfaces that are gone",
}


def limits() -> Iterator[str]:
    """What ``account:`` may override, for every type."""
    rows = (
        (spec.type, f"`{name}`", shown(limit.default), limit.meaning, limit.source)
        for spec in built_in().values()
        for name, limit in spec.limits.items()
    )
    yield from table(("type", "key", "default", "meaning", "source"), rows)


def emulator_settings() -> Iterator[str]:
    """What ``emulator:`` may switch, for every type."""
    rows = []
    for spec in built_in().values():
        config = ProviderConfig(name=spec.type, type=spec.type, endpoint="emulator")
        service = spec.emulator(Store(None), SystemClock(), config)
        rows += [
            (spec.type, f"`{name}`", shown(setting.default), setting.meaning)
            for name, setting in service.table.items()
        ]
    yield from table(("type", "key", "default", "meaning"), rows)


def shown(default: object) -> str:
    """A default as YAML writes it."""
    if default is None:
        return "–"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple):
        return f"`[{', '.join(default)}]`"
    if isinstance(default, dict):
        return f"`{{{', '.join(f'{key}: {value}' for key, value in default.items())}}}`"
    return f"`{default}`"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A Markdown table."""
    names = tuple(head)
    yield f"| {' | '.join(names)} |".replace("|  |", "| |")
    yield "|" + "---|" * len(names)
    for row in rows:
        cells = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        yield f"| {' | '.join(cells)} |".replace("|  |", "| |")


Parts = Mapping[str, Callable[[], Iterator[str]]]

ENGLISH: Parts = {
    "glance": glance,
    "starter": starter,
    "tour": tour,
    "copying": copying,
    "comment": comment,
    "exit-codes": exit_codes,
    "help": help_texts,
    "rules": rules,
    "codes": codes,
    "limits": limits,
    "emulator-settings": emulator_settings,
}
CHINESE: Parts = {
    "glance": partial(glance, "zh"),
    "starter": starter,
    "tour": partial(tour, "zh"),
    "copying": partial(copying, "zh"),
}


def parts_of(page: Path) -> Parts:
    """What can be generated into *page*, in its language."""
    return CHINESE if page.parent.name == "zh" else ENGLISH


def named(page: Path) -> tuple[str, ...]:
    """The names of the generated parts that *page* has."""
    return tuple(match["name"] for match in PART.finditer(page.read_text("utf-8")))


def regenerated(text: str, parts: Parts) -> str:
    """*text* with these of its generated parts as they should be."""

    def part(match: re.Match[str]) -> str:
        if match["name"] not in parts:
            return match[0]
        lines = (line.rstrip() for line in parts[match["name"]]())
        body = "\n".join(lines)
        return f"{match['open']}{body}\n{match['close']}"

    return PART.sub(part, text)


def main(check: bool) -> int:
    """Write every page, or say which are out of date."""
    stale = 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        fresh = regenerated(text, parts_of(page))
        if fresh == text:
            continue
        stale += 1
        if check:
            print(f"{page.relative_to(ROOT)} is out of date:", end=" ")
            print("run python tests/docs/generate.py")
        else:
            page.write_text(fresh, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
