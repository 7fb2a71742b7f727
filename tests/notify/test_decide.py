"""What is news: two states compared, each thing told once, whatever happens between."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import a_block, a_version
from smsform.hours import ReviewHours
from smsform.model import Kind, Review
from smsform.notices import News, Notice, Wish
from smsform.notify.decide import (
    Audience,
    failures_noted,
    noted,
    told,
    untold,
    waits_noted,
)
from smsform.state import Block, Origin, State
from smsform.state.codec import dump
from smsform.state.parse import parse

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC).timestamp()  # a Wednesday, 18:00 in Beijing
HOUR = 3600.0
ALL = Audience("shop", (Wish("OPS", frozenset(News), ("shop",)),))
ROUND = ((9, 21),) * 7
SLOT = (Kind.TEMPLATE, "login")


def news(block: Block) -> list[tuple[News, str]]:
    """What of a block is still to be told, and of which version."""
    found = untold(State({"shop": block}), "OPS")
    return [(each.notice.news, each.notice.id) for each in found]


def all_told(block: Block) -> Block:
    """The block after OPS was told everything."""
    state = State({"shop": block})
    return told(state, "OPS", untold(state, "OPS")).blocks["shop"]


def in_review(**more: object) -> Block:
    """One version in review, ours, submitted an hour ago."""
    at = datetime.fromtimestamp(NOW - HOUR, UTC).isoformat(timespec="seconds")
    return a_block(login=a_version("1", review=Review.IN_REVIEW, at=at, **more))


def judged(review: Review, **more: object) -> Block:
    """The same version after a verdict."""
    return a_block(login=a_version("1", review=review, **more))


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (Review.APPROVED, [(News.APPROVED, "1")]),
        (Review.REJECTED, [(News.REJECTED, "1")]),
        (Review.APPROVED_INACTIVE, []),
        (Review.UNKNOWN, []),
        (Review.CANCELLED, []),
    ],
)
def test_a_verdict_is_news_once(review: Review, expected: list[object]) -> None:
    """Where it moved; not when it is seen again, and not after it was told."""
    after = noted(in_review(), judged(review, note="因为"), ALL, NOW)
    assert news(after) == expected
    assert noted(after, after, ALL, NOW) == after
    assert news(all_told(after)) == []
    if review is Review.REJECTED:
        assert after.notices[0].why == "因为"


def test_what_was_there_before_is_no_news() -> None:
    """Neither what was adopted, nor what stood in the state when telling began."""
    for origin in (Origin.ADOPTED, Origin.IMPORTED):
        after = judged(Review.APPROVED, origin=origin)
        assert news(noted(a_block(), after, ALL, NOW)) == []
    block = judged(Review.REJECTED)
    assert news(noted(block, block, ALL, NOW)) == []


def test_a_verdict_that_came_before_its_version_was_seen_is_news() -> None:
    """A submission whose answer was lost, found approved."""
    after = judged(Review.APPROVED, origin=Origin.SUBMITTED)
    assert news(noted(a_block(), after, ALL, NOW)) == [(News.APPROVED, "1")]


def test_a_version_that_moved_to_another_key_is_as_known_as_before() -> None:
    """A renamed definition is no news."""
    version = a_version("1", review=Review.APPROVED)
    after = noted(a_block(login=version), a_block(sign_in=version), ALL, NOW)
    assert news(after) == []


def test_who_is_not_asked_is_not_told() -> None:
    """By event and by provider; who is asked no more is forgotten."""
    others = (
        Wish("A", frozenset({News.REJECTED}), ("shop",)),
        Wish("B", frozenset(News), ("other",)),
        Wish("C", frozenset({News.APPROVED}), ("shop",)),
        Wish("C", frozenset({News.REJECTED}), ("shop",)),
    )
    who = Audience("shop", others)
    after = noted(in_review(), judged(Review.APPROVED), who, NOW)
    assert [notice.to for notice in after.notices] == [("C",)]
    assert who.of(News.REJECTED) == ("A", "C")
    fewer = Audience("shop", others[:2])
    again = noted(
        after, replace(judged(Review.APPROVED), notices=after.notices), fewer, 0
    )
    assert again.notices == ()
    assert noted(after, after, Audience("shop"), 0).notices == ()


def test_each_target_is_told_for_itself() -> None:
    """One that fails does not make the other hear it twice."""
    wishes = [Wish(name, frozenset(News), ("shop",)) for name in ("A", "B")]
    who = Audience("shop", wishes)
    state = State({"shop": noted(in_review(), judged(Review.REJECTED), who, NOW)})
    state = told(state, "A", untold(state, "A"))
    assert untold(state, "A") == ()
    assert len(untold(state, "B")) == 1
    state = told(state, "B", untold(state, "B"))
    assert state.blocks["shop"].notices == ()


def test_a_failure_is_told_once_for_each_reason() -> None:
    """Until the definition was submitted, or is not tried any more."""
    block = failures_noted(a_block(), ALL, NOW, [(SLOT, "no quota")])
    assert news(block) == [(News.FAILED, "")]
    block = all_told(block)
    assert len(block.notices) == 1  # remembered, so that the next run is silent
    block = failures_noted(block, ALL, NOW + 60, [(SLOT, "no quota")])
    assert news(block) == []
    other = failures_noted(block, ALL, NOW + 60, [(SLOT, "bad text")])
    assert news(other) == [(News.FAILED, "")]
    submitted = replace(in_review(origin=Origin.SUBMITTED), notices=block.notices)
    assert noted(block, submitted, ALL, NOW).notices == ()
    assert failures_noted(block, ALL, NOW, (), {SLOT}).notices == block.notices
    assert failures_noted(block, ALL, NOW, (), set()).notices == ()


def test_a_long_review_is_told_once_by_the_service_s_own_hours() -> None:
    """Twice as long as usual, counted while reviewers are at work; forgotten after."""
    hours = ReviewHours(2 * HOUR, ROUND, "here", "2026-01-01")
    who = ALL._replace(hours=hours)
    block = waits_noted(in_review(), who, NOW)
    assert news(block) == []  # an hour
    # 17:00 to 21:00 in Beijing are four: over at night, so only just long
    assert news(waits_noted(block, who, NOW + 3 * HOUR - 1)) == []
    late = waits_noted(block, who, NOW + 3 * HOUR + 1)
    assert news(late) == [(News.WAITING_LONG, "1")]
    silent = all_told(late)
    assert len(silent.notices) == 1
    assert waits_noted(silent, who, NOW + 99 * HOUR) == silent
    over = replace(judged(Review.APPROVED), notices=silent.notices)
    assert waits_noted(over, who, NOW).notices == ()


def test_where_nothing_is_said_of_hours_two_days_are_long() -> None:
    """Counted by the clock."""
    assert news(waits_noted(in_review(), ALL, NOW + 46 * HOUR)) == []
    assert news(waits_noted(in_review(), ALL, NOW + 48 * HOUR)) != []


def test_what_is_submitted_again_starts_over() -> None:
    """It became ours long ago, but it is in review since now."""
    old = judged(Review.REJECTED, at="2026-01-01T00:00:00+00:00")
    again = a_block(
        login=a_version("1", review=Review.IN_REVIEW, at="2026-01-01T00:00:00+00:00")
    )
    block = noted(old, again, ALL, NOW)
    assert news(waits_noted(block, ALL, NOW + HOUR)) == []
    assert news(waits_noted(block, ALL, NOW + 49 * HOUR)) == [(News.WAITING_LONG, "1")]


NOTICES = st.builds(
    Notice,
    st.sampled_from(News),
    st.sampled_from(Kind),
    st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    st.sampled_from(["", "2026-01-01T00:00:00+00:00"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    st.lists(st.from_regex(r"[A-Z]{1,9}", fullmatch=True), max_size=3).map(tuple),
    st.booleans(),
)


@given(st.lists(NOTICES, max_size=4).map(tuple))
def test_the_state_file_keeps_notices(notices: tuple[Notice, ...]) -> None:
    """What is written is read again."""
    state = State({"shop": replace(a_block(login=a_version("1")), notices=notices)})
    assert parse("state", dump(state).decode()) == state


@pytest.mark.parametrize(
    "notice",
    [
        1,
        {},
        {"news": "gossip", "entry": "template.a", "to": []},
        {"news": "failed", "entry": "nowhere", "to": []},
        {"news": "failed", "entry": "template.a", "to": [1]},
        {"news": "failed", "entry": "template.a", "to": "OPS"},
    ],
)
def test_a_damaged_notice_is_named(notice: object) -> None:
    """With the place in the file, like everything else in it."""
    import json

    from smsform.errors import StateError

    document = {"smsform": 1, "providers": {"shop": {"notices": [notice]}}}
    with pytest.raises(StateError) as error:
        parse("state", json.dumps(document))
    assert "providers.shop.notices" in error.value.message() + str(error.value.fields)
