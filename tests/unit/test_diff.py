"""The character diff: both texts can be read back from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smsform.plan.diff import Difference, Edit, differences, stretches

texts = st.text("ab您好{1}，", max_size=12)


@given(texts, texts)
def test_both_texts_can_be_read_back(before, after):
    """Without what came it is the old text, without what went the new one."""
    found = list(stretches(before, after))
    assert before == "".join(s.text for s in found if s.part is not Edit.ADDED)
    assert after == "".join(s.text for s in found if s.part is not Edit.REMOVED)


def test_single_equal_characters_do_not_split_a_change():
    """A change is shown in one piece, not around a letter both happen to have."""
    found = [s.text for s in stretches("请于本人操作时忽略。", "请于他人转发时忽略。")]
    assert found == ["请于", "本人操作", "他人转发", "时忽略。"]


def test_differences_name_the_attributes_that_changed():
    """Equal attributes and those nobody wants any more are left out."""
    before = {"Text": "a", "Type": 3, "Gone": 1}
    after = {"Text": "b", "Type": 3, "New": True}
    assert differences(before, after) == [
        Difference("Text", "a", "b"),
        Difference("New", None, True),
    ]


def test_a_placeholder_changes_as_a_whole():
    """Half of one would say nothing."""
    for old, new in (("{1}", "{2}"), ("${code}", "${mode}")):
        found = [s.text for s in stretches(f"您的验证码{old}，", f"您的验证码{new}，")]
        assert found == ["您的验证码", old, new, "，"]


def test_what_was_nothing_before_is_all_new():
    """An entry of which nothing can be read back."""
    assert differences({}, {"b": 1, "a": "x"}) == [
        Difference("b", None, 1),
        Difference("a", None, "x"),
    ]
