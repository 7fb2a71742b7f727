"""Texts from outside: no chat and no mail program makes anything of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linkify_it import LinkifyIt

from smsform.notify.inert import inert, shortened

HOSTILE = (
    "https://evil.example.com/x?a=b", "evil.com", "www.evil.cn", "//evil.org/x",
    "mailto:a@evil.com", "a@evil.com", "ftp://evil.com", "1.2.3.4", "例子.公司",
    "<!channel>", "<@U012345>", "<#C1|general>", "<https://evil.com|click>", "@all",
    '<at user_id="all">所有人</at>', "<@wangqing>", "@13800138000", "dingtalk://x/y",
    "[click](https://evil.com)", "![](http://evil.com/p.png)", "tel:13800138000",
    "evil。com", "evil．com", "a\r\nBcc: x@evil.com", "\u202emoc.live", "x.y.z.com",
    "1.2.3.41.2.3.4", "1.2.3.4.5",
    "javascript:alert(1)", "HTTP://EVIL.COM", "//localhost/x", "http://localhost:80",
)  # fmt: skip
LINKS = LinkifyIt(options={"fuzzy_ip": True, "fuzzy_link": True, "fuzzy_email": True})
PIECES = st.sampled_from(
    [*HOSTILE, "a", ".", "/", ":", "@", "<", ">", "com", "请", " ", "1", "-", "_", "。"]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=8).map("".join),
    st.text(max_size=60),
)


def links(text: str) -> list[str]:
    """What a chat might make a link of, as a library for that sees it."""
    return [each.url for each in LINKS.match(text) or []]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_witness_or_the_sign_is_there_before(text: str) -> None:
    """What is tried below is worth trying, and is harmless after."""
    shown = inert(text)
    assert links(shown) == []
    assert not set("<>@") & set(shown)
    assert shown.isprintable()


@given(TEXTS)
def test_nothing_is_made_of_a_text(text: str) -> None:
    """No link, mention, markup of Slack or Feishu, and one line."""
    shown = inert(text)
    assert links(shown) == []
    assert not set("<>@&") & set(shown)
    assert "://" not in shown
    assert shown.isprintable()


@given(TEXTS)
def test_it_stays_readable(text: str) -> None:
    """Letters and digits are all there, in their order."""

    def letters(text: str) -> str:
        return re.sub(r"[\W_]", "", text)

    seen = "".join(each if each.isprintable() else " " for each in text)
    assert letters(inert(text)) == letters(seen)


@given(TEXTS)
def test_a_plain_sentence_is_as_it_was(text: str) -> None:
    """Chinese prose, lists and amounts keep their points."""
    for plain in ("内容不符。1.请补充 2.重新提交", "3.5元", "v1.2", "等…", "a. b"):
        assert inert(plain) == plain


@given(TEXTS, st.integers(3, 200))
def test_what_is_shortened_fits_in_bytes(text: str, limit: int) -> None:
    """Cut between characters, as long as can be, and still harmless."""
    shown = shortened(text, limit)
    assert len(shown.encode()) <= limit
    assert links(shown) == []
    assert shown == inert(text) or shown.endswith("…")
