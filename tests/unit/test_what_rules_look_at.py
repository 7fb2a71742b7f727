"""Rules look at no more than they say, so that what they cannot find is not shown."""

from __future__ import annotations

from itertools import chain, product
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.card import ProviderSpec
from smsform.definitions import Definitions
from smsform.errors import Position
from smsform.model import Parameter, Placeholder, Template, TemplateType
from smsform.provider import ProviderConfig
from smsform.registry import built_in
from smsform.rule import TemplateFacts
from smsform.validate import catalogue
from smsform.validate.characters import PLAIN_TEXT
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


def group_of(spec: ProviderSpec) -> Group:
    """A provider of that service with nothing in its settings."""
    limits = {name: limit.default for name, limit in spec.limits.items()}
    return Group(spec, (spec.type,), ProviderConfig(spec.type, spec.type), limits)


@pytest.mark.parametrize("spec", built_in().values(), ids=built_in())
def test_rules_of_values_look_at_nothing_else(spec: ProviderSpec) -> None:
    """So that values in which they found nothing need not be shown to them again."""
    rules = [r for r in catalogue({spec.type: spec}) if r.only_values]
    assert rules
    group = group_of(spec)
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


PLAIN_SIGNS = [*filter(PLAIN_TEXT.fullmatch, map(chr, range(128)))]


@pytest.mark.parametrize("spec", built_in().values(), ids=built_in())
@given(st.text([*PLAIN_SIGNS, *"一的龥，。；：？！、（）《》“”…"]), st.booleans())
def test_rules_of_signs_find_nothing_in_a_plain_text(
    spec: ProviderSpec, text: str, abroad: bool
) -> None:
    """So that most texts need not be shown to them; U+0000 stands for a variable."""
    first, *others = text.split("\0")
    parts = [first, *chain(*((Placeholder("code"), each) for each in others))]
    template = Template(
        "k",
        "k",
        TemplateType.NOTIFICATION,
        tuple(filter(None, parts)),
        "",
        HERE,
        HERE,
        international=abroad,
        params=(Parameter("code", "5", HERE),),
    )
    definitions = Definitions({}, {"k": template}, ())
    ((_, facts),) = template_facts([group_of(spec)], definitions, Path())
    assert facts.plain
    assert facts.usual
    rules = [rule for rule in catalogue({spec.type: spec}) if rule.only_odd_signs]
    assert [rule.id for rule in rules if rule.check(facts)] == []
    assert len(rules) > 6


@pytest.mark.parametrize("sign", [*"#$%&<>[]^`{|}~", "\t", "【", "★", "０", "　"])
def test_a_text_with_a_sign_is_not_plain(sign: str) -> None:
    """Programs and templates have a use for it, or handsets have none."""
    assert not PLAIN_TEXT.fullmatch(f"您的订单{sign}已发货。")
