"""Comments on pull requests: the same facts, nothing breaks out, never too long."""

from __future__ import annotations

import json
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import (
    NOW,
    a_block,
    a_desired,
    a_version,
    an_entry,
    at,
    plan_of,
)
from forge import OUTSIDE, harmless
from smsform.apply.values import Outcome, Result
from smsform.errors import Refused, Unclear, Unreachable, UnsafePlan
from smsform.model import Identity, Kind, Review
from smsform.plan import (
    Action,
    Change,
    Drift,
    Mark,
    MovedParameter,
    Options,
    Plan,
    ProviderPlan,
    Reason,
)
from smsform.plan.holdings import Orphan, Quota, Retirable
from smsform.report import plan_json, status
from smsform.report.markdown import changes, folding
from smsform.report.markdown.folding import Section, fit, units
from smsform.report.markdown.frame import LARGEST, SMALLEST, Frame
from smsform.report.markdown.outcome import as_markdown as outcome_markdown
from smsform.report.markdown.plan import OPEN, as_markdown
from smsform.report.markdown.status import as_markdown as status_markdown
from smsform.report.plan import speaks
from smsform.report.reasons import moves, reason, warnings
from smsform.report.terminal import safe
from smsform.state import Record
from smsform.words import say

AGO = "2026-01-01T00:00:00+00:00"
PLAN = Frame("plan")


def whole(*parts: ProviderPlan, **options) -> Plan:
    """The parts as one plan."""
    return Plan(parts, Options(NOW, **options))


def comment(*parts: ProviderPlan, frame: Frame = PLAN, unsafe=None, **options) -> str:
    """The plan as a comment."""
    plan = whole(*parts, **options)
    return as_markdown(plan, {"shop": "Made-up SMS"}, unsafe or {}, frame)


def unread(text: str = "no connection") -> ProviderPlan:
    """A provider that did not answer."""
    error = Unreachable("other", "List", text, "REQ-7")
    return ProviderPlan("other", Identity("made_up"), a_block(), error=error)


def eventful(word: str) -> ProviderPlan:
    """A plan in which everything happens, with *word* wherever outside texts go."""
    ids = map("{}{}".format, [word] * 99, count())
    keys = map("k{}".format, count())

    def line(action: Action, why: Reason, review=Review.APPROVED, **more) -> Change:
        key, id = next(keys), next(ids)
        entry = replace(an_entry("1", word, review), id=id, name=word, note=word)
        wanted = a_desired(key, f"{word}!", name=word, delivered={"Text": f"{word}!"})
        fields = {
            "id": id,
            "entry": entry,
            "before": {"Text": word},
            "desired": wanted,
            "rendered": f"{word}\n{word}",
        }
        return Change(at(key), action, why, **{**fields, **more})

    entry = replace(an_entry("7", word), id=word, name=word)
    block = a_block(k4=Record((a_version("1", review=Review.APPROVED),), "1", AGO))
    return replace(
        plan_of(),
        block=block,
        lines=(
            line(Action.CREATE, Reason.NEW, entry=None, id="", segments=(0, 1)),
            line(Action.CREATE, Reason.VANISHED, entry=None),
            line(Action.UPDATE, Reason.REJECTED, Review.REJECTED, segments=(1, 2)),
            line(Action.UPDATE, Reason.EDITED, marks=(Mark.REQUEUED, Mark.EVIDENCE)),
            line(
                Action.SUPERSEDE,
                Reason.EDITED,
                marks=(Mark.LAPSED, Mark.UNVERIFIED),
                moved=(
                    MovedParameter(1, word, ""),
                    MovedParameter(0, word, f"{word}2"),
                ),
            ),
            line(Action.DELETE, Reason.ORPHAN, desired=None),
            line(Action.RETIRE, Reason.REPLACED, desired=None),
            line(Action.ADOPT, Reason.RENAMED, moved_from=at("old")),
            line(Action.WAIT, Reason.AMBIGUOUS, candidates=(word, "2")),
            line(Action.WAIT, Reason.UNCLEAR),
            line(
                Action.NONE,
                Reason.SETTLED,
                marks=(Mark.DRIFT,),
                drift=(Drift("Text", word, f"{word}?"),),
            ),
            line(Action.NONE, Reason.REJECTED, Review.REJECTED),
            line(Action.NONE, Reason.SETTLED),
        ),
        orphans=(Orphan(at("gone"), entry, "protected"),),
        retirable=(Retirable(at("twice"), entry, NOW - 9, None),),
        stuck=(line(Action.NONE, Reason.UNWANTED, Review.REJECTED),),
        unmanaged=(entry,),
        quotas=(Quota(Kind.TEMPLATE, 4, 6, 5, freeable=(at("twice"),)),),
        listed=False,
        seconds=3.0,
    )


def test_a_comment_says_what_json_says():
    """Every address, action, id, reason, mark and note; settled lines are counted."""
    part = eventful("词")
    text = harmless(comment(part, unread(), show_unmanaged=True)).text
    document = json.loads(plan_json.as_json(whole(part, unread())))
    shown = zip(part.lines, document["providers"]["shop"]["lines"], strict=True)
    for line, out in shown:
        if not speaks(line):
            assert out["address"] not in text.split()
            continue
        assert out["address"] in text.split()
        assert line.action is Action.NONE or out["action"] in text
        told = [
            reason(part, line),
            *warnings(line),
            *moves(line),
            out["note"],
            out["name"],
        ]
        for sentence in told:
            assert " ".join(sentence.replace("`", "").split()) in text
        if out["rendered"]:
            assert "词 词" in text
    assert "1 → 2" in text
    for listed in ("orphans", "retirable", "stuck"):
        for each in document["providers"]["shop"][listed]:
            assert each["address"] in text
    error = document["providers"]["other"]["error"]
    assert error["message"] in text
    assert "REQ-7" in text
    assert "at least 3 s" in text
    assert f"--retire {at('twice')}" in text


def test_an_unsafe_plan_names_the_flag():
    """What apply will refuse comes with what to type, and is not folded away."""
    unsafe = UnsafePlan("shop", "changes", 12, 10, "--allow-changes")
    part = eventful("x")
    page = harmless(comment(part, unsafe={"shop": unsafe}))
    assert "--allow-changes 12" in page.codes


def test_nothing_to_do_is_one_line():
    """The marker, and how many are settled."""
    assert comment(plan_of()) == (
        "<!-- smsform:plan -->\n\n<p>Nothing to do: no definitions</p>"
    )


def test_a_provider_that_could_not_be_read_is_in_the_summary():
    """Alone it is the summary: nobody knows whether there is something to do."""
    assert "<h3>1 of 1 providers could not be read</h3>" in comment(unread())
    both = comment(plan_of(a_desired()), unread()).splitlines()
    assert both[2].startswith("<h3>Plan: 1 to create")
    assert both[3] == "<p><b>1 of 2 providers could not be read</b></p>"
    refused = outcome_markdown([], whole(unread("gone away")), Frame("apply"))
    assert "gone away" in harmless(refused).text
    assert "<h3>1 of 1 providers could not be read</h3>" in refused


def test_a_changed_text_shows_what_went_and_what_came():
    """On the left what was, on the right what will be, each text whole."""
    entry = an_entry("1", "您的验证码为{1}，请勿转发", Review.REJECTED)
    block = a_block(login=a_version(text="您的验证码为{1}，请勿转发"))
    part = plan_of(a_desired(text="您的验证码是{1}"), entries=(entry,), block=block)
    text = comment(part)
    assert (
        "<td><code>您的验证码<del>为</del>{1}<del>，请勿转发</del></code></td>" in text
    )
    assert "<td><code>您的验证码<ins>是</ins>{1}</code></td>" in text


@given(OUTSIDE)
def test_nothing_from_outside_breaks_out(word):
    """A hostile text changes nothing but what is in code, and stands there whole."""
    tame, page = (
        harmless(comment(eventful(each), unread(each), show_unmanaged=True))
        for each in ("x", word)
    )
    assert page.shape == tame.shape
    for shown in (safe(word), f"{safe(word)}!", f"{safe(word)}?", f"{safe(word)}5"):
        assert shown in page.codes
    rendered = "\n".join([safe(part) for part in f"{word}\n{word}".split("\n")])
    assert rendered in page.codes


@given(OUTSIDE, st.sampled_from(Result))
def test_nothing_breaks_out_of_outcomes_and_reviews(word, result):
    """What a service says when it refuses, and what a reviewer writes at length."""
    part = eventful(word)
    refused = Refused("shop", "Add", word, word, code=word, advice=word)
    outcomes = [Outcome(part.lines[3], result, word, word, refused)]
    stale = {at("k1"): word}
    page = harmless(
        outcome_markdown(
            outcomes, whole(part, unread(word)), Frame("apply"), 1, stale, [word]
        )
    )
    assert safe(word) in page.codes
    assert safe(refused.message()) in page.codes
    rows = [
        status.StatusRow(at(), word, "rejected", "active", 1, word * 50, why=word),
        status.StatusRow(at("other"), "", "not submitted", "", 0, ""),
    ]
    table = status_markdown(whole(part), rows, Frame("status", "shop"), [word])
    page = harmless(table)
    assert table.startswith("<!-- smsform:status shop -->\n")
    assert safe(word * 50) in page.codes
    assert (page.tags.count("details") == 1) == (len(word) > 4)


def test_what_failed_comes_first_with_code_and_request_id():
    """Then what nobody knows, then the rest; the service's code and our advice."""
    lines = eventful("x").lines
    refused = Refused("shop", "Add", "no", "R-1", code="Bad.Text", advice="mend it")
    unclear = Unclear("shop", "Add", "no answer")
    outcomes = [
        Outcome(lines[0], Result.DONE, "17"),
        Outcome(lines[1], Result.UNKNOWN, error=unclear),
        Outcome(lines[2], Result.FAILED, error=refused),
    ]
    plan = whole(eventful("x"))
    page = harmless(outcome_markdown(outcomes, plan, Frame("apply")))
    first = page.codes.index("shop/template.k2")
    assert page.codes[first + 1] == refused.message()
    assert page.codes[first + 2] == "mend it"
    order = [page.codes.index(str(each.change.address)) for each in outcomes]
    assert order == sorted(order, reverse=True)
    assert "1 submitted, 1 failed, 1 unknown" in page.text


def test_without_anything_done_the_comment_says_so():
    """An apply of an empty plan."""
    text = outcome_markdown([], whole(plan_of()), Frame("apply"))
    assert text.splitlines()[2:] == ["<h3>Nothing to do.</h3>"]


# -- size ------------------------------------------------------------------------------


def many(amount: int, text: str = "new") -> ProviderPlan:
    """A plan that submits *amount* templates, and sends one rejected again."""
    wanted = [a_desired(f"k{number}", text) for number in range(amount)]
    entry = an_entry("1", text, Review.REJECTED, note="补充")
    block = a_block(late=a_version(text=text))
    return plan_of(*wanted, a_desired("late", text), entries=(entry,), block=block)


@given(
    st.integers(0, 40),
    OUTSIDE,
    st.integers(1, 30),
    st.integers(SMALLEST, 20_000),
    st.booleans(),
)
def test_any_plan_fits_into_any_comment(amount, word, times, room, broken):
    """Whole entries, all accounted for, the summary there, nothing left open."""
    parts = [many(amount, word * times), eventful(word * times)]
    if broken:
        parts.append(unread(word * times))
    text = comment(*parts, frame=Frame("plan", "n" * 100, room))
    assert len(f"{text}\n".encode("utf-16-le")) // 2 <= room
    page = harmless(text)
    assert page.plain[1].startswith("Plan: ")


@given(
    st.lists(st.lists(st.text("x😀", max_size=900), max_size=40), max_size=6),
    st.integers(SMALLEST, 9_000),
)
def test_what_is_left_out_is_counted(texts, room):
    """Kept and counted make all; each section counts its own, the last line others."""
    sections = [
        Section("<ul>", "</ul>", "<li>{}</li>", [], "<h4>h</h4>") for _ in texts
    ]
    for section, entries in zip(sections, texts, strict=True):
        for entry in entries:
            section.add(0, f"<li>{entry}</li>".__str__)
    page = harmless(fit(Frame("plan", room=room), "<h3>all</h3>", sections))
    left = [int(text.split()[2]) for text in page.plain if text.startswith("… and")]
    kept = page.tags.count("li") - sum(
        page.shape[place - 1] == "li"
        for place, text in enumerate(page.shape)
        if text.startswith("… and")
    )
    assert kept + sum(left) == sum(map(len, texts))


def test_the_most_important_stays_longest():
    """What was refused before what breaks senders, that before what is merely new."""
    part = many(200)
    part = replace(part, lines=(*part.lines, *eventful("x").lines))
    text = comment(part, frame=Frame("plan", room=4_000))
    page = harmless(text)
    shown = [code for code in page.codes if code.startswith("shop/template.")]
    assert shown[:4] == [str(at(key)) for key in ("late", "k11", "k4", "k1")]
    assert "<code>smsform plan</code>" in text
    assert "POSITION 1" in page.text


def test_a_giant_does_not_crowd_out_the_others():
    """An entry that does not fit is counted, the next ones are looked at."""
    giant = an_entry("1", "new", Review.REJECTED, note="长" * 70_000)
    block = a_block(late=a_version(text="new"))
    wanted = [a_desired(f"k{number}") for number in range(3)]
    part = plan_of(*wanted, a_desired("late"), entries=(giant,), block=block)
    page = harmless(comment(part))
    assert "shop/template.k2" in page.codes
    assert "… and 1 more" in " ".join(page.plain)


@pytest.mark.parametrize(("amount", "opened"), [(OPEN - 1, True), (OPEN, False)])
def test_few_changes_are_read_without_a_click(amount, opened):
    """Each is shown; more than a screen holds would hide the tables."""
    lines = plan_of(*(a_desired(f"k{number}") for number in range(amount)))
    again = plan_of(a_desired("late"))
    text = comment(lines, again)
    assert text.count("<details open>") == (amount + 1 if opened else 0)
    assert text.count("</details>") == amount + 1


def test_what_is_folded_away_is_not_even_written(monkeypatch):
    """A comment on ten thousand changes costs what a full comment costs."""
    written = []
    as_details = changes.as_details
    monkeypatch.setattr(
        changes,
        "as_details",
        lambda line, opened: written.append(line) or as_details(line, opened),
    )
    lines = eventful("x").lines * 800
    text = comment(replace(eventful("x"), lines=lines))
    assert units(text) <= LARGEST
    assert len(written) - text.count("<details>") <= folding.PATIENCE
    written.clear()
    kept = comment(replace(eventful("x"), lines=lines[:130]))
    assert len(written) - folding.PATIENCE <= kept.count("<details>")


def test_units_are_the_larger_of_what_forges_may_count():
    """Beyond the basic plane two a character, as JavaScript counts."""
    assert units("ab") == 3
    assert units("词") == 2
    assert units("😀") == 3


@pytest.mark.parametrize("kind", ["plan", "apply", "status", "preview"])
def test_every_report_says_where_the_rest_is(kind):
    """The line for what was left out exists for each of them."""
    assert "7" in say(f"markdown.more_{kind}", count=7)
