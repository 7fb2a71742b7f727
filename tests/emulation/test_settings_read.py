"""Settings of an emulator, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.emulation import settings

SPELT = ("+8613800138000", "8613800138000", "0086 13800138000".replace(" ", ""))


@pytest.mark.parametrize("spelt", [*SPELT, "13800138000", 13800138000])
def test_a_number_is_meant_however_it_is_spelt(spelt: object) -> None:
    """A setting that looks right takes effect."""
    assert settings.phones([spelt, "85298765432"]) == ("+8613800138000", "+85298765432")


@pytest.mark.parametrize("wrong", [["hello"], ["138"], [""], "13800138000", [None]])
def test_what_is_no_number_is_refused(wrong: object) -> None:
    """Not passed over: nobody would be exempt."""
    with pytest.raises(ValueError, match=r"phone numbers|list"):
        settings.phones(wrong)


@given(st.lists(st.sampled_from(SPELT)))
def test_what_is_read_is_read_again_alike(numbers: list[str]) -> None:
    """E.164 is one of the spellings."""
    once = settings.phones(numbers)
    assert settings.phones(once) == once
