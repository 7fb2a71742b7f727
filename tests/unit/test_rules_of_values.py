"""Rules of values look at values alone, so that none is asked twice about the same."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from smsform.card import ProviderSpec
from smsform.definitions import Definitions
from smsform.errors import Position
from smsform.model import Parameter, Template, TemplateType
from smsform.provider import ProviderConfig
from smsform.registry import built_in
from smsform.rule import TemplateFacts
from smsform.validate import catalogue
from smsform.validate.facts import Group, template_facts

HERE = Position("templates.yaml", 3, 5)
LOOKED_AT = ("name", "kind", "max_length")


class OnlyValues:
    """Facts of which a rule of values may see no more than it says it does."""

    def __init__(self, facts: TemplateFacts) -> None:
        def seen(parameter: Parameter) -> SimpleNamespace:
            kept = {name: getattr(parameter, name) for name in LOOKED_AT}
            return SimpleNamespace(**kept)

        self.limits = facts.limits
        self.template = SimpleNamespace(params=tuple(map(seen, facts.template.params)))
        self.values = [(seen(p), value, at) for p, value, at in facts.values]


@pytest.mark.parametrize("spec", built_in().values(), ids=built_in())
def test_rules_of_values_look_at_nothing_else(spec: ProviderSpec) -> None:
    """So that values in which they found nothing need not be shown to them again."""
    rules = [r for r in catalogue({spec.type: spec}) if r.of_values]
    assert rules
    group = Group(
        spec,
        (spec.type,),
        ProviderConfig(spec.type, spec.type),
        {name: limit.default for name, limit in spec.limits.items()},
    )
    kinds = ["text", "code", "number", "phone", "email"]
    values = ["", " 1", "183029", "12a4", "example.com/a", "东门外一号快递驿站的柜台"]
    for kind, value in product(kinds, values):
        first = Parameter("code", value, HERE, kind, max_length=4)
        second = Parameter("place", "5", HERE)
        for params in ((first,), (first, second), (second, first)):
            template = Template(
                "k",
                "k",
                TemplateType.VERIFICATION,
                ("文字",),
                "文字",
                HERE,
                HERE,
                params=params,
                samples={"long": {"code": f"{value}9"}},
            )
            definitions = Definitions({}, {"k": template}, ())
            ((_, facts),) = template_facts([group], definitions, Path())
            for rule in rules:
                assert rule.check(OnlyValues(facts)) == rule.check(facts)
