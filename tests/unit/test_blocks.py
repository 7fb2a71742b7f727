"""`moved` and `adopt` blocks: read, checked, planned, and what ids make of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import projects
from builders import a_block, a_desired, a_version, an_entry, at, plan_of
from smsform.directives import Claim, Directives, Move, ends_of
from smsform.errors import Position, WrongDirective
from smsform.model import Address, Identity, Kind, Review
from smsform.plan import Action, Reason
from smsform.state import Block, Intent, Origin, Record, State
from smsform.state.published import published

HERE = Position("t.yaml", 1, 1)
AGO = "2026-01-01T00:00:00+00:00"
BASE = """\
signatures: {shop: {name: 甲}, mall: {name: 乙, providers: [first]}}
templates:
  a: {type: notification, content: 您好}
  b: {type: notification, content: 再见, providers: [second]}
"""


def move(origin, target, kind=Kind.TEMPLATE):
    """A `moved` block."""
    return Move(kind, origin, target, HERE)


def moves(*pairs):
    """Directives of `moved` blocks between templates."""
    return Directives(tuple(move(*pair) for pair in pairs))


def claims(key, id, theirs=False):
    """Directives of one `adopt` block for a template."""
    return Directives((), (Claim(at(key), id, HERE, theirs),))


def test_blocks_are_read(tmp_path: Path) -> None:
    """Bare keys are templates; ids are texts, however they are written."""
    found = projects.read(
        tmp_path,
        BASE + "moved:\n- {from: old, to: a}\n"
        "- {from: signature.old, to: signature.shop}\n"
        "adopt:\n- {address: first/template.a, id: 1110}\n"
        '- {address: first/signature.mall, not: "7"}\n',
    )
    assert found.problems == ()
    moves = found.directives.moves
    assert [(each.kind, each.origin, each.target) for each in moves] == [
        (Kind.TEMPLATE, "old", "a"),
        (Kind.SIGNATURE, "old", "shop"),
    ]
    assert [(str(c.address), c.id, c.theirs) for c in found.directives.claims] == [
        ("first/template.a", "1110", False),
        ("first/signature.mall", "7", True),
    ]


@pytest.mark.parametrize(
    ("blocks", "rule", "says"),
    [
        ("moved: [{from: x, to: nothing}]", "SF150", "not defined"),
        ("moved: [{from: b, to: a}]", "SF150", "still defined"),
        ("moved: [{from: x, to: y}, {from: y, to: x}]", "SF150", "back to it"),
        ("moved: [{from: x, to: x}]", "SF150", "back to it"),
        ("moved: [{from: x, to: a}, {from: x, to: b}]", "SF150", "a second time"),
        ("moved: [{from: x, to: a}, {from: y, to: a}]", "SF150", "a second key"),
        ("moved: [{from: signature.x, to: a}]", "SF150", "other kind"),
        ("moved: [{from: templates.x, to: a}]", "SF150", "is no key"),
        ("moved: [{from: x}]", "SF118", "to"),
        ("moved: {from: x, to: a}", "SF113", "list of blocks"),
        ("moved: [{from: x, to: a, why: b}]", "SF112", "why"),
        ("adopt: [{address: first/template.c, id: 1}]", "SF151", "not defined"),
        ("adopt: [{address: third/template.a, id: 1}]", "SF151", "no provider"),
        ("adopt: [{address: first/template.b, id: 1}]", "SF151", "does not go"),
        ("adopt: [{address: template.a, id: 1}]", "SF151", "no address"),
        ("adopt: [{address: first/template.a}]", "SF118", "id"),
        ("adopt: [{id: 1}]", "SF118", "address"),
        ("adopt: [{address: first/template.a, id: 1, not: 2}]", "SF151", "not both"),
        ('adopt: [{address: first/template.a, id: " "}]', "SF151", "no id"),
        (
            "adopt: [{address: first/template.a, id: 1}, "
            "{address: first/template.a, not: 1}]",
            "SF151",
            "a second time",
        ),
    ],
)
def test_a_block_that_cannot_be_followed_is_an_error(
    tmp_path: Path, blocks: str, rule: str, says: str
) -> None:
    """Where it stands, why, and what to do; and nothing follows it."""
    found = projects.read(tmp_path, BASE + blocks)
    assert {problem.rule for problem in found.problems} == {rule}
    assert any(says in each.message or says in each.hint for each in found.problems)
    assert all(problem.at.line == 5 and problem.hint for problem in found.problems)


def test_a_chain_of_moves_leads_to_its_end(tmp_path: Path) -> None:
    """Blocks of several renames stand together."""
    found = projects.read(
        tmp_path, BASE + "moved: [{from: x, to: y}, {from: y, to: a}]"
    )
    assert found.problems == ()
    assert found.directives.end(Kind.TEMPLATE, "x") == "a"
    assert found.directives.end(Kind.SIGNATURE, "x") == "x"


# -- planned ---------------------------------------------------------------------------


def did(plan):
    """The key, action and reason of every line."""
    return [(line.address.key, line.action, line.reason) for line in plan.lines]


def active(key="old", text="old", protected=False):
    """A block in which *key* has one approved, active version."""
    version = a_version("1", text, review=Review.APPROVED)
    return a_block(**{key: Record((version,), "1", AGO, protected)})


def test_a_rename_with_an_edit_keeps_versions_and_active_id():
    """All that the old key had goes to the new one, then the edit is submitted."""
    plan = plan_of(
        a_desired("login"),
        entries=(an_entry(text="old"),),
        block=active(protected=True),
        directives=moves(("old", "login")),
    )
    assert did(plan) == [
        ("login", Action.ADOPT, Reason.MOVED),
        ("login", Action.SUPERSEDE, Reason.EDITED),
    ]
    record = plan.block.record((Kind.TEMPLATE, "login"))
    assert (record.active, record.active_since, record.protected) == ("1", AGO, True)
    assert plan.lines[0].moved_from == at("old")
    assert not plan.orphans


@pytest.mark.parametrize("key", ["old", "older", "login"])
def test_a_chain_works_from_every_older_state(key):
    """Whatever state comes back, what it has goes to the end of the chain."""
    plan = plan_of(
        a_desired("login", "old"),
        entries=(an_entry(text="old"),),
        block=active(key),
        directives=moves(("older", "old"), ("old", "login")),
    )
    assert set(plan.block.records) == {(Kind.TEMPLATE, "login")}
    assert plan.lines[-1].action is (Action.NONE if key == "login" else Action.ADOPT)


def test_open_submissions_move_along():
    """And are recognised under the new key."""
    intent = Intent("create", "old", False, (), {"Text": "new"}, (), "not known")
    block = Block(Identity("made_up"), {}, {(Kind.TEMPLATE, "old"): intent})
    plan = plan_of(a_desired(), block=block, directives=moves(("old", "login")))
    assert set(plan.block.intents) == {(Kind.TEMPLATE, "login")}
    assert did(plan)[-1] == ("login", Action.WAIT, Reason.UNCLEAR)


def test_where_both_have_something_the_end_keeps_its_active_one():
    """Two states met in a merge: nothing is lost, nothing flips."""
    block = active("old").with_record(
        (Kind.TEMPLATE, "login"),
        Record((a_version("2", "new", review=Review.APPROVED),), "2", AGO),
    )
    plan = plan_of(
        a_desired(),
        entries=(an_entry("1", "old"), an_entry("2", "new")),
        block=block,
        directives=moves(("old", "login")),
        retire_after=60.0,
    )
    record = plan.block.record((Kind.TEMPLATE, "login"))
    assert {each.id for each in record.versions} == {"1", "2"}
    assert record.active == "2"
    assert [line.action for line in plan.lines] == [Action.ADOPT]  # it has time anew


def test_a_provider_without_the_end_keeps_the_old_key():
    """And spares what stands under it, even with --prune."""
    plan = plan_of(
        entries=(an_entry(text="old"),),
        block=active(),
        directives=moves(("old", "login")),
        prune=True,
    )
    assert did(plan) == []
    assert "moved" in plan.orphans[0].spared


def test_a_standing_block_keeps_its_key_from_being_taken_otherwise():
    """Nobody else takes it for a renamed one."""
    plan = plan_of(
        a_desired("other", "old"),
        entries=(an_entry(text="old"),),
        block=active(),
        directives=moves(("old", "login")),
    )
    assert did(plan) == [("other", Action.CREATE, Reason.NEW)]


def test_a_move_between_markets_is_an_error():
    """They are different messages."""
    with pytest.raises(WrongDirective) as error:
        plan_of(
            a_desired(international=True),
            entries=(an_entry(text="old"),),
            block=active(),
            directives=moves(("old", "login")),
        )
    assert "another market" in error.value.message()
    assert str(HERE) in error.value.message()
    assert error.value.hint()


@pytest.mark.parametrize(
    ("review", "handed_out"), [(Review.APPROVED, "1"), (Review.IN_REVIEW, "")]
)
def test_an_adopted_id_is_handed_out_whatever_its_text(review, handed_out):
    """The person who names it says that it serves; it may be deleted later."""
    plan = plan_of(
        a_desired(),
        entries=(an_entry(text="else", name="x", review=review),),
        directives=claims("login", "1"),
    )
    assert did(plan)[0] == ("login", Action.ADOPT, Reason.CLAIMED)
    record = plan.block.record((Kind.TEMPLATE, "login"))
    assert (record.active, record.versions[0].origin) == (handed_out, Origin.IMPORTED)
    assert plan.lines[1].action is (Action.SUPERSEDE if handed_out else Action.UPDATE)


def test_an_adopt_block_is_inert_once_done():
    """And where the address owns others while the id is gone."""
    entry = an_entry(text="new")
    block = a_block(login=Record((a_version(review=Review.APPROVED),), "1", AGO))
    for id in ("1", "9"):
        plan = plan_of(
            a_desired(), entries=(entry,), block=block, directives=claims("login", id)
        )
        assert did(plan) == [("login", Action.NONE, Reason.SETTLED)]


def test_an_id_that_nobody_has_is_waited_for():
    """Nothing is submitted in its place: a person is needed."""
    [line] = plan_of(a_desired(), directives=claims("login", "9")).lines
    assert (line.action, line.reason, line.id) == (Action.WAIT, Reason.MISSING, "9")
    assert line.by_hand


def test_an_id_taken_by_its_text_moves_to_the_address_that_names_it():
    """What was submitted or named by id stays: that is an error."""
    entry = an_entry(text="x")
    for origin in (Origin.ADOPTED, Origin.SUBMITTED):
        version = a_version(text="x", origin=origin, review=Review.APPROVED)
        given = {
            "entries": (entry,),
            "block": a_block(other=Record((version,), "1", AGO)),
            "directives": claims("login", "1"),
        }
        wanted = (a_desired(), a_desired("other", "x"))
        if origin is Origin.SUBMITTED:
            with pytest.raises(WrongDirective, match="claim_owned"):
                plan_of(*wanted, **given)
            continue
        plan = plan_of(*wanted, **given)
        assert did(plan)[0] == ("login", Action.ADOPT, Reason.CLAIMED)
        assert plan.block.record((Kind.TEMPLATE, "login")).active == "1"


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (an_entry(foreign=True), "claim_gift"),
        (an_entry(international=True), "claim_market"),
        (an_entry(kind=Kind.SIGNATURE), "claim_kind"),
    ],
)
def test_what_cannot_be_the_address_s_is_an_error(entry, sentence):
    """Another kind or market, a gifted entry."""
    with pytest.raises(WrongDirective, match=sentence) as error:
        plan_of(a_desired(), entries=(entry,), directives=claims("login", "1"))
    assert error.value.hint()


def test_what_is_somebody_else_s_is_never_taken():
    """Neither by its text nor as a rival; ours cannot be called so."""
    given = {"directives": claims("login", "1", theirs=True)}
    for entry in (an_entry(), an_entry(text="by hand")):
        [line] = plan_of(a_desired(), entries=(entry,), **given).lines
        assert line.action is Action.CREATE
    block = a_block(login=a_version(review=Review.APPROVED))
    with pytest.raises(WrongDirective, match="theirs_ours"):
        plan_of(a_desired(), entries=(an_entry(),), block=block, **given)


def test_what_a_block_names_is_not_passed_on():
    """It stays where the block wants it."""
    versions = (
        a_version("1", "old", review=Review.APPROVED),
        a_version("2", "new", review=Review.APPROVED),
    )
    block = a_block(login=Record(versions, "2", AGO))
    plan = plan_of(
        a_desired(),
        a_desired("other", "old"),
        block=block,
        entries=(an_entry("1", "old"), an_entry("2", "new")),
        directives=claims("login", "1"),
    )
    assert [line.action for line in plan.lines] == [Action.NONE, Action.CREATE]


# -- what ids make of it ---------------------------------------------------------------

KEYS = {Address("shop", Kind.TEMPLATE, "login")}


def answers(state_key, defined=KEYS, directives=None, instead=None):
    """Key -> (id, deprecated) of what is published."""
    state = State({"shop": active(state_key)})
    blocks = directives or moves(("old", "login"))
    found = published(state, defined, blocks, instead or {})
    return {each.address.key: (each.version.id, each.deprecated) for each in found}


@pytest.mark.parametrize("key", ["old", "login"])
def test_both_keys_answer_while_the_block_stands(key):
    """Before an apply came to it and after; the old one is marked."""
    assert answers(key) == {"login": ("1", False), "old": ("1", True)}


def test_without_the_block_only_the_new_key_answers():
    """Which is why it stands until applications have been deployed."""
    assert answers("login", directives=Directives()) == {"login": ("1", False)}


def test_a_provider_without_the_end_answers_for_the_old_key():
    """There it was not moved."""
    assert answers("old", defined=set()) == {"old": ("1", False)}


def test_a_deprecated_template_is_only_marked():
    """Its id stays its own."""
    words = {at("login"): "use sign_in"}
    found = answers("login", directives=Directives(), instead=words)
    assert found == {"login": ("1", True)}


def test_what_is_not_approved_is_not_published():
    """Under neither key."""
    block = a_block(old=Record((a_version(),), "1", AGO))
    state = State({"shop": block})
    assert not list(published(state, KEYS, moves(("old", "login"))))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=9))
def test_where_blocks_lead(pairs: list[tuple[int, int]]) -> None:
    """To where following them one by one leads; into a circle: to a key of it."""
    moves = [
        Move(Kind.TEMPLATE, str(origin), str(target), Position("f", n, 1))
        for n, (origin, target) in enumerate(dict(pairs).items())
    ]
    following = {move.origin: move.target for move in moves}
    for (_, key), end in ends_of(moves).items():
        passed = set()
        while key in following and key not in passed:
            passed.add(key)
            key = following[key]
        assert end == key or {end, key} <= passed


def test_a_long_chain_is_followed_once() -> None:
    """Twenty thousand blocks, the slow way two hundred million steps."""
    moves = [
        Move(Kind.TEMPLATE, f"k{n}", f"k{n + 1}", Position("f", n, 1))
        for n in range(20_000)
    ]
    began = time.process_time()
    assert set(ends_of(moves).values()) == {"k20000"}
    assert set(ends_of(moves[::-1]).values()) == {"k20000"}
    assert time.process_time() - began < 5
