"""This service's rules look closer only where it is needed, and miss nothing."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from smsform.model import PARAMETER_KINDS, TemplateType
from smsform.providers.aliyun.convert import order
from smsform.providers.aliyun.rules import contacts, texts, types
from smsform.providers.aliyun.variables import ATTRIBUTES, inferred
from smsform.rejections import phones

# As it is read: from its first digit on.
PLAINLY = re.compile(
    r"(?<![0-9-])(?:[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|"
    r"0[0-9]{2,3}[)）]?[- ]?[0-9]{3,4}[- ]?[0-9]{4}|9[56][0-9]{3,6})(?![0-9-])"
)
DIGITS = st.lists(
    st.one_of(
        st.sampled_from(["400", "800", "0571", "95588", "（0571）", "-", " ", ")"]),
        st.text(st.sampled_from("0123456789号\n-"), max_size=5),
    ),
    max_size=6,
).map("".join)


@given(DIGITS)
def test_numbers_are_found_wherever_they_begin(text: str) -> None:
    """Though only texts that may hold one are searched, and from likely digits on."""
    assert contacts.numbers(text) == PLAINLY.findall(text)
    assert not PLAINLY.search(text) or phones.may_be_in(text)


def test_what_is_inferred_is_offered() -> None:
    """So only what a definition states can be an attribute that its type lacks."""
    for kind, type in product(PARAMETER_KINDS, TemplateType):
        assert type in ATTRIBUTES[inferred(kind, type)].types


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["${code}", "${1a}", "${", "}", "${a_b}", "${nick}", "$"]),
            st.text(st.sampled_from("a1_ 中{}"), max_size=3),
            st.integers(24, 26).map(lambda n: "${" + "a" * n + "}"),
        ),
        max_size=6,
    ).map("".join)
)
def test_misnamed_variables_are_those_whose_name_is_no_name(native: str) -> None:
    """And reserved ones those whose name the service keeps, as a text is read."""
    wrong = re.findall(r"\$\{(?![A-Za-z][A-Za-z0-9_]{0,24}\})([^${}]*)\}", native)
    assert texts.misnamed(order(native)) == tuple(dict.fromkeys(wrong))
    reserved = re.search(rf"\$\{{(?:{'|'.join(texts.RESERVED)})\}}", native)
    assert texts.RESERVED.isdisjoint(order(native)) is not bool(reserved)


@given(
    st.text(st.sampled_from("您的验证码动态分钟内有效5\0，请勿告知他人"), max_size=12)
)
def test_minutes_are_never_filler(text: str) -> None:
    """So a text with them says how long its code is good."""
    left = types.FILLER.sub("", f"{text}{types.EXPIRY}{text[::-1]}")
    assert len(left) >= types.LEAST_CONTEXT
