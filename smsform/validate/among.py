"""The rules about a template among others, where the others are not at hand.

``check`` asks them too, of definitions that were read together. Of files that were
judged one by one there is only a row for each template, which says what they look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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


class Row(NamedTuple):
    """A template as far as others matter; of values that JSON has.

    ``natives`` are its texts as submitted, by type of provider, ``stated`` the places
    of those that are stated verbatim, ``at`` that of its own text.
    """

    key: str
    providers: Sequence[str] | None
    type: str
    international: bool
    natives: Mapping[str, str]
    at: Place
    stated: Mapping[str, Place]
    lint_ignore: Sequence[str]

    def template(self, file: str) -> Template:
        """The same as a template of *file*, as far as it is known."""
        at = Position(file, *self.at)
        return Template(
            self.key,
            self.key,
            TemplateType(self.type),
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
        natives,
        template.content_at[1:],
        {type: place[1:] for type, place in stated.items() if place},
        [*template.lint_ignore],
    )


def among(
    groups: Collection[Group], config: Config, rows: Mapping[str, Collection[Row]]
) -> Iterator[Problem]:
    """What the rules AMONG say of all templates; *rows* by file, in their order."""
    rules = [r for r in RULES if r.id in AMONG and r.id not in config.lint_ignore]
    for group in groups:
        type, quota = group.spec.type, group.quota(Kind.TEMPLATE)
        here = [
            (file, row)
            for file, of_file in rows.items()
            for row in of_file
            if row.providers is None or not {*row.providers}.isdisjoint(group.providers)
        ]
        texts = Counter([row.natives[type] for _, row in here])
        alike = {
            row.key: (file, row) for file, row in here if texts[row.natives[type]] > 1
        }
        twins = twins_of(
            group,
            {key: row.template(file) for key, (file, row) in alike.items()},
            {key: row.natives[type] for key, (_, row) in alike.items()},
        )
        for number, (file, row) in enumerate(here, 1):
            if row.key not in twins and number != quota + 1:
                continue
            template = row.template(file)
            facts = _facts(template, quota, twins.get(row.key, ()), number)
            stated = row.stated.get(type)
            place = Position(file, *stated) if stated else None
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
        cases={},
        longest=0,
        signature=None,
        limits={},
        site="",
        quota=quota,
        twins=twins,
        number=number,
    )
