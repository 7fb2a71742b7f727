"""What a shell offers behind TAB: names of this project, read anew each time.

A project that cannot be read offers nothing: there is no place for a message. Shells
put what is offered into the command line as it is, so nothing is that means more to
them than a word: a state file may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from smsform.project.api import Project

PLAIN = re.compile(r"[\w./-]+")  # what every shell takes for one word

Completion = Callable[[click.Context, click.Parameter, str], list[str]]


def _of_project(names: Callable[[Project], Iterable[str]]) -> Completion:
    """Offer what *names* finds in the project of the ``-C`` folder."""

    def complete(
        context: click.Context, parameter: click.Parameter, begun: str
    ) -> list[str]:
        from smsform.cli import nearest_project

        folder = context.find_root().params.get("directory") or nearest_project()
        try:
            found = names(_project(Path(folder).expanduser()))
            fitting = {name for name in found if name.startswith(begun)}
            return sorted(filter(PLAIN.fullmatch, fitting))
        except Exception:  # whatever it is, the command itself will say it
            return []

    return complete


def _project(folder: Path) -> Project:
    """The project, as far as its definitions can be read."""
    from smsform.project.api import Project

    return Project.load(folder)


def _templates(project: Project) -> Iterable[str]:
    return project.definitions.templates


def _remembered(project: Project) -> Iterable[str]:
    return map(str, project.remembered().addresses())


def _addresses(project: Project) -> Iterable[str]:
    """What is defined, and what the state file knows."""
    from smsform.project.addresses import known_addresses

    return map(str, known_addresses(project, project.remembered()))


def rules(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The ids of all rules."""
    from smsform.registry import specs
    from smsform.validate import catalogue

    ids = (rule.id for rule in catalogue(specs()))
    return [id for id in ids if id.startswith(begun.upper())]


def codes(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The codes of every service, by their beginning or by what follows the dot."""
    from smsform.registry import specs

    asked = begun.lower()
    found = {each.code for spec in specs().values() for each in spec.explanations()}
    fitting = {
        code
        for code in found
        if asked in (code[: len(asked)].lower(), code.rpartition(".")[2].lower())
    }
    return sorted(filter(PLAIN.fullmatch, fitting))


def schemas(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[str]:
    """The names of all JSON Schemas."""
    from smsform.report.schemas import ROOMS

    return [name for name in ROOMS if name.startswith(begun)]


def _sendable(project: Project) -> Iterable[str]:
    """The templates of every provider, by address."""
    return (
        f"{name}/template.{key}"
        for name in project.config.providers
        for key, template in project.definitions.templates.items()
        if template.providers is None or name in template.providers
    )


addresses = _of_project(_addresses)
sendable = _of_project(_sendable)
remembered = _of_project(_remembered)
templates = _of_project(_templates)
providers = _of_project(lambda project: project.config.providers)
