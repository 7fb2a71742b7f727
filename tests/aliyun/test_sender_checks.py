"""What a generated module lets pass is what rules and emulator let pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.providers.aliyun.senders import CHECKS
from smsform.providers.aliyun.variables import ATTRIBUTES, fits
from smsform.senders.values import fault

# Their shape is more than a length and an alphabet: the module lets more pass.
SHAPED = {"verifyTime", "money", "phone_number2", "email_address"}
PLAIN = sorted(CHECKS.keys() - SHAPED)
values = st.text(st.sampled_from("1aZ好·（_-. \n\r\t\u2028"), max_size=40)


@pytest.mark.parametrize("attribute", PLAIN)
@given(value=values)
def test_the_same_values_pass(attribute: str, value: str) -> None:
    """Line breaks among them: an attribute without an alphabet takes any character."""
    told = fault(value, CHECKS[attribute])
    if told != "link":
        assert (told == "") is fits(attribute, value)


@pytest.mark.parametrize("attribute", sorted(SHAPED))
@given(value=values)
def test_no_more_is_refused_than_the_service_refuses(
    attribute: str, value: str
) -> None:
    """Where a shape cannot be told in full, the module refuses less, never more."""
    if fits(attribute, value):
        assert fault(value, CHECKS[attribute]) in ("", "link")


def test_what_has_no_check_is_only_what_has_no_alphabet() -> None:
    """A time is known by its words, which no module counts."""
    assert ATTRIBUTES.keys() - CHECKS.keys() == {"time"}
