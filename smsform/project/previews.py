"""A project's previews with their problems."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from smsform.definitions import Definitions
from smsform.errors import (
    ConfigError,
    DefinitionError,
    Level,
    Position,
    Problem,
)
from smsform.model import Definition, Kind, Template
from smsform.preview import Preview, preview
from smsform.project.suggest import near_or_some
from smsform.project.workspace import Workspace
from smsform.validate import check
from smsform.words import say


class Previews(Struct, frozen=True):
    """The chosen templates at ``providers``, and their problems.

    ``problems`` go by template key; unless templates were asked for by key, "" holds
    those of everything else, and other keys those of what could not be read.
    """

    project: Workspace
    providers: tuple[str, ...]
    templates: tuple[Template, ...]
    problems: Mapping[str, Sequence[Problem]]

    def __iter__(self) -> Iterator[Preview]:
        """The chosen templates one by one, as their providers deliver them."""
        project = self.project
        for template in self.templates:
            names = _reached(template, self.providers)
            yield preview(
                template, project.definitions, project.config, project.specs, names
            )

    @property
    def title(self) -> str:
        """What the project is called: its folder."""
        return self.project.config.root.resolve().name

    @property
    def elsewhere(self) -> tuple[Problem, ...]:
        """Errors outside the templates that were read: they may be why some are
        missing."""
        return tuple(
            problem
            for key, found in self.problems.items()
            for problem in found
            if problem.level is Level.ERROR
            and key not in self.project.definitions.templates
        )


def previews(
    project: Workspace, keys: Sequence[str] = (), provider: str | None = None
) -> Previews:
    """A project's previews; *keys* and *provider* limit them.

    ConfigError or DefinitionError where nothing can be shown, or not what was asked.
    """
    config, definitions = project.config, project.definitions
    names = tuple(project.providers([provider] if provider is not None else []))
    found = check(definitions, config, project.specs)
    problems = _by_template(found, definitions, names)
    templates = [
        template
        for template in _chosen(keys, definitions, problems)
        if provider is None or _reached(template, names)
    ]
    shown = {template.key for template in templates}
    left_out = set(problems if keys else definitions.templates) - shown
    return Previews(
        project=project,
        providers=names,
        templates=tuple(templates),
        problems={key: each for key, each in problems.items() if key not in left_out},
    )


def _reached(template: Template, names: Sequence[str]) -> list[str]:
    """Those of *names* that get *template*."""
    chosen = template.providers
    return [name for name in names if chosen is None or name in chosen]


def _by_template(
    problems: Iterable[Problem], definitions: Definitions, names: Sequence[str]
) -> dict[str, list[Problem]]:
    """Problems by template key, those of other providers left out; "" the rest."""
    entries: list[Definition] = [
        *definitions.signatures.values(),
        *definitions.templates.values(),
    ]
    entries.sort(key=lambda entry: entry.at)
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        _, _, entry = problem.address.rpartition("/")
        kind, _, key = entry.partition(".")
        if not entry and (around := _around(problem.at, entries)):
            kind, key = Kind.TEMPLATE, around.key
        ours = not problem.provider or set(problem.provider.split(", ")) & set(names)
        if ours:
            found.setdefault(key if kind == Kind.TEMPLATE else "", []).append(problem)
    return found


def _around(at: Position, entries: Sequence[Definition]) -> Template | None:
    """The template whose lines contain a position; *entries* in the order of the files.

    A problem found while YAML is read does not know its definition yet.
    """
    index = bisect(entries, at, key=lambda entry: entry.at)
    entry = entries[index - 1] if index else None
    inside = entry and entry.at.file == at.file and entry.at.column < at.column
    return entry if inside and isinstance(entry, Template) else None


def _chosen(
    keys: Sequence[str],
    definitions: Definitions,
    problems: Mapping[str, Sequence[Problem]],
) -> tuple[Template, ...]:
    """The templates called *keys*, all without any, in the order of the files."""
    for key in keys:
        if key in definitions.templates:
            continue
        if key in problems:
            raise DefinitionError(problems[key])
        what = say("preview.no_such_template", key=key)
        raise ConfigError("preview", what, near_or_some(key, definitions.templates))
    defined = definitions.templates.items()
    return tuple([t for key, t in defined if not keys or key in keys])
