"""The rules about a template among others, where the others are not at hand.

``check`` asks them too, of definitions that were read together. Of files that were
judged one by one there is only a row for each template, which says what they look at.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from smsform.errors import Level, Position, Problem
from smsform.model import Kind, Template, TemplateType
from smsform.rule import TemplateFacts
from smsform.validate.engine import problems_of, relevel
from smsform.validate.facts import Group, twins_of
from smsform.validate.project import AMONG, RULES

if TYPE_CHECKING:
    from smsform.config import Config

Place = Sequence[int]  # line and column
_TYPES: Mapping[str, TemplateType] = {each: each for each in TemplateType}


class Row(NamedTuple):
    """A template as far as others matter; of values that JSON has.

    ``texts`` are digests of its texts as submitted, by type of provider, "" of an empty
    one; ``stated`` the places of those that are stated verbatim, ``at`` that of its own
    text.
    """

    key: str
    providers: Sequence[str] | None
    type: str
    international: bool
    texts: Mapping[str, str]
    at: Place
    stated: Mapping[str, Place]
    lint_ignore: Sequence[str]

    def template(self, file: str) -> Template:
        """The same as a template of *file*, as far as it is known."""
        at = Position(file, *self.at)
        return Template(
            self.key,
            self.key,
            _TYPES[self.type],
            (),
            "",
            at,
            at,
            international=self.international,
            providers=None if self.providers is None else tuple(self.providers),
            lint_ignore=frozenset(self.lint_ignore),
        )


def row_of(template: Template, natives: Mapping[str, str]) -> Row:
    """The row of a template; *natives* are its texts as submitted, by type."""
    stated = {type: template.places.get(f"{type}.native") for type in natives}
    return Row(
        template.key,
        template.providers,
        template.type,
        template.international,
        {type: _digest(text) for type, text in natives.items()},
        template.content_at[1:],
        {type: place[1:] for type, place in stated.items() if place},
        [*template.lint_ignore],
    )


def _digest(text: str) -> str:
    """Equal for equal texts only: nobody finds two others with one of 128 bits."""
    if not text or text.isspace():
        return ""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Among:
    """What the rules AMONG say of many templates, told file by file.

    Of each text only a number is kept. Rows are asked for again where two numbers are
    equal, and where more templates begin than an account holds.
    """

    def __init__(self, groups: Iterable[Group], config: Config) -> None:
        self._groups, self._config = tuple(groups), config
        self._told: dict[str, list[array[int]]] = {}  # path -> of each group

    def tell(self, path: str, rows: Collection[Row]) -> None:
        """All *rows* of a file, by its path below the root, in their order."""
        self._told[path] = [
            array("q", [hash(row.texts[group.spec.type]) for row in _here(group, rows)])
            for group in self._groups
        ]

    def problems(
        self, paths: Sequence[str], rows: Callable[[str], Collection[Row]]
    ) -> Iterator[Problem]:
        """What they say; *paths* in their order, *rows* of one as they were told."""
        for number, group in enumerate(self._groups):
            told = {path: self._told[path][number] for path in paths}
            yield from _problems(group, self._config, told, rows)


def _here(group: Group, rows: Iterable[Row]) -> Iterator[Row]:
    """Those of *rows* that go to *group*."""
    for row in rows:
        if row.providers is None or not {*row.providers}.isdisjoint(group.providers):
            yield row


def _problems(
    group: Group,
    config: Config,
    told: Mapping[str, array[int]],
    rows: Callable[[str], Collection[Row]],
) -> Iterator[Problem]:
    """What they say of the templates of one *group*; *told* are their texts."""
    rules = [r for r in RULES if r.id in AMONG and r.id not in config.lint_ignore]
    type, quota = group.spec.type, group.quota(Kind.TEMPLATE)
    over = quota + 1 if quota else 0  # the number of the first that is too many
    repeated = {a for a, b in pairwise(sorted(chain(*told.values()))) if a == b}
    asked: list[tuple[int, Row, Template]] = []  # with its number
    before = 0
    for path, texts in told.items():
        if before < over <= before + len(texts) or not repeated.isdisjoint(texts):
            file = str(config.root / path)
            for number, row in enumerate(_here(group, rows(path)), before + 1):
                if number == over or hash(row.texts[type]) in repeated:
                    asked.append((number, row, row.template(file)))
        before += len(texts)
    twins = twins_of(
        group,
        {row.key: template for _, row, template in asked},
        {row.key: row.texts[type] for _, row, _ in asked},
    )
    for number, row, template in asked:
        if row.key not in twins and number != over:
            continue
        facts = _facts(template, quota, twins.get(row.key, ()), number)
        stated = row.stated.get(type)
        place = Position(template.at.file, *stated) if stated else None
        providers = group.reached_by(template)
        for rule in rules:
            found = rule.check(facts)
            for each in problems_of(rule, found, template, providers, place):
                strict = config.strict
                yield relevel(each, Level.WARNING, Level.ERROR) if strict else each


def _facts(
    template: Template, quota: int, twins: tuple[str, ...], number: int
) -> TemplateFacts:
    """What these rules look at, and nothing of the rest."""
    return TemplateFacts(
        template=template,
        native="",
        verbatim=False,
        outline="",
        usual=True,
        names=(),
        variables=(),
        values=(),
        given=(),
        cases={},
        longest=0,
        signature=None,
        limits={},
        site="",
        quota=quota,
        twins=twins,
        number=number,
    )
