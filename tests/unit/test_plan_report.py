"""What plans and reviews say: notes, both texts of a drift, what could not be read."""

from __future__ import annotations

import json

from msgspec.structs import replace

from builders import NOW, a_block, a_desired, a_version, an_entry, at, plan_of
from smsform.errors import Refused, Unreachable
from smsform.model import Identity, Review
from smsform.plan import Action, Mark, Options, Plan, ProviderPlan
from smsform.report import plan_json, status
from smsform.report.lists import retirable
from smsform.report.plan import as_text, summary
from smsform.report.terminal import PLAIN
from smsform.state import Origin, Record

AGO = "2026-01-01T00:00:00+00:00"
NOTE = "请补充使用场景"


def whole(*parts: ProviderPlan, **options) -> Plan:
    """The parts as one plan."""
    return Plan(parts, Options(NOW, **options))


def text_of(*parts: ProviderPlan, **options: bool) -> str:
    """The plan as people read it."""
    made = whole(*parts)
    return as_text(
        replace(made, options=replace(made.options, **options)), {}, PLAIN, {}
    )


def json_of(*parts: ProviderPlan):
    """The plan as machines read it."""
    return json.loads(plan_json.as_json(whole(*parts)))


def unread() -> ProviderPlan:
    """A provider that did not answer."""
    error = Unreachable("other", "List", "no connection")
    return ProviderPlan("other", Identity("made_up"), a_block(), error=error)


def replaced(**options) -> ProviderPlan:
    """A plan with an approved version that another has replaced."""
    entries = (an_entry("1", "old"), an_entry("2", "new"))
    old, new = [a_version(e.id, e.attributes["Text"], review=e.review) for e in entries]
    block = a_block(login=Record((replace(old, replaced=AGO), new), "2", AGO))
    return plan_of(a_desired(), entries=entries, block=block, **options)


def test_plan_and_status_say_what_to_do_about_a_refusal():
    """The advice that belongs to the code stands below what the service said."""
    error = Refused("other", "List", "no right", code="Auth", advice="ask for leave")
    part = ProviderPlan("other", Identity("made_up"), a_block(), error=error)
    for text in (text_of(part), status.as_text(whole(part), (), PLAIN)):
        lines = text.splitlines()
        said = next(n for n, line in enumerate(lines) if "no right" in line)
        assert lines[said + 1] == "  ask for leave"


def test_a_provider_that_could_not_be_read_is_not_one_without_definitions():
    """The summary names it, alone or beside others; nobody asked whether it lists."""
    assert "no definitions" not in summary(whole(unread()))
    assert "other" in summary(whole(unread()))
    both = summary(whole(plan_of(a_desired()), unread()))
    assert both.startswith("Plan: 1 to create")
    assert both.splitlines()[-1] == summary(whole(unread()))
    document = json_of(plan_of(a_desired()), unread())
    assert document["summary"] == {"unread": 1, "create": 1}
    assert document["providers"]["other"]["listed"] is None
    assert document["providers"]["shop"]["listed"] is True
    assert "no definitions" in summary(whole(plan_of()))


def test_the_reviewer_is_quoted_once_on_every_line_of_a_rejected_entry():
    """Rejected as it is, mended, and sent again."""
    entry = an_entry(text="old", review=Review.REJECTED, note=NOTE)
    block = a_block(login=a_version(text="old"))
    for part, action in (
        (plan_of(a_desired(text="old"), entries=(entry,), block=block), Action.NONE),
        (plan_of(a_desired(), entries=(entry,), block=block), Action.UPDATE),
        (
            plan_of(
                a_desired(text="old"),
                entries=(entry,),
                block=block,
                resubmit=frozenset([at()]),
            ),
            Action.UPDATE,
        ),
    ):
        assert part.lines[0].action is action
        assert text_of(part).count(NOTE) == 1
        assert "rejected: 1 rejected" not in text_of(part)
        assert json_of(part)["providers"]["shop"]["lines"][0]["note"] == NOTE


def test_a_candidate_that_cannot_go_is_shown_with_its_note():
    """The section of stuck candidates quotes the reviewer, too."""
    entries = (an_entry("1"), an_entry("2", "x", Review.REJECTED, note=NOTE))
    versions = (a_version("1", review=Review.APPROVED), a_version("2", "x"))
    block = a_block(login=Record(versions, "1", AGO, protected=True))
    part = plan_of(a_desired(), entries=entries, block=block)
    assert part.stuck
    assert NOTE in text_of(part)


def test_a_drift_shows_both_texts():
    """What was submitted and what the service shows, as text and as JSON."""
    block = a_block(
        login=Record((a_version("1", "new", review=Review.APPROVED),), "1", AGO)
    )
    part = plan_of(a_desired(), entries=(an_entry("1", "mended"),), block=block)
    assert part.lines[0].marks == (Mark.DRIFT,)
    text = text_of(part)
    assert "Text submitted: new" in text
    assert "Text shown:     mended" in text
    [line] = json_of(part)["providers"]["shop"]["lines"]
    assert line["drift"] == [
        {"attribute": "Text", "submitted": "new", "shown": "mended"}
    ]


def test_one_candidate_is_not_called_several():
    """The hint for a single entry is the very command that takes it."""
    part = plan_of(a_desired(), entries=(an_entry("7", "other"),))
    text = text_of(part)
    assert "several" not in text
    assert "`smsform import shop/template.login 7`" in text


def test_several_orphans_are_settled_by_moving_one():
    """They have ids already: `import` could not take them."""
    entries = (an_entry("1"), an_entry("2"))
    block = a_block(
        one=a_version("1", review=Review.APPROVED),
        two=a_version("2", review=Review.APPROVED),
    )
    text = text_of(plan_of(a_desired(), entries=entries, block=block))
    assert "shop/template.one, shop/template.two" in text
    assert "smsform state mv" in text


def test_what_is_retired_now_is_not_offered_again():
    """The list of what could be retired has the rest, and the quota it holds."""
    assert [each.id for each in retirable(replaced())] == ["1"]
    assert "1 of the 2 templates held (quota 5)" in text_of(replaced())
    going = replaced(retire=frozenset([at()]))
    assert [line.action for line in going.changes] == [Action.RETIRE]
    assert retirable(going) == ()
    assert "could be retired" not in text_of(going)
    assert json_of(going)["providers"]["shop"]["retirable"] == []


def test_a_target_limits_what_could_be_retired_and_pruned():
    """The lists below a plan speak of the targets, as its lines do."""
    other = frozenset([at("other")])
    assert replaced(targets=other).retirable == ()
    orphan = (an_entry("7", name="gone"),)
    block = a_block(gone=a_version("7", name="gone"))
    assert plan_of(entries=orphan, block=block, targets=other).orphans == ()


def test_replaced_versions_are_one_counted_line_unless_asked_for():
    """They pile up, and nobody has to do anything about them."""
    told = text_of(replaced())
    assert "1 login (domestic, approved)" not in told
    assert "1 replaced version could be retired" in told
    assert "`smsform plan --show-unmanaged` lists it" in told


def test_entries_are_named_as_a_console_lists_them():
    """Name and market of lines and of everything below them."""
    text = text_of(plan_of(a_desired(name="登录", international=True)))
    assert "name: 登录 (international)" in text
    listed = text_of(replaced(), show_unmanaged=True)
    assert "1 login (domestic, approved)" in listed
    assert "Replaced versions that could be retired" in listed
    retire = replaced(retire=frozenset([at()]))
    [removal] = [
        line
        for line in json_of(retire)["providers"]["shop"]["lines"]
        if line["action"] == "retire"
    ]
    assert (removal["entry_name"], removal["international"]) == ("login", False)


def test_what_is_taken_on_trust_is_marked():
    """An adoption, and what was adopted, say so as JSON; what we sent does not."""
    adopting = plan_of(a_desired(), entries=(an_entry("1"),))
    version = a_version(
        "1", origin=Origin.ADOPTED, review=Review.APPROVED, assumed=("Type",)
    )
    block = a_block(login=Record((version,), "1", AGO))
    adopted = plan_of(a_desired(), entries=(an_entry("1"),), block=block)
    ours = a_block(login=Record((replace(version, assumed=()),), "1", AGO))
    sent = plan_of(a_desired(), entries=(an_entry("1"),), block=ours)
    found = [
        json_of(part)["providers"]["shop"]["lines"][0]["unverified"]
        for part in (adopting, adopted, sent)
    ]
    assert found == ["adopted", "adopted", None]


def rows_of(part: ProviderPlan, *entries):
    """The rows of the status table."""
    return list(status.rows(part, entries, now=0.0))


def test_what_was_active_is_not_called_active():
    """A lapsed version is no active one, whatever took it down."""
    for review in (Review.REJECTED, Review.APPROVED_INACTIVE):
        version = a_version("1", review=Review.APPROVED)
        block = a_block(login=Record((version,), "1", AGO))
        entry = an_entry("1", review=review)
        part = plan_of(a_desired(), entries=(entry,), block=block)
        assert [row.role for row in rows_of(part, entry)] == ["was active"]


def test_status_says_why_an_address_waits_for_a_person():
    """An ambiguous one has its reason, with a version of ours or without."""
    rival = an_entry("9", "other")
    fresh = plan_of(a_desired(), entries=(rival,))
    [row] = rows_of(fresh, rival)
    assert "smsform import shop/template.login 9" in row.why
    old = an_entry("1", "old")
    block = a_block(login=Record((a_version("1", "old"),), "1", AGO))
    owned = plan_of(a_desired(), entries=(old, rival), block=block)
    [row] = rows_of(owned, old, rival)
    assert "smsform import shop/template.login 9" in row.why
    assert row.why in status.as_text(whole(owned), [row], PLAIN)


def test_times_are_iso_8601_for_machines():
    """In the status and below the plan; null where nobody knows."""
    entry = an_entry("1", created=1_767_225_600)
    part = plan_of(a_desired(), entries=(entry,))
    part = replace(part, block=a_block(login=a_version("1")), seen=None)
    document = json.loads(status.as_json(whole(part), rows_of(part, entry)))
    [found] = document["entries"]
    assert (found["since"], found["expected"]) == ("2026-01-01T00:00:00+00:00", None)
    [each] = json_of(replaced())["providers"]["shop"]["retirable"]
    assert (each["since"], each["due"]) == (AGO, None)
