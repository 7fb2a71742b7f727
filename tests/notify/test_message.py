"""Messages: limits in bytes, cut between entries; nothing from outside is markup."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notify.test_inert import TEXTS, links
from smsform.model import Kind
from smsform.notices import News, Notice
from smsform.notify import mail
from smsform.notify.address import Mailbox, Sort
from smsform.notify.decide import Untold
from smsform.notify.message import Notification
from smsform.notify.targets import MOST, WAYS, fitted
from smsform.words import Language

LINK = "https://forge.example.com/shop/pull/7"
BOX = Mailbox("localhost", 25, False, "", "", "sms@example.com", ("ops@example.com",))


def notice(news: News, key: str, id: str, why: str) -> Untold:
    """A notice of one provider."""
    return Untold("p", Notice(news, Kind.TEMPLATE, key, id, "", why, ("X",)))


NOTICES = st.builds(
    notice,
    st.sampled_from(News),
    st.from_regex(r"[A-Za-z0-9_-]{1,100}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9_]{0,30}", fullmatch=True),
    st.one_of(TEXTS, TEXTS.map(lambda text: text * 9), st.just("拒" * 1000)),
)


def ordered(news: list[Untold]) -> list[Untold]:
    """As ``untold`` orders them."""
    return sorted(news, key=lambda each: list(News).index(each.notice.news))


MESSAGES = st.builds(
    Notification,
    st.one_of(TEXTS, st.just("项目" * 200)),
    st.lists(NOTICES, min_size=1, max_size=24).map(ordered),
    st.sampled_from(Language),
    st.sampled_from(["", LINK]),
    st.sampled_from([(), ("p",)]),
)


def texts(sort: Sort, body: dict[str, object]) -> str:
    """What is shown of a body, our own link left out."""
    found = json.dumps(body, ensure_ascii=False)
    if sort is Sort.WEBHOOK:
        found = str(body["text"])
    return found.replace(LINK, "").replace("<|", "|").replace(">", "", 1)


@settings(max_examples=25)
@pytest.mark.parametrize("sort", WAYS)
@given(MESSAGES)
def test_a_message_fits_and_counts_what_does_not(
    sort: Sort, message: Notification
) -> None:
    """In bytes of UTF-8; whole entries, as many as fit, and at least one."""
    way = WAYS[sort]
    body = fitted(message, way)
    assert way.weight(body) <= way.limit
    sizes = [way.weight(way.write(message, n)) for n in (1, 2)]
    assert sizes[0] <= way.limit  # even the longest first entry
    total = len(message.news)
    shown = next(n for n in range(total, -1, -1) if way.write(message, n) == body)
    assert 1 <= shown <= max(MOST, way.most)
    left = len(message.news) - shown
    assert (message.rest(shown) != "") == (left > 0)
    if left:
        assert str(left) in message.rest(shown)
        assert message.rest(shown) in "\n".join(strings(body)) or sort is Sort.WEBHOOK


def strings(value: object) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


@settings(max_examples=25)
@pytest.mark.parametrize("sort", [each for each in WAYS if each is not Sort.WEBHOOK])
@given(MESSAGES)
def test_nothing_from_outside_is_a_link_or_a_mention(
    sort: Sort, message: Notification
) -> None:
    """Whatever stands in names, notes and reasons."""
    body = fitted(message, WAYS[sort])
    own = (LINK, f"<{LINK}|Open the run>", f"<{LINK}|查看这次运行>")
    shown = [text for text in strings(body) if text not in own]
    for text in shown:
        text = text.removesuffix(LINK)
        assert links(text) == []
        assert not set("<>@") & set(text)


@settings(max_examples=25)
@given(MESSAGES)
@example(
    Notification(
        '<at user_id="all">所有人</at>',
        [notice(news, "0", "", "") for news in News],
        Language.EN,
    )
)
def test_a_mail_has_its_headers_and_no_others(message: Notification) -> None:
    """Names with line breaks make no header; the text is plain and has no links."""
    data = mail.letter(message, BOX, 0.0).as_bytes()
    found = message_from_bytes(data, policy=default)
    assert sorted(found.keys()) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
        ]
    )
    assert found["To"] == "ops@example.com"
    assert " ".join(str(found["Subject"]).split()) == message.title
    assert found.get_content_type() == "text/plain"
    text = found.get_content().strip().removesuffix(LINK)
    assert links(text) == []
    again = mail.letter(message, BOX, 99.0)
    assert again["Message-ID"] == found["Message-ID"]
