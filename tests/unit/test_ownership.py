"""Small slips in who owns what: each of these was one that no other test noticed."""

from __future__ import annotations

import pytest

from builders import a_block, a_desired, a_spec, a_version, an_entry, at, plan_of
from smsform.directives import Claim, Directives, Move
from smsform.errors import Position
from smsform.model import Identity, Kind, Review
from smsform.plan import Action, Reason
from smsform.plan.active import by_id, undecided
from smsform.state import Block, Intent, Origin, Record

HERE = Position("t.yaml", 1, 1)
AGO = "2026-01-01T00:00:00+00:00"
TEMPLATE = Kind.TEMPLATE


def did(plan):
    """The key, action and reason of every line."""
    return [(line.address.key, line.action, line.reason) for line in plan.lines]


def test_a_move_names_the_newest_version_where_none_is_active():
    """That is the one a person looks for."""
    record = Record((a_version("1", "old"), a_version("2", "older")))
    entries = (an_entry("1", "old", Review.IN_REVIEW), an_entry("2", "older"))
    plan = plan_of(
        a_desired(),
        entries=entries,
        block=a_block(old=record),
        directives=Directives((Move(TEMPLATE, "old", "login", HERE),)),
    )
    assert (plan.lines[0].reason, plan.lines[0].id) == (Reason.MOVED, "2")


def test_an_adopt_block_rests_where_its_entry_is_gone_and_another_is_owned():
    """Then it has done its work; without another one it waits."""
    owned = Record((a_version("2", review=Review.APPROVED),), "2", AGO)
    directives = Directives((), (Claim(at(), "9", HERE),))
    entries = (an_entry("2"),)
    rests = plan_of(
        a_desired(), entries=entries, block=a_block(login=owned), directives=directives
    )
    assert did(rests) == [("login", Action.NONE, Reason.SETTLED)]
    pending = plan_of(
        a_desired(),
        entries=(an_entry("2", review=Review.IN_REVIEW),),
        block=a_block(login=a_version("2")),
        directives=directives,
    )
    assert did(pending) == [("login", Action.NONE, Reason.IN_REVIEW)]
    waits = plan_of(a_desired(), entries=(), directives=directives)
    assert did(waits) == [("login", Action.WAIT, Reason.MISSING)]
    assert waits.lines[0].id == "9"


def test_an_adopt_block_that_is_done_does_not_end_the_others():
    """Each is followed for itself: done, gone, somebody else's, of another provider."""
    owned = Record((a_version("1", review=Review.APPROVED),), "1", AGO)
    elsewhere = at("second")._replace(provider="other")
    plan = plan_of(
        a_desired(),
        a_desired("second", "other"),
        entries=(an_entry("1"), an_entry("3", "its own", name="x")),
        block=a_block(login=owned),
        directives=Directives(
            (),
            (
                Claim(at(), "1", HERE),
                Claim(at(), "8", HERE, theirs=True),
                Claim(at(), "9", HERE),
                Claim(elsewhere, "7", HERE),
                Claim(at("second"), "3", HERE),
            ),
        ),
    )
    assert ("second", Action.ADOPT, Reason.CLAIMED) in did(plan)


@pytest.mark.parametrize("name", ["a", "loge", "login ", "z"])
def test_a_rejected_entry_of_another_name_is_not_taken(name):
    """Whichever of the two names comes first."""
    entry = an_entry(review=Review.REJECTED, name=name)
    assert did(plan_of(a_desired(), entries=(entry,))) == [
        ("login", Action.CREATE, Reason.NEW)
    ]


@pytest.mark.parametrize(("old", "new"), [("9", "10"), ("10", "11")])
def test_what_is_replaced_has_its_time_whatever_its_id(old, new):
    """Ids are names, not numbers: 9 may be older than 10."""
    versions = (
        a_version(old, "old", review=Review.APPROVED),
        a_version(new, "new"),
    )
    plan = plan_of(
        a_desired(),
        entries=(an_entry(old, "old"), an_entry(new, "new")),
        block=a_block(login=Record(versions, old, AGO)),
    )
    record = plan.block.record((TEMPLATE, "login"))
    assert record.active == new
    assert [bool(each.replaced) for each in record.versions] == [True, False]


@pytest.mark.parametrize("key", ["a", "z"])
def test_an_open_submission_of_another_name_holds_nobody(key):
    """Only one of this address, or of this name, may still turn out to be it."""
    intent = Intent("create", key, False, (), {"Text": "x"}, (), "not known")
    block = Block(Identity("made_up"), {}, {(TEMPLATE, key): intent})
    plan = plan_of(a_desired(), a_desired(key, "x"), block=block)
    assert {k: a for k, a, _ in did(plan)} == {
        "login": Action.CREATE,
        key: Action.WAIT,
    }


def test_only_a_rejection_leaves_its_words():
    """What a reviewer said of anything else is not why it was rejected."""
    version = a_version("1", review=Review.IN_REVIEW, origin=Origin.SUBMITTED)
    for review in (Review.UNKNOWN, Review.APPROVED, Review.CANCELLED, Review.REJECTED):
        entry = an_entry("1", review=review, note="words")
        plan = plan_of(a_desired(), entries=(entry,), block=a_block(login=version))
        [kept] = plan.kept.record((TEMPLATE, "login")).versions
        assert kept.note == ("words" if review is Review.REJECTED else "")


def test_an_orphan_stays_while_what_is_wanted_has_no_active_version():
    """Though an older text has been handed out for long; then it may go."""
    gone = Record((a_version("2", "gone", review=Review.APPROVED),), "2", AGO)
    old = Record((a_version("1", "old", review=Review.APPROVED),), "1", AGO)
    entries = (an_entry("1", "old"), an_entry("2", "gone", name="gone"))
    edited = plan_of(
        a_desired(), entries=entries, block=a_block(login=old, gone=gone), prune=True
    )
    assert did(edited) == [("login", Action.SUPERSEDE, Reason.EDITED)]
    assert edited.orphans[0].spared
    settled = plan_of(
        a_desired("login", "old"),
        entries=entries,
        block=a_block(login=old, gone=gone),
        prune=True,
    )
    assert ("gone", Action.DELETE, Reason.ORPHAN) in did(settled)


@pytest.mark.parametrize(("old", "new"), [("9", "10"), ("10", "9")])
def test_both_are_asked_about_before_an_id_moves(old, new):
    """The one it would move to and the one it would leave; nothing where it rests."""
    versions = (
        a_version(old, "old", review=Review.APPROVED),
        a_version(new, review=Review.APPROVED),
    )
    entries = by_id((an_entry(old, "old"), an_entry(new)))
    block = a_block(login=Record(versions, old, AGO))
    asked = undecided(block, entries, {at(): a_desired()}, "shop", a_spec())
    assert asked == {TEMPLATE: (new, old)}
    rests = undecided(
        block, entries, {at(): a_desired("login", "old")}, "shop", a_spec()
    )
    assert rests == {}
    nothing = undecided(block, entries, {}, "shop", a_spec())
    assert nothing == {}


def test_an_adopt_block_whose_entry_is_not_there_yet_takes_no_other():
    """Though one of its text and name is free: the block says which."""
    plan = plan_of(
        a_desired(),
        entries=(an_entry("1"),),
        directives=Directives((), (Claim(at(), "9", HERE),)),
    )
    assert did(plan) == [("login", Action.WAIT, Reason.MISSING)]
    assert not plan.block.records


def test_what_an_adopt_block_takes_has_one_owner():
    """It was taken by its text elsewhere: it leaves there, with all it meant."""
    taken = a_version("1", review=Review.APPROVED, origin=Origin.ADOPTED)
    plan = plan_of(
        a_desired(),
        a_desired("other"),
        entries=(an_entry("1"),),
        block=a_block(other=Record((taken,), "1", AGO)),
        directives=Directives((), (Claim(at(), "1", HERE),)),
    )
    assert plan.block.owners() == {(TEMPLATE, "1"): (TEMPLATE, "login")}
    assert plan.block.record((TEMPLATE, "login")).active == "1"
    assert plan.block.record((TEMPLATE, "other")).active == ""


def test_what_lapsed_is_not_deleted_in_the_run_that_tells():
    """Ids stood for it until now: it goes with the next one, or comes back."""
    versions = (
        a_version("1", review=Review.APPROVED),
        a_version("2", "other", review=Review.APPROVED, origin=Origin.IMPORTED),
    )
    entries = (an_entry("1"), an_entry("2", "other", Review.REJECTED))
    block = a_block(login=Record(versions, "2", AGO))
    tells = plan_of(a_desired(), entries=entries, block=block)
    assert did(tells) == [("login", Action.NONE, Reason.SETTLED)]
    assert tells.block.record((TEMPLATE, "login")).active == "1"
    later = plan_of(a_desired(), entries=entries, block=tells.kept)
    assert ("login", Action.WITHDRAW, Reason.UNWANTED) in did(later)
