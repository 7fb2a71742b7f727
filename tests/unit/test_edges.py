"""Edges that a change of one sign would move: limits, times, keys that may not list."""

from __future__ import annotations

from importlib import import_module

import pytest

from builders import (
    HERE,
    NOW,
    a_block,
    a_desired,
    a_spec,
    a_version,
    an_entry,
    at,
    plan_of,
)
from smsform.apply.guard import check
from smsform.apply.ledger import Ledger
from smsform.apply.run import Run
from smsform.apply.values import Result
from smsform.config import Policy
from smsform.delivery import Deliverable, Delivery
from smsform.directives import Claim, Directives, Move
from smsform.errors import Unclear, UnsafePlan
from smsform.model import Evidence, Identity, Kind, Reading, Review
from smsform.plan import Action, Mark, Options, Reason
from smsform.plan.active import by_id, iso, undecided
from smsform.plan.reconcile import SETTLING, reconcile
from smsform.state import Author, Block, Intent, Record, State

AGO = "2026-01-01T00:00:00+00:00"
SLOT = (Kind.TEMPLATE, "login")


# -- the guard -------------------------------------------------------------------------


def deleting(count):
    """A plan that deletes so many orphans."""
    numbers = range(1, count + 1)
    entries = tuple(an_entry(str(n), f"t{n}", name=f"n{n}") for n in numbers)
    block = a_block(
        **{
            f"gone{each.id}": a_version(each.id, each.attributes["Text"])
            for each in entries
        }
    )
    keys = frozenset(at(f"gone{n}") for n in range(1, count + 1))
    return plan_of(entries=entries, block=block, delete=keys)


@pytest.mark.parametrize(
    ("limit", "allowed", "refused"),
    [(3, None, False), (2, None, True), (0, 3, False), (0, 2, True), (9, 0, False)],
)
def test_as_many_deletions_as_allowed_and_not_one_more(limit, allowed, refused):
    """The policy's number or the flag's, whichever is more."""
    part = deleting(3)
    assert len(part.changes) == 3
    options = Options(NOW, allow_deletes=allowed)
    if not refused:
        check(part, Policy(max_deletes=limit), options)
        return
    with pytest.raises(UnsafePlan) as caught:
        check(part, Policy(max_deletes=limit), options)
    assert (caught.value.count, caught.value.limit) == (3, max(limit, allowed or 0))
    assert caught.value.flag == "--allow-deletes"


@pytest.mark.parametrize(
    ("at_least", "percent", "allowed", "refused"),
    [
        (4, 0, None, False),
        (3, 0, None, True),
        (0, 100, None, False),
        (0, 75, None, True),
        (0, 0, 4, False),
        (0, 0, 3, True),
    ],
)
def test_as_many_edits_as_allowed_and_not_one_more(at_least, percent, allowed, refused):
    """Updates and supersedes; creations never count."""
    wanted = [a_desired(f"k{n}", f"new{n}") for n in range(4)]
    entries = tuple(
        an_entry(
            str(n + 1),
            f"old{n}",
            (Review.APPROVED, Review.IN_REVIEW)[n % 2],
            name=f"k{n}",
        )
        for n in range(4)
    )
    block = a_block(
        **{f"k{n}": a_version(str(n + 1), f"old{n}", name=f"k{n}") for n in range(4)}
    )
    part = plan_of(*wanted, entries=entries, block=block)
    assert {line.action for line in part.lines} == {Action.UPDATE, Action.SUPERSEDE}
    policy = Policy(max_changes_at_least=at_least, max_changes_percent=percent)
    options = Options(NOW, allow_changes=allowed)
    if refused:
        with pytest.raises(UnsafePlan, match="shop"):
            check(part, policy, options)
    else:
        check(part, policy, options)


# -- which of several ------------------------------------------------------------------


def test_among_approved_equals_the_active_one_stays():
    """Although a newer one is approved as well: ids do not change for nothing."""
    entries = (an_entry("1"), an_entry("2"))
    versions = tuple(a_version(id, review=Review.APPROVED) for id in ("1", "2"))
    block = a_block(login=Record(versions, "1", AGO))
    plan = plan_of(a_desired(), entries=entries, block=block)
    assert plan.lines[0].id == "1"
    assert plan.kept.record(SLOT).active == "1"


def test_an_approved_equal_counts_before_a_newer_one_that_waits():
    """It is active already; what waits changes nothing about it."""
    entries = (an_entry("1"), an_entry("2", review=Review.IN_REVIEW))
    versions = (a_version("1", review=Review.APPROVED), a_version("2"))
    plan = plan_of(a_desired(), entries=entries, block=a_block(login=Record(versions)))
    assert (plan.lines[0].id, plan.lines[0].reason) == ("1", Reason.SETTLED)


# -- what an open submission made ------------------------------------------------------


def an_intent(at_=NOW, blind=False, known=()):
    """A submission of the login template whose outcome nobody knows."""
    sent = {"Text": "new", "Type": 3, "Remark": "why"}
    return Intent("create", "login", False, known, sent, (), iso(at_), blind=blind)


@pytest.mark.parametrize(("late", "ours"), [(0, True), (1, False)])
def test_what_was_made_too_late_somebody_else_made(late, ours):
    """Up to twenty minutes after it is ours, a second later it is not."""
    made = int(NOW) + int(2 * SETTLING) + late
    entry = an_entry("7", "other text", created=made)
    block = a_block().with_intent(SLOT, an_intent())
    plan = plan_of(a_desired(), entries=(entry,), block=block, now=float(made))
    versions = plan.kept.record(SLOT).versions
    assert bool(versions) is ours


# -- keys that may not list ------------------------------------------------------------


def test_a_key_that_may_not_list_takes_nothing():
    """What it sees is what it asked for by id: that has owners, or a block names it."""
    other = an_entry("7", name="login")
    block = a_block(other=a_version("9", "x"))
    seen = (other, an_entry("9", "x", name="other"))
    for listed, action in ((True, Action.ADOPT), (False, Action.WAIT)):
        plan = plan_of(
            a_desired(),
            a_desired("other", "x"),
            entries=seen,
            block=block,
            listed=listed,
        )
        lines = {line.address.key: line.action for line in plan.lines}
        assert lines["login"] is action


def test_a_key_that_may_not_list_counts_no_quota_and_asks_for_no_signature():
    """It does not know what the account holds."""
    spec = a_spec(signature_first=True)
    seen = plan_of(a_desired(), spec=spec)
    assert seen.lines[0].reason is Reason.SIGNATURE
    assert seen.lines[0].by_hand  # nothing is coming by itself
    assert not seen.lines[0].pending
    assert seen.quotas
    blind = plan_of(a_desired(), spec=spec, listed=False)
    assert blind.lines[0].action is Action.CREATE
    assert not blind.quotas


@pytest.mark.parametrize("blind", [True, False])
def test_what_was_submitted_blindly_is_never_recognised(blind):
    """What was there before nobody could see."""
    block = a_block().with_intent(SLOT, an_intent(blind=blind))
    plan = plan_of(a_desired(), entries=(an_entry("7"),), block=block)
    assert bool(plan.kept.record(SLOT).versions) is not blind


class Silent:
    """A provider whose creations get no answer, and whose list may not be read."""

    def __init__(self, listed):
        self.listed, self.reads, self.made = listed, 0, []

    def ready(self, kind):
        """At once."""

    def create(self, desired, name):
        """Made, without an answer."""
        self.made.append(an_entry("9", review=Review.IN_REVIEW, created=int(NOW)))
        raise Unclear("shop", "Add", "reset")

    def read(self, known):
        """What it may see."""
        self.reads += 1
        return Reading(tuple(self.made) if self.listed else (), self.listed)


class Clock:
    """Does not wait."""

    def now(self):
        """The present."""
        return NOW

    def sleep(self, seconds):
        """At once."""


class Memory:
    """Keeps nothing."""

    def add(self, step):
        """Nothing by steps."""
        return False

    def save(self, state):
        """Nowhere."""


@pytest.mark.parametrize("listed", [True, False])
def test_a_key_that_may_not_list_looks_once_and_leaves_it_open(listed):
    """Looking again shows no more; the intent says that nobody could see."""
    provider, part = Silent(listed), plan_of(a_desired(), listed=listed)
    block = Block(Identity("made_up"))
    ledger = Ledger(Memory(), State({"shop": block}), Author())
    run = Run(part, provider, a_spec(), Reading((), listed), ledger, Clock())
    [outcome] = run.outcomes()
    assert outcome.result is (Result.DONE if listed else Result.UNKNOWN)
    assert provider.reads == 1
    intents = ledger.block("shop").intents
    assert bool(intents) is not listed
    assert all(each.blind for each in intents.values())


def test_without_leave_not_one_edit_is_allowed():
    """Where the policy allows none, one is refused."""
    entry = an_entry(text="old")
    part = plan_of(
        a_desired(), entries=(entry,), block=a_block(login=a_version(text="old"))
    )
    with pytest.raises(UnsafePlan) as caught:
        check(part, Policy(max_changes_at_least=0, max_changes_percent=0), Options(NOW))
    assert (caught.value.count, caught.value.limit) == (1, 0)


def test_a_signature_waits_for_no_signature():
    """Not even where an account needs one first, and its own evidence is missing."""
    missing = (Evidence("Proof", "license.png", ""),)
    want = a_desired(
        "shop",
        address=at("shop", Kind.SIGNATURE),
        name="Shop",
        evidence=missing,
        delivered={"Name": "Shop"},
        review_only={},
    )
    [line] = plan_of(want, spec=a_spec(signature_first=True)).lines
    assert line.action is Action.CREATE


def carried(told):
    """An approved successor of an active version, of which *told* was told."""
    entries = (
        an_entry("1", "old"),
        an_entry("2", delivery=Delivery(told, "filing", 7)),
    )
    versions = (
        a_version("1", "old", review=Review.APPROVED),
        a_version("2", review=Review.APPROVED),
    )
    block = a_block(login=Record(versions, "1", AGO))
    return plan_of(a_desired(), entries=entries, block=block)


@pytest.mark.parametrize(
    ("told", "active"),
    [
        (Deliverable.YES, "2"),
        (Deliverable.UNTOLD, "2"),
        (Deliverable.NOT_YET, "1"),
        (Deliverable.NO, "1"),
    ],
)
def test_delivery_only_delays(told, active):
    """Ids stay until the new one arrives; what was told is remembered with its time."""
    plan = carried(told)
    record = plan.kept.record(SLOT)
    assert record.active == active
    assert record.versions[1].delivery == Delivery(told, "filing", 7, iso(NOW))
    assert (Mark.DELAYED in plan.lines[0].marks) is (active == "1")
    assert plan.lines[0].action is Action.NONE


def test_what_was_asked_in_vain_moves_nothing():
    """Neither to an entry that could not be asked about, nor away from one."""
    entries = (an_entry("1", "old"), an_entry("2"))
    versions = tuple(
        a_version(each.id, each.attributes["Text"], review=Review.APPROVED)
        for each in entries
    )
    block = a_block(login=Record(versions, "1", AGO))
    for silent, active in (("", "2"), ("1", "1"), ("2", "1")):
        reading = Reading(entries, unanswered=frozenset({(Kind.TEMPLATE, silent)}))
        wanted = {at(): a_desired()}
        fresh = reconcile("shop", block, reading, wanted, a_spec(), NOW)
        assert fresh.block.record(SLOT).active == active


def test_both_ends_of_a_move_are_asked_about():
    """And nothing else: each question costs a call."""
    entries = by_id((an_entry("1", "old"), an_entry("2"), an_entry("3", "x")))
    versions = tuple(
        a_version(id, text, review=Review.APPROVED)
        for id, text in (("1", "old"), ("2", "new"))
    )
    block = a_block(login=Record(versions, "1", AGO), other=a_version("3", "x"))
    wanted = {at(): a_desired(), at("other"): a_desired("other", "y")}
    found = undecided(block, entries, wanted, "shop", a_spec())
    assert {kind: set(ids) for kind, ids in found.items()} == {
        Kind.TEMPLATE: {"1", "2"}
    }


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_every_reason_and_mark_has_its_words_in_every_report(language):
    """Text, Markdown and page: a new one without words would end a report."""
    report = import_module(f"smsform.words.{language}.report").WORDS
    page = import_module(f"smsform.words.{language}.page").WORDS
    for mark in Mark:
        assert mark in report
        assert f"mark_{mark}" in page
    for reason in Reason:
        assert ("moved_key" if reason is Reason.MOVED else reason) in report
        assert f"reason_{reason}" in page


# -- found by mutants ------------------------------------------------------------------


def test_active_goes_back_with_the_definition():
    """To an older id, where the definition is back at its text."""
    entries = (an_entry("1"), an_entry("2", "other"))
    versions = (
        a_version("1", review=Review.APPROVED, replaced=AGO),
        a_version("2", "other", review=Review.APPROVED),
    )
    block = a_block(login=Record(versions, "2", AGO))
    record = plan_of(a_desired(), entries=entries, block=block).kept.record(SLOT)
    assert record.active == "1"
    assert (record.versions[0].replaced, record.versions[1].replaced) == ("", iso(NOW))


def test_a_submission_of_the_name_under_another_key_is_waited_for():
    """It may be this text: it is not sent beside it."""
    block = a_block().with_intent((Kind.TEMPLATE, "other"), an_intent())
    [line] = plan_of(a_desired(), block=block).lines
    assert line.reason is Reason.UNCLEAR
    [abroad] = plan_of(a_desired(international=True), block=block).lines
    assert abroad.action is Action.CREATE


def test_a_version_of_another_type_is_not_passed_on():
    """The same text, but what the service does not show is remembered otherwise."""
    versions = (
        a_version("1", submitted={"Text": "old", "Type": 2}, review=Review.APPROVED),
        a_version("2", review=Review.APPROVED),
    )
    block = a_block(login=Record(versions, "2", AGO))
    plan = plan_of(
        a_desired(),
        a_desired("other", "old"),
        block=block,
        entries=(an_entry("1", "old"), an_entry("2")),
    )
    assert [x.action for x in plan.lines if x.address.key == "other"] == [Action.CREATE]


def test_a_moved_key_without_an_active_version_names_its_newest():
    """The line shows which entry it speaks of."""
    block = a_block(old=a_version("7", "x"))
    moves = Directives((Move(Kind.TEMPLATE, "old", "login", HERE),))
    entries = (an_entry("7", "x", Review.IN_REVIEW),)
    plan = plan_of(a_desired(), entries=entries, block=block, directives=moves)
    assert (plan.lines[0].reason, plan.lines[0].id) == (Reason.MOVED, "7")


def test_blocks_of_other_providers_are_theirs():
    """And those after them still count."""
    other = Claim(at()._replace(provider="mall"), "7", HERE)
    mine = Claim(at(), "8", HERE)
    plan = plan_of(
        a_desired(),
        directives=Directives((), (other, mine)),
        entries=(an_entry("7", "x", name="x"), an_entry("8", "y", name="y")),
    )
    assert (plan.lines[0].reason, plan.lines[0].id) == (Reason.CLAIMED, "8")
