"""Who owns what: matching at a made-up service, state first, then what is free."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from builders import (
    NOW,
    a_block,
    a_desired,
    a_kind,
    a_spec,
    a_version,
    an_entry,
    at,
    plan_of,
)
from smsform.model import Kind, Review
from smsform.plan import Action, Mark, Reason
from smsform.state import Origin, Record

AGO = "2026-01-01T00:00:00+00:00"
SLOT = (Kind.TEMPLATE, "login")


def did(plan):
    """What a plan says: the address's key, the action and the reason of every line."""
    return [(line.address.key, line.action, line.reason) for line in plan.lines]


def test_an_equal_text_under_any_name_is_taken():
    """Whatever its name: a text that exists is never submitted again."""
    plan = plan_of(a_desired(), entries=(an_entry(name="in the console"),))
    assert did(plan) == [("login", Action.ADOPT, Reason.FOUND)]
    assert plan.block.record(SLOT).versions[0].origin is Origin.ADOPTED
    assert not plan.kept.records  # that is for apply to write down
    assert plan.lines[0].marks == (Mark.UNVERIFIED,)


def test_of_equal_texts_the_one_with_the_name_is_taken_first():
    """Names tell two of one text apart."""
    entries = (an_entry("1", name="x"), an_entry("2", name="login"))
    [line] = plan_of(a_desired(), entries=entries).lines
    assert (line.action, line.id) == (Action.ADOPT, "2")


def test_several_of_another_name_are_for_a_person():
    """Their ids are listed."""
    entries = (an_entry("1", name="x"), an_entry("2", name="y"))
    [line] = plan_of(a_desired(), entries=entries).lines
    assert (line.reason, line.candidates) == (Reason.AMBIGUOUS, ("1", "2"))
    assert line.by_hand
    assert not line.pending


@pytest.mark.parametrize(
    ("review", "name", "action"),
    [
        (Review.REJECTED, "x", Action.CREATE),
        (Review.REJECTED, "login", Action.ADOPT),
        (Review.UNKNOWN, "x", Action.CREATE),
        (Review.UNKNOWN, "login", Action.ADOPT),
        (Review.IN_REVIEW, "x", Action.ADOPT),
        (Review.APPROVED_INACTIVE, "x", Action.ADOPT),
        (Review.CANCELLED, "login", Action.CREATE),
    ],
)
def test_a_rejected_entry_is_taken_by_its_own_name_only(review, name, action):
    """Somebody else's refusal is nobody's text."""
    entry = an_entry(review=review, name=name)
    assert plan_of(a_desired(), entries=(entry,)).lines[0].action is action


def test_one_wanted_by_several_goes_to_the_one_with_its_name():
    """The other is submitted, in this very plan."""
    entry = an_entry(name="x")
    plan = plan_of(a_desired("y"), a_desired("x"), entries=(entry,))
    assert did(plan) == [
        ("x", Action.ADOPT, Reason.FOUND),
        ("y", Action.CREATE, Reason.NEW),
    ]


def test_one_wanted_by_several_of_other_names_is_for_a_person():
    """Nothing is taken, nothing submitted."""
    plan = plan_of(a_desired("y"), a_desired("x"), entries=(an_entry(name="z"),))
    assert [line.candidates for line in plan.lines] == [("1",), ("1",)]
    assert {line.reason for line in plan.lines} == {Reason.AMBIGUOUS}


@pytest.mark.parametrize("text", ["n e w", "ｎｅｗ", "new\u3000"])
def test_a_text_that_differs_in_width_or_white_space_is_for_a_person(text):
    """A service may have normalised what we sent: it is not sent again blindly."""
    plan = plan_of(a_desired(), entries=(an_entry(text=text, name="x"),))
    assert (plan.lines[0].reason, plan.lines[0].candidates) == (
        Reason.AMBIGUOUS,
        ("1",),
    )


def test_an_entry_of_another_block_at_this_account_is_taken():
    """By nobody: it has an owner."""
    elsewhere = frozenset({(Kind.TEMPLATE, "1")})
    plan = plan_of(a_desired(), entries=(an_entry(),), elsewhere=elsewhere)
    assert plan.lines[0].action is Action.CREATE


def owning(text, *ids, active="", key="login", **changes):
    """A record of approved versions of one text."""
    versions = tuple(
        a_version(id, text, review=Review.APPROVED, **changes) for id in ids
    )
    return {key: Record(versions, active, AGO if active else "")}


def test_a_version_its_owner_has_no_use_for_is_passed_on():
    """It is neither what its owner wants nor what ids hand out for it."""
    block = a_block(
        login=Record(
            (
                a_version("1", "old", review=Review.APPROVED, replaced=AGO),
                a_version("2", "new", review=Review.APPROVED),
            ),
            "2",
            AGO,
        )
    )
    entries = (an_entry("1", "old"), an_entry("2", "new"))
    plan = plan_of(a_desired(), a_desired("other", "old"), entries=entries, block=block)
    assert did(plan) == [
        ("other", Action.ADOPT, Reason.PASSED_ON),
        ("login", Action.NONE, Reason.SETTLED),
    ]
    assert plan.lines[0].moved_from == at("login")
    record = plan.block.record((Kind.TEMPLATE, "other"))
    assert (record.active, record.versions[0].origin) == ("1", Origin.SUBMITTED)
    assert record.versions[0].replaced == ""


def test_what_ids_hand_out_for_its_owner_stays_with_it():
    """A further one is submitted."""
    entries = (an_entry("1", "old"),)
    block = a_block(**owning("old", "1", active="1"))
    plan = plan_of(a_desired(), a_desired("other", "old"), entries=entries, block=block)
    assert did(plan) == [
        ("login", Action.SUPERSEDE, Reason.EDITED),
        ("other", Action.CREATE, Reason.NEW),
    ]


def test_state_first_to_a_fixed_point():
    """What one address takes frees what another wants; only then is submitted."""
    entries = (an_entry("1", "B"), an_entry("2", "N"))
    block = a_block(**owning("B", "1", active="1"))
    plan = plan_of(
        a_desired("b", "B"), a_desired("login", "N"), entries=entries, block=block
    )
    assert did(plan) == [
        ("login", Action.ADOPT, Reason.FOUND),
        ("b", Action.ADOPT, Reason.PASSED_ON),
    ]


def test_a_target_takes_nothing_that_another_definition_has_the_name_of():
    """A plan limited to one address does not take from the others."""
    plan = plan_of(
        a_desired("y"),
        a_desired("x"),
        entries=(an_entry(name="x"),),
        targets=frozenset({at("y")}),
    )
    assert did(plan) == [("y", Action.CREATE, Reason.NEW)]


# -- what was submitted, and by whom ---------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "order", "equal"),
    [
        (Origin.SUBMITTED, "5", True),
        (Origin.SUBMITTED, "6", False),
        (Origin.SUBMITTED, "", True),
        (Origin.IMPORTED, "5", True),
        (Origin.ADOPTED, "5", False),
    ],
)
def test_as_submitted_counts_until_somebody_else_submits_again(origin, order, equal):
    """And never for what was adopted by its text: that is what it shows."""
    entry = an_entry(text="new, normalised", order=order)
    version = a_version(origin=origin, order="5", review=Review.APPROVED)
    block = a_block(login=Record((version,), "1", AGO))
    [line] = plan_of(a_desired(), entries=(entry,), block=block).lines
    assert (line.action is Action.NONE) is equal
    assert (Mark.DRIFT in line.marks) is equal


def test_the_mark_of_a_submission_is_remembered_when_it_is_first_seen():
    """Before its verdict, where no answer told it; and stays then."""
    entry = an_entry(order="5", review=Review.IN_REVIEW)
    block = a_block(login=a_version())
    seen = plan_of(a_desired(), entries=(entry,), block=block).kept
    assert seen.record(SLOT).versions[0].order == "5"
    later = an_entry(order="6", review=Review.APPROVED)
    seen = plan_of(a_desired(), entries=(later,), block=seen).kept
    assert seen.record(SLOT).versions[0].order == "5"


@pytest.mark.parametrize(
    ("origin", "review"),
    [
        (Origin.IMPORTED, Review.IN_REVIEW),
        (Origin.ADOPTED, Review.IN_REVIEW),
        (Origin.SUBMITTED, Review.REJECTED),
    ],
)
def test_a_mark_of_what_is_not_ours_to_be_judged_goes_along_with_a_verdict(
    origin, review
):
    """By itself it is no reason to write a state."""
    entry = an_entry(order="5", review=review)
    block = a_block(login=a_version(review=review, origin=origin))
    assert plan_of(a_desired(), entries=(entry,), block=block).kept == block
    entry = replace(entry, review=Review.APPROVED)
    seen = plan_of(a_desired(), entries=(entry,), block=block).kept
    assert seen.record(SLOT).versions[0].order == "5"


@pytest.mark.parametrize("review", [Review.IN_REVIEW, Review.REJECTED])
def test_what_was_adopted_is_never_edited_in_place(review):
    """It may be somebody else's as well: an edit is a new version beside it."""
    entry = an_entry(text="old", review=review)
    for origin, action in (
        (Origin.ADOPTED, Action.SUPERSEDE),
        (Origin.SUBMITTED, Action.UPDATE),
    ):
        version = a_version(text="old", origin=origin, review=review)
        plan = plan_of(a_desired(), entries=(entry,), block=a_block(login=version))
        assert plan.lines[0].action is action
    kinds = {**a_spec().kinds, Kind.TEMPLATE: a_kind(edits=frozenset())}
    block = a_block(login=a_version(text="old", origin=Origin.ADOPTED, review=review))
    plan = plan_of(a_desired(), entries=(entry,), block=block, spec=a_spec(kinds=kinds))
    assert plan.lines[0].action is Action.SUPERSEDE


def test_a_pending_equal_version_counts_before_a_rejected_one():
    """A newer refusal of the same text does not hide what is being reviewed."""
    entries = (
        an_entry("1", review=Review.IN_REVIEW),
        an_entry("2", review=Review.REJECTED),
    )
    block = a_block(login=Record((a_version("1"), a_version("2"))))
    [line] = plan_of(a_desired(), entries=entries, block=block).lines
    assert (line.reason, line.id) == (Reason.IN_REVIEW, "1")


def test_a_candidate_that_was_sent_again_on_purpose_is_not_withdrawn():
    """An equal one beside the active one is what `--resubmit` made."""
    entries = (an_entry("1"), an_entry("2", review=Review.IN_REVIEW))
    versions = (a_version("1", review=Review.APPROVED), a_version("2"))
    block = a_block(login=Record(versions, "1", AGO))
    assert did(plan_of(a_desired(), entries=entries, block=block)) == [
        ("login", Action.NONE, Reason.SETTLED)
    ]


# -- what may go -----------------------------------------------------------------------


def test_retire_after_counts_for_each_version_by_itself():
    """One that joins an address long active has all its time still to come."""
    entries = (an_entry("1", "old"), an_entry("2", "older"), an_entry("3"))
    versions = (
        a_version("1", "old", review=Review.APPROVED, replaced=AGO),
        a_version("2", "older", review=Review.APPROVED),
        a_version("3", review=Review.APPROVED),
    )
    block = a_block(login=Record(versions, "3", AGO))
    plan = plan_of(a_desired(), entries=entries, block=block, retire_after=60.0)
    gone = [line.id for line in plan.lines if line.action is Action.RETIRE]
    assert gone == ["1"]
    assert {each.id: each.since for each in plan.retirable}["2"] == NOW
    later = plan_of(
        a_desired(), entries=entries, block=plan.kept, retire_after=60.0, now=NOW + 60
    )
    assert [x.id for x in later.lines if x.action is Action.RETIRE] == ["1", "2"]


def orphaned(**changes):
    """An approved orphan beside a definition that has its own."""
    entries = (an_entry("1"), an_entry("7", "gone", name="gone"))
    login = Record((a_version(review=Review.APPROVED),), "1", AGO)
    gone = Record((a_version("7", "gone", name="gone", review=Review.APPROVED),))
    return {"entries": entries, "block": a_block(login=login, gone=gone), **changes}


def deleted(plan):
    """The ids a plan deletes as orphans."""
    return [line.id for line in plan.lines if line.action is Action.DELETE]


def test_prune_spares_an_approved_orphan_while_it_may_have_become_a_definition():
    """A key, a name and a text may change in one edit: only time tells."""
    fine = plan_of(a_desired(), **orphaned(), prune=True)
    assert deleted(fine) == ["7"]
    lacking = plan_of(a_desired(), a_desired("fresh", "x"), **orphaned(), prune=True)
    assert deleted(lacking) == []
    [orphan] = lacking.orphans
    assert "moved" in orphan.spared
    assert "apply --delete shop/template.gone" in orphan.spared
    asked = plan_of(
        a_desired(),
        a_desired("fresh", "x"),
        **orphaned(),
        delete=frozenset({at("gone")}),
    )
    assert deleted(asked) == ["7"]


@pytest.mark.parametrize(
    ("retire_after", "age", "gone"),
    [
        (None, 14 * 86400 - 1, False),
        (None, 14 * 86400, True),
        (60.0, 59, False),
        (60.0, 60, True),
    ],
)
def test_prune_spares_an_approved_orphan_beside_a_young_definition(
    retire_after, age, gone
):
    """Applications must have had the chance to fetch the new id."""
    from datetime import datetime

    now = datetime.fromisoformat(AGO).timestamp() + age
    plan = plan_of(
        a_desired(), **orphaned(), prune=True, retire_after=retire_after, now=now
    )
    assert deleted(plan) == (["7"] if gone else [])
    if not gone:
        assert "lately" in plan.orphans[0].spared


def test_only_definitions_of_its_market_keep_an_orphan():
    """And a rejected orphan goes at once: no application has it."""
    abroad = a_desired("fresh", "x", international=True)
    assert deleted(plan_of(a_desired(), abroad, **orphaned(), prune=True)) == ["7"]
    case = orphaned()
    entries = (case["entries"][0], replace(case["entries"][1], review=Review.REJECTED))
    plan = plan_of(
        a_desired(),
        a_desired("fresh", "x"),
        entries=entries,
        block=case["block"],
        prune=True,
    )
    assert deleted(plan) == ["7"]
