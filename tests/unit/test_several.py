"""What is passed over ends nothing: the next one of several is still looked at.

And other small slips in the plan that no other test noticed.
"""

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
from smsform.delivery import Deliverable, Delivery
from smsform.model import Address, Desired, Existing, Identity, Kind, Review
from smsform.plan import Action, Mark, Options, Plan, Reason
from smsform.plan.file import dump, loads
from smsform.plan.unmet import unmet
from smsform.plan.values import ProviderPlan, Risk
from smsform.state import Block, Intent, Origin, Record

AGO = "2026-01-01T00:00:00+00:00"
REJECTED, APPROVED = Review.REJECTED, Review.APPROVED


def did(plan: ProviderPlan) -> list[tuple[str, str, str]]:
    """Key, action and reason of every line."""
    return [(line.address.key, line.action, line.reason) for line in plan.lines]


def handed_out(id: str = "1", text: str = "new", **changes: object) -> Record:
    """A record whose only version is active."""
    return Record((a_version(id, text, review=APPROVED, **changes),), id, AGO)


def test_a_definition_beside_the_target_does_not_end_the_search_for_removals() -> None:
    """Only the second of two orphans is asked for."""
    block = a_block(
        a=a_version("1", review=REJECTED), b=a_version("2", review=REJECTED)
    )
    entries = (an_entry("1", review=REJECTED), an_entry("2", review=REJECTED))
    asked = frozenset({at("b")})
    plan = plan_of(entries=entries, block=block, targets=asked, delete=asked)
    assert [(c.address.key, c.action) for c in plan.changes] == [("b", Action.DELETE)]


def test_what_was_resubmitted_on_purpose_does_not_end_the_withdrawals() -> None:
    """It stays in review; an older candidate behind it goes."""
    versions = (
        a_version("1", review=APPROVED),
        a_version("2", review=Review.IN_REVIEW),
        a_version("3", "older", review=REJECTED),
    )
    entries = (
        an_entry("1"),
        an_entry("2", review=Review.IN_REVIEW),
        an_entry("3", "older", REJECTED),
    )
    plan = plan_of(
        a_desired(), entries=entries, block=a_block(login=Record(versions, "1", AGO))
    )
    gone = [(line.id, line.action) for line in plan.lines if line.id != "1"]
    assert ("3", Action.WITHDRAW) in gone
    assert ("2", Action.WITHDRAW) not in gone


def test_every_flag_in_vain_is_named() -> None:
    """Behind one that is spared, too, and with no other flag beside it."""
    block = a_block(a=replace_protected(handed_out()))
    options = Options(NOW, delete=frozenset({at("a"), at("zz")}))
    part = plan_of(entries=(an_entry(),), block=block, delete=options.delete)
    assert [each.address.key for each in unmet(Plan((part,), options))] == ["a", "zz"]


def replace_protected(record: Record) -> Record:
    """The same, protected."""
    return replace(record, protected=True)


def test_only_a_target_is_adopted() -> None:
    """What another definition could take stays where it is."""
    entries = (an_entry("1", "a", name="a"), an_entry("2", "b", name="b"))
    wanted = (a_desired("a", "a"), a_desired("b", "b"))
    plan = plan_of(*wanted, entries=entries, targets=frozenset({at("b")}))
    assert did(plan) == [("b", Action.ADOPT, Reason.FOUND)]


def test_an_open_submission_holds_back_submissions_alone() -> None:
    """What is as wanted stays so, whatever else may still appear."""
    slot = (Kind.TEMPLATE, "login")
    block = a_block(login=handed_out())
    at_last = "2027-01-15T08:00:00+00:00"  # NOW: it may still appear
    intent = Intent(
        action="supersede",
        name="login",
        international=False,
        known=("1",),
        submitted={"Text": "old"},
        parameters=(),
        at=at_last,
    )
    plan = plan_of(
        a_desired(), entries=(an_entry(),), block=block.with_intent(slot, intent)
    )
    assert did(plan) == [("login", Action.NONE, Reason.SETTLED)]


def test_an_approved_signature_is_sent_again_when_asked() -> None:
    """Nothing has drifted and nobody said no; signatures are not replaced otherwise."""
    sign = at("shop", Kind.SIGNATURE)
    want = Desired(sign, "Shop", None, {"Name": "Shop"}, a_desired().at, {"Remark": ""})
    entry = Existing(Kind.SIGNATURE, "7", "Shop", APPROVED, {"Name": "Shop"}, None)
    version = a_version("7", submitted={"Name": "Shop", "Remark": ""}, name="Shop")
    record = Record((replace(version, review=APPROVED),), "7", AGO)
    block = Block(Identity("made_up"), {(Kind.SIGNATURE, "shop"): record})
    for asked, reason in ((frozenset({sign}), "resubmit"), (frozenset(), "settled")):
        plan = plan_of(want, entries=(entry,), block=block, resubmit=asked)
        assert [line.reason for line in plan.lines] == [reason]
    template = plan_of(
        a_desired(),
        entries=(an_entry(),),
        block=a_block(login=handed_out()),
        resubmit=frozenset({at()}),
    )
    assert did(template) == [("login", Action.NONE, Reason.SETTLED)]


def test_a_gate_asks_for_the_name_that_is_wanted_now() -> None:
    """An approved signature of the old name opens nothing."""
    sign = at("shop", Kind.SIGNATURE)
    spec = a_spec(gate="approved")
    version = a_version("7", submitted={"Name": "Shop", "Remark": ""}, name="Shop")
    record = Record((replace(version, review=APPROVED),), "7", AGO)
    block = Block(Identity("made_up"), {(Kind.SIGNATURE, "shop"): record})
    entry = Existing(Kind.SIGNATURE, "7", "Shop", APPROVED, {"Name": "Shop"}, None)
    for name, action in (("Shop", Action.CREATE), ("Store", Action.WAIT)):
        want = Desired(sign, name, None, {"Name": name}, a_desired().at, {"Remark": ""})
        template = a_desired(signature=sign)
        plan = plan_of(want, template, entries=(entry,), block=block, spec=spec)
        [line] = [line for line in plan.lines if line.kind is Kind.TEMPLATE]
        assert line.action is action


def test_a_change_shows_what_its_messages_cost() -> None:
    """Segments before and after, and the message as it is read."""
    want = a_desired(text="x" * 80)
    [line] = plan_of(want, entries=(), block=a_block()).lines
    assert (line.segments, line.rendered) == ((0, 2), "x" * 80)
    block = a_block(login=handed_out(text="y"))
    [line] = plan_of(want, entries=(an_entry(text="y"),), block=block).lines
    assert line.segments == (1, 2)
    hidden = replace(a_spec(), kinds={**a_spec().kinds, Kind.TEMPLATE: a_kind(text="")})
    [line] = plan_of(want, entries=(), block=a_block(), spec=hidden).lines
    assert (line.segments, line.rendered) == (None, "")


def test_an_unmanaged_entry_of_our_text_is_a_risk() -> None:
    """It may be in use under that id; one of its own text is none."""
    entries = (
        an_entry("1"),
        an_entry("5", name="theirs"),
        an_entry("6", "own", name="x"),
    )
    plan = plan_of(
        a_desired(),
        entries=entries,
        block=a_block(login=handed_out()),
        show_unmanaged=True,
    )
    assert Risk.SAME_TEXT in plan.risks[Kind.TEMPLATE, "5"]
    assert Risk.SAME_TEXT not in plan.risks[Kind.TEMPLATE, "6"]


def test_a_quota_names_what_of_its_own_kind_could_go() -> None:
    """A replaced template frees no place for signatures."""
    versions = (a_version("1", "old", review=APPROVED), a_version("2", review=APPROVED))
    plan = plan_of(
        a_desired(),
        entries=(an_entry("1", "old"), an_entry("2")),
        block=a_block(login=Record(versions, "2", AGO)),
    )
    found = {quota.kind: quota for quota in plan.quotas}
    assert found[Kind.TEMPLATE].freeable == (at(),)
    assert found[Kind.SIGNATURE].freeable == ()


def test_what_does_not_arrive_counts_while_it_can_be_sent() -> None:
    """Of an id whose approval is gone, that is what is told."""
    never = Delivery(Deliverable.NO, "telecom")
    for review, found in ((APPROVED, ("1",)), (REJECTED, ())):
        version = a_version("1", review=review, delivery=never)
        block = a_block(login=Record((version,), "1", AGO))
        part = ProviderPlan("shop", Identity("made_up"), block)
        assert part.undeliverable == found


def test_every_id_we_own_is_known_by_its_kind() -> None:
    """Of all addresses together; they are asked for where lists leave them out."""
    block = a_block(a=a_version("1"), b=Record((a_version("2"), a_version("3"))))
    assert block.known()[Kind.TEMPLATE] == ("1", "2", "3")
    assert block.known()[Kind.SIGNATURE] == ()


def test_a_saved_plan_holds_every_option() -> None:
    """What was asked for is asked for again by apply."""
    options = Options(
        0.0,
        targets=frozenset({at("a")}),
        resubmit=frozenset({at("b")}),
        retire=frozenset({at("c")}),
        delete=frozenset({at("d"), at("e")}),
        prune=True,
        allow_changes=7,
        allow_deletes=8,
    )
    part = plan_of(a_desired())
    saved = loads(dump(Plan((part,), options)))
    assert saved.options == options
    assert [each.address for each in saved.changes] == [at()]
    assert isinstance(saved.changes[0].address, Address)


@pytest.mark.parametrize("asked", [True, False])
def test_an_adopted_entry_whose_name_is_its_id_is_edited_when_asked(
    asked: bool,
) -> None:
    """There can be no second one of that name; without a person's word it stays."""
    kinds = {**a_spec().kinds, Kind.TEMPLATE: a_kind(named=True)}
    version = a_version("1", review=REJECTED, origin=Origin.ADOPTED)
    plan = plan_of(
        a_desired(name="login"),
        entries=(an_entry(review=REJECTED),),
        block=a_block(login=version),
        spec=a_spec(kinds=kinds),
        resubmit=frozenset({at()} if asked else ()),
    )
    [line] = plan.lines
    assert line.action is (Action.UPDATE if asked else Action.NONE)
    assert Mark.DRIFT not in line.marks
