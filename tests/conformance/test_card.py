"""The card of a service says what the core has to know; what is missing is said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conformance.card import complaints
from smsform.card import ProviderSpec
from smsform.model import Kind
from smsform.provider import Form, Key, Limit, Pace, by_name
from smsform.registry import specs


@pytest.mark.parametrize("type", specs())
def test_a_card_says_what_the_core_has_to_know(type: str) -> None:
    """Start here with a new service: what is missing is said in words."""
    assert complaints(specs()[type]) == []
    assert specs()[type].type == type


GOOD = next(iter(specs().values()))


def with_template(**changes: object) -> ProviderSpec:
    """The good card with its kind of templates changed."""
    kinds = {**GOOD.kinds, Kind.TEMPLATE: replace(GOOD.kinds[Kind.TEMPLATE], **changes)}
    return replace(GOOD, kinds=kinds)


BAD = {
    "nothing is said of a signature": replace(
        GOOD, kinds={Kind.TEMPLATE: GOOD.kinds[Kind.TEMPLATE]}
    ),
    "is in neither list": with_template(unreadable=frozenset({"Colour"})),
    "how often may one": with_template(pace={"read": Pace(1, 1.0)}),
    "more than no seconds": with_template(
        pace=dict.fromkeys(("read", "create", "update", "delete"), Pace(1, 0.0))
    ),
    "not one of the card's limits": with_template(quota="max_colours"),
    "attribute that is the message": with_template(text="Colour"),
    "cannot be delivered and review-only": with_template(
        review_only=GOOD.kinds[Kind.TEMPLATE].delivered
    ),
    "a word in small letters": replace(GOOD, type="My Service"),
    "called in reports": replace(GOOD, title=""),
    "what a signature must be before": replace(GOOD, gate="maybe"),
    "domestic, international, or both": replace(GOOD, sites=frozenset({"moon"})),
    "hold a key": replace(GOOD, variables=""),
    "the date it was read": replace(GOOD, limits={"x": Limit(1, "so many", "", "")}),
    "use by_name()": replace(GOOD, options={"x": Key("y", None, "a word")}),
    "editors show it": replace(GOOD, options=by_name(Key("x", None, ""))),
    "cannot be faithful": replace(GOOD, keys={kind: {} for kind in Kind}),
    "where there are two variables": replace(GOOD, order=lambda text: ()),
    "values are lost": replace(GOOD, fill=lambda text, values: "您的取件码"),
    "still has variables": replace(
        GOOD, fill=lambda text, values: f"{text}{'，'.join(values)}"
    ),
    "takes": replace(GOOD, demo=replace(GOOD.demo, id="")),
}


@pytest.mark.parametrize("words", BAD)
def test_what_is_wrong_with_a_card_is_said(words: str) -> None:
    """One complaint at least, and it says what to mend."""
    assert any(words in each for each in complaints(BAD[words])), complaints(BAD[words])


def test_a_key_form_is_one_of_four() -> None:
    """A key without one takes anything that is a value."""
    assert {form.value for form in Form} == {"text", "id", "file", "files"}
