"""When a version is what is wanted, piece by piece; and which entry an intent made."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from builders import NOW, a_block, a_desired, a_kind, a_spec, a_version, an_entry
from smsform.model import Kind, Reading, Review
from smsform.plan.equality import (
    Owned,
    as_shown,
    as_submitted,
    digest,
    drift,
    equal,
    moved_on,
    moved_parameters,
    review_only_equal,
    shown,
    similar,
    unowned_equal,
)
from smsform.plan.reconcile import recognise
from smsform.plan.values import Drift, MovedParameter
from smsform.state import Intent, Origin

KIND = a_kind(delivered=("Text", "Title", "Type"))
WANT = a_desired(delivered={"Text": "new", "Title": "t", "Type": 3})
SENT = {"Text": "new", "Title": "t", "Type": 3, "Remark": "why"}
SHOWN = {"Text": "new", "Title": "t"}
SLOT = (Kind.TEMPLATE, "login")


def owned(
    visible: dict[str, Any] = SHOWN, sent: dict[str, Any] = SENT, **changes: Any
) -> Owned:
    """A version of ours, submitted as *sent* and shown as *visible*."""
    return Owned(
        replace(a_version(submitted=sent), **changes), an_entry(attributes=visible)
    )


@pytest.mark.parametrize(
    ("known", "now", "again"),
    [
        ("5", "6", True),
        ("5", "5", False),
        ("", "6", False),
        ("5", "", False),
        ("", "", False),
    ],
)
def test_two_marks_that_differ_are_two_submissions(
    known: str, now: str, again: bool
) -> None:
    """A mark that is not told says nothing."""
    found = Owned(a_version(order=known), an_entry(order=now))
    assert found.resubmitted is again
    assert as_submitted(KIND, owned(order=known)._replace(entry=found.entry), WANT) is (
        not again
    )


def test_what_was_adopted_was_not_submitted() -> None:
    """It is what it shows."""
    for origin in Origin:
        expected = origin is not Origin.ADOPTED
        assert as_submitted(KIND, owned(origin=origin), WANT) is expected


@pytest.mark.parametrize("name", ["Text", "Title", "Type"])
def test_every_delivered_attribute_decides(name: str) -> None:
    """Shown ones as they are shown, the hidden one as it is remembered."""
    assert as_shown(KIND, owned(), WANT) is True
    other = {**SENT, name: "other"}
    assert as_submitted(KIND, owned(sent=other), WANT) is False
    hidden = name == "Type"
    assert as_shown(KIND, owned(sent=other), WANT) is not hidden
    changed = owned(visible={**SHOWN, name: "other"})
    assert as_shown(KIND, changed, WANT) is hidden
    assert equal(KIND, changed, WANT) is True  # as it was submitted
    assert equal(KIND, owned({**SHOWN, name: "x"}, other), WANT) is False


def test_what_a_reply_leaves_out_is_as_it_was_submitted() -> None:
    """A hidden attribute is never read from a reply, even where one holds it."""
    assert as_shown(KIND, owned(visible={"Text": "new"}), WANT)
    assert not as_shown(KIND, owned({"Text": "new"}, {**SENT, "Title": "x"}), WANT)
    assert shown(KIND, an_entry(attributes={**SHOWN, "Type": 9}), SENT) == {
        "Text": "new",
        "Title": "t",
        "Type": 3,
    }
    assert shown(KIND, an_entry(attributes={"Text": "x"}), {}) == {"Text": "x"}


@pytest.mark.parametrize(
    ("visible", "same"),
    [
        (SHOWN, True),
        ({"Text": "new"}, True),
        ({}, False),
        ({**SHOWN, "Title": "x"}, False),
        ({**SHOWN, "Text": "x"}, False),
    ],
)
def test_an_entry_nobody_owns_has_to_show_it_all(
    visible: dict[str, Any], same: bool
) -> None:
    """One that shows nothing is nobody's."""
    assert unowned_equal(KIND, an_entry(attributes=visible), WANT) is same


def test_reviewers_were_given_what_the_definition_states() -> None:
    """Hidden ones as remembered, shown ones as shown; what is not stated is equal."""
    kind = a_kind(review_only=("Proof", "Remark", "Scene"))
    want = a_desired(review_only={"Remark": "why", "Scene": "s"})
    right = owned({**SHOWN, "Scene": "s"}, {**SENT, "Remark": "why"})
    assert review_only_equal(kind, right, want) is True
    for visible, sent in (
        ({"Scene": "x"}, SENT),
        ({"Scene": "s"}, {**SENT, "Remark": "x"}),
        ({}, SENT),
        ({"Scene": "s", "Remark": "why"}, {**SENT, "Remark": "x"}),
    ):
        assert review_only_equal(kind, owned(visible, sent), want) is False
    assert review_only_equal(kind, owned({}, {**SENT, "Scene": "s"}), want) is True


def test_drift_is_what_shows_otherwise_than_it_was_sent() -> None:
    """Only where it was sent as it is wanted now."""
    assert drift(KIND, owned(), WANT) == ()
    changed = owned({**SHOWN, "Title": "x", "Type": 9})
    assert drift(KIND, changed, WANT) == (Drift("Title", "t", "x"),)
    assert drift(KIND, owned({"Title": "x"}), WANT) == (Drift("Title", "t", "x"),)
    edited = replace(WANT, delivered={**WANT.delivered, "Text": "newer"})
    assert drift(KIND, changed, edited) == ()


def test_what_moved_is_named() -> None:
    """Name, review and what both replies show; what one leaves out is not compared."""
    seen = an_entry(attributes={**SHOWN, "Type": 3})
    assert moved_on(KIND, seen, seen) == ()
    now = replace(
        seen, name="x", review=Review.REJECTED, attributes={"Text": "other", "Type": 9}
    )
    assert moved_on(KIND, seen, now) == (
        "review approved -> rejected",
        "name login -> x",
        "Text new -> other",
    )
    assert moved_on(KIND, now, replace(seen, attributes={"Title": "y"})) == (
        "review rejected -> approved",
        "name x -> login",
    )


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("ab", "ab", []),
        ("ab", "ba", [(1, "a", "b"), (2, "b", "a")]),
        ("a", "ab", [(2, "", "b")]),
        ("ab", "a", [(2, "b", "")]),
        ("", "", []),
    ],
)
def test_senders_that_count_break_where_a_position_changes(
    before: str, after: str, moved: list[tuple[int, str, str]]
) -> None:
    """Each position once; those that name parameters see comings and goings."""
    found = moved_parameters(tuple(before), tuple(after))
    assert found == tuple(MovedParameter(*each) for each in moved)
    named = moved_parameters(tuple(before), tuple(after), positional=False)
    gone = [(0, name, "") for name in before if name not in after]
    come = [(0, "", name) for name in after if name not in before]
    assert named == tuple(MovedParameter(*each) for each in (*gone, *come))


def test_a_fingerprint_covers_what_decides() -> None:
    """In any order of the entries; not notes, not times, not what is hidden."""
    one, two = an_entry("1", attributes=SHOWN), an_entry("2", attributes=SHOWN)
    found = digest(KIND, (one, two))
    assert len(found) == 32
    assert found == digest(KIND, (two, one))
    same = replace(one, note="no", created=9, attributes={**SHOWN, "Type": 9})
    assert found == digest(KIND, (same, two))
    for other in (
        replace(one, id="3"),
        replace(one, review=Review.REJECTED),
        replace(one, attributes={**SHOWN, "Title": "\ud800"}),
    ):
        assert found != digest(KIND, (other, two))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("您好，欢迎", "您好, 欢迎", True),
        ("ＡＢ", "AB", True),
        ("a b", "ab\n", True),
        ("a", "b", False),
        (1, 1, True),
        (1, 2, False),
        ("1", 1, False),
        (1, "1", False),
    ],
)
def test_texts_are_alike_but_for_width_and_blanks(
    one: str | int, other: str | int, alike: bool
) -> None:
    """What is no text is alike when it is equal."""
    assert similar(one, other) is alike


def test_an_intent_made_the_one_new_entry_of_its_name() -> None:
    """Of its kind and market, not there before, nobody's, and not made much later."""
    intent = Intent(
        action="create",
        name="login",
        international=False,
        known=("7",),
        submitted={"Text": "new", "Type": 3},
        parameters=(),
        at="2027-01-15T08:00:00+00:00",
    )
    right = an_entry("9", created=int(NOW) + 1200)
    wrong = (
        an_entry("7"),
        an_entry("8", name="x"),
        an_entry("6", international=True),
        an_entry("5", created=int(NOW) + 1201),
        an_entry("4"),
        replace(an_entry("3"), kind=Kind.SIGNATURE),
    )
    block = a_block(other=a_version("4"))

    def found(*entries: Any, **changes: Any) -> Any:
        made = replace(intent, **changes)
        return recognise(SLOT, made, block, Reading(entries), a_spec())

    assert found(*wrong, right) is right
    assert found(*wrong) is None
    assert found(right, blind=True) is None
    other = an_entry("10", "another text")
    assert found(right, other) is right  # of two, the one with our text
    assert found(right, an_entry("11")) is None  # nobody knows which
