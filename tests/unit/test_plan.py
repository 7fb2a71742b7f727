"""The plan table, matching and removals, at a made-up service."""

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
from smsform.errors import ForeignAccount
from smsform.model import Evidence, Existing, Kind, Review
from smsform.plan import (
    Action,
    InUse,
    Mark,
    MovedParameter,
    Options,
    Plan,
    Reason,
)
from smsform.plan.unmet import unmet
from smsform.provider import Limit
from smsform.state import Block, Intent, Origin, Record

AGO = "2026-01-01T00:00:00+00:00"


def only(plan):
    """The one line of a plan."""
    (line,) = plan.lines
    return line


def owning(*entries, active="", **changes):
    """A block that owns *entries*, whose texts were submitted as they are shown."""
    versions = tuple(
        a_version(each.id, each.attributes["Text"], review=each.review)
        for each in entries
    )
    since = AGO if active else ""
    return a_block(login=Record(versions, active, since, **changes))


@pytest.mark.parametrize(
    ("review", "text", "action", "reason"),
    [
        (Review.IN_REVIEW, "new", Action.NONE, Reason.IN_REVIEW),
        (Review.IN_REVIEW, "old", Action.UPDATE, Reason.EDITED),
        (Review.APPROVED_INACTIVE, "new", Action.NONE, Reason.INACTIVE),
        (Review.APPROVED_INACTIVE, "old", Action.SUPERSEDE, Reason.EDITED),
        (Review.REJECTED, "new", Action.NONE, Reason.REJECTED),
        (Review.REJECTED, "old", Action.UPDATE, Reason.REJECTED),
        (Review.APPROVED, "new", Action.NONE, Reason.SETTLED),
        (Review.APPROVED, "old", Action.SUPERSEDE, Reason.EDITED),
        (Review.UNKNOWN, "new", Action.WAIT, Reason.UNKNOWN),
        (Review.UNKNOWN, "old", Action.WAIT, Reason.UNKNOWN),
    ],
)
def test_the_table(review, text, action, reason):
    """Each cell of the table: the review of the version looked at x equality."""
    entry = an_entry(text=text, review=review)
    line = only(plan_of(a_desired(), entries=(entry,), block=owning(entry)))
    assert (line.action, line.reason) == (action, reason)


def test_nothing_there_is_created():
    """Without any version the entry is submitted."""
    line = only(plan_of(a_desired()))
    assert (line.action, line.reason) == (Action.CREATE, Reason.NEW)
    assert line.after == {"Text": "new", "Type": 3, "Remark": "why"}


def test_a_service_that_does_not_edit_pending_entries_makes_us_wait():
    """Where pending entries cannot be edited, an edit waits for the verdict."""
    entry = an_entry(text="old", review=Review.IN_REVIEW)
    kinds = {**a_spec().kinds, Kind.TEMPLATE: a_kind(edits=frozenset())}
    line = only(
        plan_of(
            a_desired(), entries=(entry,), block=owning(entry), spec=a_spec(kinds=kinds)
        )
    )
    assert (line.action, line.reason) == (Action.WAIT, Reason.IN_REVIEW)


def test_a_vanished_version_is_said_loudly():
    """An id the service has no more is submitted again, with a reason of its own."""
    kept = an_entry("9", "another text")
    block = a_block(login=a_version("1"), other=a_version("9", "another text"))
    plan = plan_of(a_desired(), entries=(kept,), block=block)
    assert plan.lines[0].reason is Reason.VANISHED


def test_no_known_id_at_all_is_another_account():
    """When nothing we know exists, the plan is an error, not a mass creation."""
    with pytest.raises(ForeignAccount):
        plan_of(a_desired(), block=a_block(login=a_version("1")))


def test_a_cancelled_version_counts_as_absent():
    """A cancelled entry does not keep its address from being submitted."""
    entry = an_entry(review=Review.CANCELLED)
    line = only(plan_of(a_desired(), entries=(entry,), block=owning(entry)))
    assert line.action is Action.CREATE


def test_a_normalised_text_is_drift_and_nothing_else():
    """A text the service changed by itself never starts a loop of submissions."""
    entry = an_entry(text="new, normalised")
    block = a_block(login=a_version(text="new"))
    line = only(plan_of(a_desired(), entries=(entry,), block=block))
    assert (line.action, line.marks) == (Action.NONE, (Mark.DRIFT,))
    sent = plan_of(
        a_desired(), entries=(entry,), block=block, resubmit=frozenset({at()})
    )
    assert only(sent).action is Action.SUPERSEDE


def test_a_type_that_cannot_be_read_is_compared_with_the_state_file():
    """An edited type is seen although the service never shows it."""
    entry = an_entry()
    block = a_block(login=a_version(submitted={"Text": "new", "Type": 2}))
    line = only(plan_of(a_desired(), entries=(entry,), block=block))
    assert line.action is Action.SUPERSEDE


@pytest.mark.parametrize(
    ("review", "action"),
    [
        (Review.APPROVED, Action.NONE),
        (Review.IN_REVIEW, Action.NONE),
        (Review.REJECTED, Action.UPDATE),
    ],
)
def test_review_only_attributes_count_on_a_rejected_version_only(review, action):
    """A remark is for reviewers: only where they said no does a new one matter."""
    entry = an_entry(review=review)
    want = a_desired(review_only={"Remark": "a better reason"})
    line = only(plan_of(want, entries=(entry,), block=owning(entry)))
    assert line.action is action


def test_resubmit_sends_a_rejected_text_again():
    """An equal rejected version is left alone until asked for."""
    entry = an_entry(review=Review.REJECTED, note="bad")
    block = owning(entry)
    quiet = only(plan_of(a_desired(), entries=(entry,), block=block))
    assert quiet.rejected
    asked = plan_of(
        a_desired(), entries=(entry,), block=block, resubmit=frozenset({at()})
    )
    assert (only(asked).action, only(asked).reason) == (Action.UPDATE, Reason.RESUBMIT)


def test_the_version_looked_at_is_an_equal_approved_one_first():
    """Going back to an approved text submits nothing and withdraws the candidate."""
    first, second = an_entry("1", "new"), an_entry("2", "other", Review.IN_REVIEW)
    block = owning(first, second, active="1")
    plan = plan_of(a_desired(), entries=(first, second), block=block)
    actions = {(line.action, line.id) for line in plan.lines}
    assert actions == {(Action.NONE, "1"), (Action.WITHDRAW, "2")}


def test_a_candidate_the_service_will_not_delete_is_a_warning():
    """Where pending entries cannot be deleted, the candidate is listed, not touched."""
    first, second = an_entry("1", "new"), an_entry("2", "other", Review.IN_REVIEW)
    kinds = {**a_spec().kinds, Kind.TEMPLATE: a_kind(deletes=frozenset())}
    plan = plan_of(
        a_desired(),
        entries=(first, second),
        block=owning(first, second, active="1"),
        spec=a_spec(kinds=kinds),
    )
    assert [line.id for line in plan.stuck] == ["2"]
    assert not plan.changes


# -- active ---------------------------------------------------------------------------


def test_active_moves_only_to_an_approved_version_that_equals_the_definition():
    """The old id stays active until the new one is approved."""
    old, new = an_entry("1", "old"), an_entry("2", "new", Review.IN_REVIEW)
    block = owning(old, new, active="1")
    waiting = plan_of(a_desired(), entries=(old, new), block=block)
    assert waiting.block.record((Kind.TEMPLATE, "login")).active == "1"
    new = replace(new, review=Review.APPROVED)
    done = plan_of(a_desired(), entries=(old, new), block=block)
    assert done.block.record((Kind.TEMPLATE, "login")).active == "2"


def test_an_active_version_that_lapses_is_marked():
    """What was active and is not any more heads the report."""
    entry = an_entry(review=Review.REJECTED)
    block = owning(replace(entry, review=Review.APPROVED), active="1")
    line = only(plan_of(a_desired(), entries=(entry,), block=block))
    assert Mark.LAPSED in line.marks
    assert line.rejected


# -- matching -------------------------------------------------------------------------


def test_an_unowned_entry_with_name_and_text_is_adopted():
    """A lost state file costs no submission."""
    line = only(plan_of(a_desired(), entries=(an_entry(),)))
    assert (line.action, line.reason, line.id) == (Action.ADOPT, Reason.FOUND, "1")


def test_two_unowned_equals_are_ambiguous():
    """Which of two equal entries is meant, a person says."""
    line = only(plan_of(a_desired(), entries=(an_entry("1"), an_entry("2"))))
    assert (line.action, line.reason) == (Action.WAIT, Reason.AMBIGUOUS)
    assert line.candidates == ("1", "2")


def test_a_newer_unowned_entry_of_the_name_is_ambiguous():
    """Somebody submitted another text by hand: not ours to decide."""
    line = only(plan_of(a_desired(), entries=(an_entry(text="by hand"),)))
    assert line.reason is Reason.AMBIGUOUS
    mine, theirs = an_entry("5", "old"), an_entry("3", "by hand")
    older = plan_of(a_desired(), entries=(mine, theirs), block=owning(mine))
    assert only(older).action is Action.SUPERSEDE


def test_a_renamed_key_takes_its_versions_along():
    """A new key with the old text moves the versions instead of submitting."""
    entry = an_entry()
    block = a_block(signin=a_version("1", review=Review.APPROVED))
    line = only(plan_of(a_desired(), entries=(entry,), block=block))
    assert (line.action, line.reason) == (Action.ADOPT, Reason.RENAMED)
    assert line.moved_from == at("signin")


def test_a_renamed_key_that_two_addresses_want_is_for_a_person_to_give():
    """Neither of two new keys with its text bears its name: both wait."""
    entry = an_entry()
    block = a_block(signin=a_version("1", review=Review.APPROVED))
    plan = plan_of(a_desired("one"), a_desired("two"), entries=(entry,), block=block)
    assert {line.reason for line in plan.lines} == {Reason.AMBIGUOUS}
    assert [line.candidates for line in plan.lines] == [(str(at("signin")),)] * 2


def test_another_market_is_another_entry():
    """A version of the other market is an orphan; the address starts with create."""
    entry = an_entry(international=True)
    plan = plan_of(a_desired(), entries=(entry,), block=owning(entry))
    assert plan.lines[0].action is Action.CREATE
    assert [(o.address, o.id) for o in plan.orphans] == [(at(), "1")]


@pytest.mark.parametrize("wanted", [False, True])
def test_an_entry_for_both_markets_fits_either(wanted):
    """An entry that serves both markets equals a definition for one of them."""
    entry = an_entry(international=None)
    want = a_desired(international=wanted)
    line = only(plan_of(want, entries=(entry,), block=owning(entry)))
    assert line.reason is Reason.SETTLED


# -- open intents ---------------------------------------------------------------------


def an_intent(at_=NOW, known=()):
    """A submission of the login template whose outcome nobody knows."""
    from smsform.plan.reconcile import iso

    submitted = {"Text": "new", "Type": 3, "Remark": "why"}
    return Intent("create", "login", False, known, submitted, ("code",), iso(at_))


def test_an_unclear_submission_is_recognised_by_its_name():
    """A new entry of the name is the one that got no answer; drift does not matter."""
    block = a_block().with_intent((Kind.TEMPLATE, "login"), an_intent(known=("1",)))
    entries = (an_entry("1", "else"), an_entry("2", "new, normalised"))
    plan = plan_of(a_desired(), entries=entries, block=block)
    version = plan.block.record((Kind.TEMPLATE, "login")).versions[0]
    assert (version.id, version.parameters) == ("2", ("code",))
    assert not plan.block.intents


@pytest.mark.parametrize(
    ("age", "listed", "reason"),
    [
        (599, True, Reason.UNCLEAR),
        (600, True, Reason.NEW),
        (600, False, Reason.UNCLEAR),
    ],
)
def test_an_unclear_submission_is_sent_again_after_ten_minutes_only(
    age, listed, reason
):
    """Nothing is sent twice while it could still appear; without a list, never."""
    block = a_block().with_intent((Kind.TEMPLATE, "login"), an_intent(NOW - age))
    line = only(plan_of(a_desired(), block=block, listed=listed))
    assert line.reason is reason


# -- removals -------------------------------------------------------------------------


def replaced(protected=False, origin=Origin.SUBMITTED):
    """An active version that replaced an older one since a known time."""
    old, new = an_entry("1", "old"), an_entry("2", "new")
    block = owning(old, new, active="2", protected=protected)
    slot = (Kind.TEMPLATE, "login")
    record = block.record(slot)
    version = replace(record.versions[0], origin=origin, replaced=AGO)
    return (old, new), block.with_record(slot, record.with_version(version))


@pytest.mark.parametrize(
    ("retire_after", "asked", "deleted"),
    [
        (None, False, False),
        (60.0, False, True),
        (1e12, False, False),
        (None, True, True),
    ],
)
def test_a_replaced_version_is_retired_by_policy_or_on_request(
    retire_after, asked, deleted
):
    """Applications must have had the chance to fetch the new id."""
    entries, block = replaced()
    plan = plan_of(
        a_desired(),
        entries=entries,
        block=block,
        retire_after=retire_after,
        retire=frozenset({at()} if asked else ()),
    )
    assert [each.id for each in plan.retirable] == ["1"]
    assert [line.id for line in plan.changes] == (["1"] if deleted else [])


@pytest.mark.parametrize(
    ("in_use", "spared"),
    [
        (InUse({"1": "Sms.java:3"}), "the code still has it at Sms.java:3"),
        (InUse({"2": "Sms.java:3"}), ""),
        (
            InUse({}, "shop"),
            "policy.uses: shop has no file that could be searched",
        ),
    ],
)
def test_what_source_code_has_is_not_retired(in_use, spared):
    """Neither by policy nor on request; nor anything where nobody knows."""
    entries, block = replaced()
    plan = plan_of(
        a_desired(),
        entries=entries,
        block=block,
        retire_after=60.0,
        retire=frozenset({at()}),
        in_use=in_use,
    )
    assert [each.spared for each in plan.retirable] == [spared]
    assert [line.id for line in plan.changes] == ([] if spared else ["1"])
    asked = Plan((plan,), Options(NOW, retire=frozenset({at()})))
    assert [each.why for each in unmet(asked)] == ([spared] if spared else [])


@pytest.mark.parametrize("flag", ["prune", "delete"])
def test_what_source_code_has_is_not_deleted(flag):
    """An orphan stays, too, however it was asked for."""
    entry = an_entry("7", name="gone")
    block = a_block(gone=a_version("7"))
    options = {flag: {"prune": True, "delete": frozenset({at("gone")})}[flag]}
    plan = plan_of(
        entries=(entry,), block=block, in_use=InUse({"7": "a.py:1"}), **options
    )
    assert [each.spared for each in plan.orphans] == ["the code still has it at a.py:1"]
    assert not plan.changes
    assert plan_of(entries=(entry,), block=block, **options).changes


@pytest.mark.parametrize("why", ["protected", "adopted"])
def test_protected_and_adopted_versions_are_never_retired(why):
    """What was adopted was never ours to delete; what is protected stays."""
    entries, block = replaced(
        protected=why == "protected",
        origin=Origin.ADOPTED if why == "adopted" else Origin.SUBMITTED,
    )
    plan = plan_of(a_desired(), entries=entries, block=block, retire=frozenset({at()}))
    assert not plan.changes


def test_orphans_are_deleted_with_prune_only():
    """An orphan is listed; --prune deletes it."""
    entry = an_entry("7", name="gone")
    block = a_block(gone=a_version("7", name="gone", review=Review.APPROVED))
    listed = plan_of(entries=(entry,), block=block)
    assert ([o.id for o in listed.orphans], listed.changes) == (["7"], ())
    pruned = plan_of(entries=(entry,), block=block, prune=True)
    assert [(c.action, c.id) for c in pruned.changes] == [(Action.DELETE, "7")]


@pytest.mark.parametrize(
    "changes", [{"protected": True}, {"origin": Origin.ADOPTED}, {"name": "login"}]
)
def test_prune_spares_what_is_protected_adopted_or_still_needed(changes):
    """A namesake without an active version keeps its orphan alive."""
    entry = an_entry("7", "old", name=changes.get("name", "gone"))
    fields = {k: v for k, v in changes.items() if k != "protected"}
    version = a_version("7", "old", review=Review.APPROVED, **fields)
    block = a_block(gone=Record((version,), protected="protected" in changes))
    plan = plan_of(a_desired(), entries=(entry,), block=block, prune=True)
    assert not any(line.action is Action.DELETE for line in plan.lines)
    assert plan.orphans[0].spared


def test_signatures_are_never_deleted():
    """Registering one with the carriers takes days, and every send names it."""
    entry = an_entry("3", kind=Kind.SIGNATURE, attributes={"Name": "login"})
    version = a_version("3", submitted={"Name": "login"}, review=Review.APPROVED)
    block = a_block().with_record((Kind.SIGNATURE, "shop"), Record((version,), "3"))
    plan = plan_of(entries=(entry,), block=block, prune=True)
    assert not plan.changes


# -- signatures, targets, costs -------------------------------------------------------


def a_signature(key="shop", **changes):
    """A wanted signature."""
    fields = {"name": "Shop", "delivered": {"Name": "Shop"}, "review_only": {}}
    return a_desired(key, address=at(key, Kind.SIGNATURE), **{**fields, **changes})


def test_a_template_waits_for_its_signature():
    """Without its signature a template waits; one submitted in this plan is enough."""
    sign = at("shop", Kind.SIGNATURE)
    template = a_desired(signature=sign)
    alone = plan_of(template, a_signature(lookup_only=True))
    assert alone.lines[0].reason is Reason.SIGNATURE
    together = plan_of(template, a_signature())
    assert {line.action for line in together.lines} == {Action.CREATE}
    approved = plan_of(template, a_signature(), spec=a_spec(gate="approved"))
    assert approved.lines[0].reason is Reason.SIGNATURE


def test_a_signature_without_its_evidence_holds_its_templates_back():
    """A missing file is named, and nothing that depends on it is submitted."""
    missing = (Evidence("Proof", "license.png", ""),)
    plan = plan_of(
        a_signature(evidence=missing),
        a_desired(signature=at("shop", Kind.SIGNATURE)),
    )
    assert plan.lines[0].marks == (Mark.EVIDENCE,)
    assert plan.lines[1].reason is Reason.SIGNATURE


def test_a_signature_that_is_only_a_name_is_looked_up():
    """Found: adopted. Not found: said, never submitted."""
    want = a_signature(lookup_only=True)
    assert only(plan_of(want)).reason is Reason.LOOKUP
    entry = an_entry("3", kind=Kind.SIGNATURE, name="Shop", attributes={"Name": "Shop"})
    assert only(plan_of(want, entries=(entry,))).action is Action.ADOPT


def test_targets_limit_the_plan():
    """Only the asked address is planned."""
    plan = plan_of(a_desired("one"), a_desired("two"), targets=frozenset({at("two")}))
    assert [line.address for line in plan.lines] == [at("two")]


@pytest.mark.parametrize("flag", ["targets", "resubmit", "retire"])
def test_an_address_asked_for_in_vain_is_named_with_its_neighbours(flag):
    """At a provider that was read; of one that was not, nobody knows."""
    entry, other = an_entry(), an_entry("2", "x", Review.REJECTED, name="logon")
    block = owning(entry, active="1").with_record(
        (Kind.TEMPLATE, "logon"), Record((a_version("2", "x"),))
    )
    wanted = [a_desired(), a_desired("logon", "x")]
    asked = at("lagon") if flag == "targets" else at()
    options = {flag: frozenset([asked])}
    part = plan_of(*wanted, entries=(entry, other), block=block, **options)
    if flag == "targets":
        part = replace(part, lines=plan_of(*wanted, entries=(entry,)).lines)
    plan = Plan((part,), Options(NOW, **options))
    [found] = unmet(plan)
    assert found.address == asked
    assert found.flag == "--" + flag.removesuffix("s")
    near = {"targets": "shop/template.logon", "resubmit": "shop/template.logon"}
    assert flag == "retire" or near[flag] in found.near
    lost = replace(part, error=ForeignAccount("shop", 1))
    assert not list(unmet(Plan((lost,), plan.options)))


def test_moved_parameters_are_named_by_position():
    """Senders that count positions break when one moves."""
    entry = an_entry(text="old")
    version = a_version(
        text="old", parameters=("code", "minutes"), review=Review.APPROVED
    )
    block = a_block(login=Record((version,), "1", AGO))
    want = a_desired(parameters=("minutes", "code"))
    line = only(plan_of(want, entries=(entry,), block=block))
    assert line.moved == (
        MovedParameter(1, "code", "minutes"),
        MovedParameter(2, "minutes", "code"),
    )


def test_the_plan_counts_quota_and_time():
    """Unmanaged entries hold slots too; the pace gives the least time."""
    wanted = [a_desired(f"t{n}") for n in range(5)]
    plan = plan_of(*wanted, entries=(an_entry("1", "x", name="console"),))
    (templates,) = [quota for quota in plan.quotas if quota.kind is Kind.TEMPLATE]
    assert (templates.held, templates.after, templates.limit) == (1, 6, 5)
    assert plan.seconds == 2.0  # five at two a second: 0, 0, 1, 1, 2
    assert [entry.id for entry in plan.unmanaged] == ["1"]


def test_the_digest_covers_review_but_not_notes():
    """A verdict makes a saved plan stale, a reviewer's remark does not."""
    entry = an_entry(text="old")
    block = owning(entry)

    def digest(entry):
        return only(plan_of(a_desired(), entries=(entry,), block=block)).digest

    assert digest(entry) == digest(replace(entry, note="hm", created=5))
    assert digest(entry) != digest(replace(entry, review=Review.REJECTED))


def test_an_orphan_is_left_to_the_definition_that_bears_its_name():
    """Two definitions want one orphan's text: the one with its name gets it."""
    entry = an_entry("1", name="pickup")
    block = a_block(old_key=a_version("1", name="pickup"))
    plan = plan_of(
        a_desired("other"), a_desired("pickup"), entries=(entry,), block=block
    )
    assert [(line.action, line.address.key) for line in plan.lines] == [
        (Action.ADOPT, "pickup"),
        (Action.CREATE, "other"),
    ]


def test_where_senders_name_parameters_only_new_names_break_them():
    """A parameter that moved is nothing; one that came or went is told by name."""
    entry = an_entry(text="old")
    version = a_version(text="old", parameters=("code", "time"), review=Review.APPROVED)
    block = a_block(login=Record((version,), "1", AGO))
    spec = a_spec(positional=False)
    for names, moved in (
        (("time", "code"), ()),
        (
            ("minutes", "code"),
            (MovedParameter(0, "time", ""), MovedParameter(0, "", "minutes")),
        ),
    ):
        want = a_desired(parameters=names)
        line = only(plan_of(want, entries=(entry,), block=block, spec=spec))
        assert line.moved == moved


def test_a_market_may_need_no_signature_first():
    """The card says for each market what a template waits for."""
    sign = at("shop", Kind.SIGNATURE)
    spec = a_spec(gate="approved")
    home = plan_of(a_desired(signature=sign), spec=spec)
    abroad = plan_of(a_desired(signature=sign, international=True), spec=spec)
    assert only(home).reason is Reason.SIGNATURE
    assert only(abroad).action is Action.CREATE


@pytest.mark.parametrize(
    ("review", "action"),
    [(Review.APPROVED, Action.CREATE), (Review.IN_REVIEW, Action.WAIT)],
)
def test_a_signature_that_is_taken_over_counts_as_it_is(review, action):
    """An approved one that this very plan adopts opens the way for its templates."""
    found = Existing(Kind.SIGNATURE, "7", "Shop", review, {"Name": "Shop"})
    template = a_desired(signature=at("shop", Kind.SIGNATURE))
    spec = a_spec(gate="approved")
    plan = plan_of(a_signature(), template, entries=(found,), spec=spec)
    assert [line.action for line in plan.lines] == [Action.ADOPT, action]


def test_a_name_that_is_the_id_is_never_edited():
    """A rejected signature under another name is a new one; else it is edited."""
    spec = a_spec()
    kind = replace(spec.kinds[Kind.SIGNATURE], named=True)
    spec = replace(spec, kinds={**spec.kinds, Kind.SIGNATURE: kind})
    fields = {"Name": "Shop"}
    entry = Existing(Kind.SIGNATURE, "Shop", "Shop", Review.REJECTED, fields)
    version = a_version("Shop", submitted={**fields, "Remark": "why"}, name="Shop")
    block = Block(a_block().identity, {(Kind.SIGNATURE, "shop"): Record((version,))})
    for name, action in (("Shop", Action.UPDATE), ("Store", Action.SUPERSEDE)):
        want = a_signature(
            name=name, delivered={"Name": name}, review_only={"Remark": "better"}
        )
        line = only(plan_of(want, entries=(entry,), block=block, spec=spec))
        assert line.action is action


def test_submissions_of_a_day_are_counted_by_the_calendar_of_beijing():
    """What was submitted before midnight there does not count, whoever did it."""
    spec = a_spec(
        limits={
            "max_entries": Limit(5, "", "us", "2026"),
            "a_day": Limit(2, "", "us", "2026"),
        }
    )
    kinds = {**spec.kinds, Kind.TEMPLATE: a_kind(daily="a_day", quota="")}
    midnight = 1_800_028_800.0  # 2027-01-16 in Beijing
    entries = (
        an_entry("1", "x", name="x", created=int(midnight) - 1),
        an_entry("2", "y", name="y", created=int(midnight)),
    )
    plan = plan_of(
        a_desired("a"),
        a_desired("b", "b"),
        entries=entries,
        now=midnight + 3600,
        spec=replace(spec, kinds=kinds),
    )
    [today] = [quota for quota in plan.quotas if quota.daily]
    assert (today.held, today.after, today.limit) == (1, 3, 2)
