"""Shell completion: names of this project, read anew for every TAB.

A project that cannot be read offers nothing: there is no place for a message. Shells
put what is offered into the command line as it stands, and a state file may hold
anything; so only plain words are offered, nothing a shell would expand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsform.pattern import pattern
from smsform.words import tell

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from smsform.model import Template
    from smsform.project.api import Project

# One word for every shell: a name, a number, the beginning of `name=value`.
PLAIN = pattern(r"\+?[\w./-]+=?")

Completion = Callable[[click.Context, click.Parameter, str], list[str]]


def _of_project(
    names: Callable[[Project, click.Context], Iterable[str]],
) -> Completion:
    """A completion of *names*, which gets the project of the ``-C`` folder.

    Its second argument has what else stands in the line.
    """

    def complete(
        context: click.Context, parameter: click.Parameter, begun: str
    ) -> list[str]:
        from smsform.cli import nearest_project

        folder = context.find_root().params.get("directory") or nearest_project()
        try:
            found = names(_project(Path(folder).expanduser()), context)
            fitting = {name for name in found if name.startswith(begun)}
            return sorted(filter(PLAIN.fullmatch, fitting))
        except Exception:  # whatever it is, the command itself will say it
            return []

    return complete


def _project(folder: Path) -> Project:
    """The project, as far as its definitions can be read."""
    from smsform.project.api import Project

    return Project.load(folder)


def commands(does: Mapping[str, str], begun: str) -> list[CompletionItem]:
    """The commands that begin so, each with what it *does*."""
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(name, help=tell(help))
        for name, help in does.items()
        if name.startswith(begun)
    ]


def _templates(project: Project, _: click.Context) -> Iterable[str]:
    return project.definitions.templates


def _remembered(project: Project, _: click.Context) -> Iterable[str]:
    return map(str, project.remembered().addresses())


def _addresses(project: Project, _: click.Context) -> Iterable[str]:
    """What is defined, and what the state file knows."""
    from smsform.project.addresses import known_addresses

    return map(str, known_addresses(project, project.remembered()))


def _asked(project: Project, context: click.Context) -> Iterable[Template]:
    """The templates that the ADDRESS in the line means; all where there is none."""
    # An option that still lacks its value leaves the words before it unread.
    words = (str(context.params.get("address")), *context.args)
    keys = [word.rpartition("template.")[2] for word in words]
    known = project.definitions.templates
    return [known[key] for key in keys if key in known] or known.values()


def _samples(project: Project, context: click.Context) -> Iterable[str]:
    return (name for each in _asked(project, context) for name in each.sample_values())


def _parameters(project: Project, context: click.Context) -> Iterable[str]:
    return (f"{p.name}=" for each in _asked(project, context) for p in each.params)


def _numbers(project: Project, _: click.Context) -> Iterable[str]:
    from smsform.project.emulator_admin import numbers_sent_to

    return numbers_sent_to(project.config.root)


def types(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The types of providers."""
    from smsform.registry import specs

    return [type for type in specs() if type.startswith(begun)]


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


def _sendable(project: Project, _: click.Context) -> Iterable[str]:
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
samples = _of_project(_samples)
parameters = _of_project(_parameters)
numbers = _of_project(_numbers)
providers = _of_project(lambda project, _: project.config.providers)
