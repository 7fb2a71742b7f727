"""Rules look closer only where a text may hold what they look for, and miss nothing."""

from __future__ import annotations

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from smsform.rejections import characters, links, phones
from smsform.segments import outside_gsm7
from smsform.validate import lengths, samples

DIGITS = st.text(st.sampled_from("013456789０９ -－—()（）年a."), max_size=30)
HAN = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("您的訂單领取驗證码，。：a1\0·（）é’"),
    ),
    max_size=20,
)


@given(DIGITS)
def test_every_mobile_number_may_be_in_its_text(text: str) -> None:
    """Texts that cannot hold a number are not searched for one."""
    narrow = phones.narrow(text)
    assert not phones.MOBILE.search(narrow) or phones.may_be_in(narrow)


@given(st.text(st.sampled_from("htps:/w.acomn1023:示例 \0"), max_size=25))
def test_every_link_may_be_in_its_text(text: str) -> None:
    """The same of links."""
    assert not links.LINK.search(text) or links.may_be_in(text)


@given(HAN)
def test_a_text_has_the_characters_of_a_script_that_it_shows(text: str) -> None:
    """A text that an encoding holds has none of the other script's, one by one."""
    for found in (characters.traditional, characters.simplified):
        assert found(text) == "".join(c for c in dict.fromkeys(text) if found(c))


@given(HAN)
def test_a_han_character_is_of_another_script(text: str) -> None:
    """So a text with one simply needs UCS-2."""
    if lengths.has_han(text):
        assert any(map(lengths.of_another_script, outside_gsm7(text)))


@given(*[st.text(st.sampled_from("您的订单已送达1"), max_size=14)] * 2)
def test_texts_are_akin_that_share_a_run_or_half_of_all(one: str, other: str) -> None:
    """As difflib says, which takes its time."""
    shared = SequenceMatcher(None, one, other, autojunk=False)
    run = shared.find_longest_match().size
    akin = run >= samples.AKIN or shared.ratio() >= 0.5
    assert samples.akin(one, other) is akin
