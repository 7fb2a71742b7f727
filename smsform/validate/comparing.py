"""The rules that compare templates, where these are not all at hand.

``check`` asks these rules, too, about definitions that were read together. Of files
that were validated one by one there is only a row for each template, which has what
the rules look at.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from smsform.errors import Level, Position, Problem
from smsform.model import Kind, Template, TemplateType
from smsform.rule import TemplateFacts
from smsform.validate.engine import problems_of, relevel
from smsform.validate.facts import Group, twins_of
from smsform.validate.project import COMPARING, RULES

if TYPE_CHECKING:
    from smsform.config import Config

Place = Sequence[int]  # line and column
_TYPES: Mapping[str, TemplateType] = {each: each for each in TemplateType}


class Row(NamedTuple):
    """What the rules COMPARING look at of a template, except its texts; as JSON has it.

    ``stated`` are the places of texts that are stated verbatim, by type of provider,
    ``at`` that of its own text.
    """

    key: str
    providers: Sequence[str] | None
    type: str
    international: bool
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


def row_of(template: Template) -> Row:
    """The row of a template."""
    return Row(
        template.key,
        template.providers,
        template.type,
        template.international,
        template.content_at[1:],
        {
            type: template.places[f"{type}.native"][1:]
            for type, said in template.overrides.items()
            if "native" in said
        },
        [*template.lint_ignore],
    )


class FileRows(NamedTuple):
    """What the rules COMPARING look at of one file.

    ``rows`` are its templates; ``texts`` are, for each group of providers, digests of
    the texts of those that go there, in the same order.
    """

    rows: Sequence[Row]
    texts: Sequence[Sequence[str]]


def digest_of_text(text: str) -> str:
    """Equal for equal texts only: nobody finds two others with one of 128 bits.

    "" for an empty text.
    """
    if not text or text.isspace():
        return ""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Comparison:
    """What the rules COMPARING say of many templates, which are added file by file.

    Of each text only a number is kept. The rows of a file are looked at where two
    numbers are equal, and where there begin to be more templates than an account holds.
    """

    def __init__(self, groups: Iterable[Group], config: Config) -> None:
        self._groups, self._config = tuple(groups), config
        self._texts: dict[str, list[array[int]]] = {}  # path -> of each group

    def add(self, path: str, texts: Sequence[Sequence[str]]) -> None:
        """Add a file, by its path below the root; *texts* as in its FileRows."""
        self._texts[path] = [array("q", map(hash, each)) for each in texts]

    def problems(
        self, paths: Sequence[str], rows_of: Callable[[str], FileRows]
    ) -> Iterator[Problem]:
        """What they say; *paths* are all files in their order, *rows_of* has each
        one's."""
        for number, group in enumerate(self._groups):
            texts = {path: self._texts[path][number] for path in paths}
            yield from _problems(group, number, self._config, texts, rows_of)


def _here(group: Group, rows: Iterable[Row]) -> Iterator[Row]:
    """Those of *rows* that go to *group*."""
    for row in rows:
        if row.providers is None or not {*row.providers}.isdisjoint(group.providers):
            yield row


def _problems(
    group: Group,
    which: int,
    config: Config,
    texts: Mapping[str, array[int]],
    rows_of: Callable[[str], FileRows],
) -> Iterator[Problem]:
    """What they say of the templates of one *group*, the one of that number.

    *texts* are what is kept of theirs, by the path of the file.
    """
    rules = [r for r in RULES if r.id in COMPARING and r.id not in config.lint_ignore]
    type, quota = group.spec.type, group.quota(Kind.TEMPLATE)
    over = quota + 1 if quota else 0  # the number of the first that is too many
    repeated = {a for a, b in pairwise(sorted(chain(*texts.values()))) if a == b}
    asked: list[tuple[int, Row, str, Template]] = []  # with its number and its text
    before = 0
    for path, numbers in texts.items():
        if before < over <= before + len(numbers) or not repeated.isdisjoint(numbers):
            file, (rows, digests) = str(config.root / path), rows_of(path)
            here = zip(_here(group, rows), digests[which], strict=True)
            for number, (row, text) in enumerate(here, before + 1):
                if number == over or hash(text) in repeated:
                    asked.append((number, row, text, row.template(file)))
        before += len(numbers)
    twins = twins_of(
        group,
        {row.key: template for _, row, _, template in asked},
        {row.key: text for _, row, text, _ in asked},
    )
    for number, row, _, template in asked:
        if row.key not in twins and number != over:
            continue
        facts = _facts(template, quota, twins.get(row.key, ()), number)
        stated = row.stated.get(type)
        place = Position(template.at.file, *stated) if stated else None
        providers = group.reached_by(template)
        for rule in rules:
            if not (found := rule.check(facts)):
                continue
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
        plain=True,
        ordered=True,
        names=(),
        variables=(),
        located=tuple,
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
