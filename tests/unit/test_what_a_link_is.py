"""What a link is: one check for rules and for generated modules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.links import HAN_ENDINGS, is_link

CHARACTERS = st.sampled_from("ab019.:/@-_ 示国。．Ａ[]%\0")
WORDS = st.sampled_from(
    ("com", "中国", "公司", "xn--", "2001", "::", "255", "10.0.3.7", "example", "80")
)
VALUES = st.lists(CHARACTERS | WORDS, max_size=9).map("".join)
AROUND = st.sampled_from(("", " ", "（", "）", "，", "“", "\n", "！"))
LINKS = st.sampled_from(
    (
        "example.com", "a.cn/b", "示例.com", "例子.中国", "shop.公司", "10.0.3.7",
        "10.0.3.7:8443", "2001:db8::1", "fe80::1", "https://x", "weixin://pay",
        "files.dev/x", "files.dev:8443/x", "xn--fiq228c.xn--fiqs8s", "www.x",
    )
)  # fmt: skip


@given(AROUND, LINKS, AROUND)
def test_a_link_is_one_wherever_it_stands(before: str, link: str, after: str) -> None:
    """Between blanks, line breaks and Chinese punctuation."""
    assert is_link(before + link + after)


@given(LINKS)
def test_width_makes_no_difference(link: str) -> None:
    """Full-width letters and dots are read as what they are."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in link)
    assert is_link(wide)
    assert is_link(link.upper())


@given(VALUES)
def test_any_value_is_judged(value: str) -> None:
    """Yes or no, of anything; without a dot and a colon nothing is a link."""
    if is_link(value):
        assert set(value) & set(".．。｡:：")


@pytest.mark.parametrize(
    "value",
    [
        "12:30", "12:30:45", "2026-11-30 12:30:45", "aa:bb:cc:dd:ee:ff", "::1",
        "std::x", "3.14", "1.000,50", "1.5元/斤", "3.14/2", "v1.2.3",
        "1.2.3.4.5", "10.0.3.256", "Mr.Smith", "a@example.com", "a.b@example.com.cn",
        "1.公司", "A.网址", "在本店。公司", "示例.中国人", 
        "北京，中国", "No.5", "…", "。", "A.1/B.2",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(value: str) -> None:
    """Times, versions, prices, mail addresses, numbered lists, ends of sentences."""
    assert not is_link(value)


def test_an_ending_takes_two_characters() -> None:
    """As the generated modules count."""
    assert {len(each) for each in HAN_ENDINGS} == {2}
