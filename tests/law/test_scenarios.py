"""The smallest worlds in which a naive reading of the rules fails, each by its name."""

from __future__ import annotations

from typing import Any

import pytest

from law.world import STEPS, TEAM, Definition, Project, World, entry
from smsform.delivery import Deliverable
from smsform.errors import WrongDirective
from smsform.model import Kind, Review
from smsform.registry import specs

NO, NOT_YET = Deliverable.NO, Deliverable.NOT_YET
WANTED = ("create", "update", "supersede")


@pytest.fixture(params=sorted(specs()))
def project(request: pytest.FixtureRequest) -> Project:
    """An empty project at a service of every kind there is."""
    return Project(World(request.param), asks="always")


def wants(project: Project, **texts: Any) -> None:
    """Definitions by key: a text, or (name, text, market)."""
    for key, each in texts.items():
        given = each if isinstance(each, tuple) else (key, each)
        project.wants[key] = Definition(*given)


def days(project: Project, count: int, prune: bool = False) -> list[Any]:
    """What was done on the last of some days."""
    done: list[Any] = []
    for _ in range(count):
        done = project.run(prune)
        project.world.day += 1
    return done


def owned(project: Project) -> dict[str, list[str]]:
    """Key -> ids."""
    records = project.block.records.items()
    return {slot[1]: [each.id for each in record.versions] for slot, record in records}


def approve(project: Project) -> None:
    """All that waits is approved."""
    for each in list(project.world.entries.values()):
        if each.review is Review.IN_REVIEW:
            project.world.judge(each.id, Review.APPROVED)


def test_s1_a_key_is_used_again_once_its_block_is_gone(project: Project) -> None:
    """With the block `validate` refuses it; without, the two are told apart."""
    v = entry(project.world, "a", "A")
    project.own("a", v, active=v)
    project.moves = [("a", "b")]
    wants(project, b="A")
    days(project, 1)
    assert project.ids() == {"a": v, "b": v}
    project.moves = []
    wants(project, a="N")
    assert days(project, 1) == [("create", "new", "a")]
    assert days(project, 3) == []
    assert project.ids() == {"b": v}


def test_s2_two_keys_change_places(project: Project) -> None:
    """By blocks it is refused while files are read; by text, both keep their ids."""
    a, b = entry(project.world, "a", "A"), entry(project.world, "b", "B")
    project.own("a", a, active=a)
    project.own("b", b, active=b)
    wants(project, a="B", b="A")
    assert [each[0] for each in days(project, 1)] == ["supersede", "supersede"]
    assert project.ids() == {"a": a, "b": b}


def test_s3_an_old_state_in_which_a_key_has_the_other_s_text(project: Project) -> None:
    """{a: v1}; a wants N, b wants B; v1 says B, v2 says N: nothing is submitted."""
    v1, v2 = entry(project.world, "a", "B"), entry(project.world, "a", "N")
    project.own("a", v1, active=v1)
    wants(project, b="B", a="N")
    for count in (1, 1, 5):
        assert not [x for x in days(project, count) if x[0] in WANTED]
        assert owned(project) == {"a": [v2], "b": [v1]}
        assert project.ids() == {"a": v2, "b": v1}
    assert sorted(project.world.entries) == [v1, v2]


def test_s4_one_entry_and_two_definitions_of_its_text(project: Project) -> None:
    """It goes to the one whose name it bears."""
    v = entry(project.world, "x", "T")
    wants(project, a_y=("y", "T"), x=("x", "T"))
    assert days(project, 1) == [("adopt", "found", "x"), ("create", "new", "a_y")]
    assert project.ids() == {"x": v}


def test_s5_what_replaced_it_is_dropped_by_the_carriers(project: Project) -> None:
    """Nothing is retired while the active one is told undeliverable."""
    v1, v2 = entry(project.world, "a", "A"), entry(project.world, "a", "B", arrives=NO)
    project.own("a", v1, v2, active=v2)
    wants(project, a="B")
    days(project, 9)
    assert sorted(project.world.entries) == [v1, v2]
    assert project.ids() == {"a": v2}
    project.world.arrives[v2] = Deliverable.YES
    days(project, 1)
    assert sorted(project.world.entries) == [v2]


def test_s6_a_draft_that_stays_rejected_holds_orphans(project: Project) -> None:
    """For ever, with the ways out named; asked for by its address it goes."""
    o = entry(project.world, "o", "O")
    r = entry(project.world, "d", "Z", Review.REJECTED)
    k = entry(project.world, "k", "K")
    project.own("o", o, active=o)
    project.own("d", r)
    project.own("k", k, active=k)
    wants(project, d="Z", k="K")
    for day in (0, 50, 500):
        project.world.day = day
        assert project.run(prune=True) == [("none", "rejected", "d")]
    part, _ = project.plan(prune=True)
    [orphan] = part.orphans
    assert "apply --delete shop/template.o" in orphan.spared


def test_s7_an_entry_for_both_markets(project: Project) -> None:
    """One of two definitions gets it, the other is submitted."""
    v = entry(project.world, "n", "T", international=None)
    wants(project, abroad=("n", "T", True), home=("n", "T", False))
    done = days(project, 1)
    assert sorted(each[0] for each in done) == ["adopt", "create"]
    assert list(project.ids().values()) == [v]


def test_s8_the_old_one_does_not_arrive_either(project: Project) -> None:
    """Then delivery delays nothing; a first version is left out until it arrives."""
    v1 = entry(project.world, "a", "A", arrives=NO)
    v2 = entry(project.world, "a", "B", arrives=NOT_YET)
    project.own("a", v1, v2, active=v1)
    wants(project, a="B")
    days(project, 1)
    assert project.ids() == {"a": v2}
    first = Project(project.world, asks="always")
    first.own("a", v2)
    wants(first, a="B")
    assert days(first, 3) == []
    assert first.ids() == {}
    project.world.arrives[v2] = Deliverable.YES
    days(first, 1)
    assert first.ids() == {"a": v2}


def test_s9_another_team_s_refusal(project: Project) -> None:
    """A rejected entry of another name is nobody's text."""
    entry(project.world, "theirs", "T", Review.REJECTED, by=TEAM)
    wants(project, a="T")
    assert days(project, 1) == [("create", "new", "a")]
    assert days(project, 1) == []


def test_s10_a_definition_is_split(project: Project) -> None:
    """a gets a new text, y its old one: a keeps its id until the new one is there."""
    v = entry(project.world, "a", "A")
    project.own("a", v, active=v)
    wants(project, a="B", y="A")
    assert days(project, 1) == [
        ("supersede", "edited", "a"),
        ("create", "new", "y"),
    ]
    assert project.ids() == {"a": v}


def test_s11_two_texts_change_places_by_editing(project: Project) -> None:
    """Each key keeps its id until its own new one is approved."""
    a, y = entry(project.world, "a", "A"), entry(project.world, "y", "B")
    project.own("a", a, active=a)
    project.own("y", y, active=y)
    wants(project, a="B", y="A")
    days(project, 1)
    assert project.ids() == {"a": a, "y": y}
    approve(project)
    for id in project.world.entries:
        project.world.arrives[id] = Deliverable.YES
    assert not [x for x in days(project, 2) if x[0] in WANTED]
    new = project.ids()
    assert {project.world.text(new["a"]), project.world.text(new["y"])} == {"A", "B"}
    assert project.world.text(new["a"]) == "B"


def test_s12_a_rename_with_an_edit_without_a_block(project: Project) -> None:
    """--prune in CI deletes nothing until the successor arrives and has aged."""
    v = entry(project.world, "a", "A")
    project.own("a", v, active=v)
    wants(project, b="B")
    assert days(project, 1, prune=True) == [("create", "new", "b")]
    approve(project)
    assert days(project, STEPS, prune=True) == []  # approved, not registered
    for id in project.world.entries:
        project.world.arrives[id] = Deliverable.YES
    assert days(project, STEPS, prune=True) == []
    assert v in project.world.entries
    assert days(project, 1, prune=True) == [("delete", "orphan", "a")]


def test_s13_two_entries_of_our_text(project: Project) -> None:
    """A person says which; another name changes nothing about that."""
    entry(project.world, "p", "T", by=TEAM)
    entry(project.world, "q", "T", by=TEAM)
    wants(project, a="T")
    assert days(project, 1) == [("wait", "ambiguous", "a")]
    wants(project, a=("another", "T"))
    assert days(project, 1) == [("wait", "ambiguous", "a")]


def test_s14_a_key_moves_to_another_market(project: Project) -> None:
    """They are different messages: the block is refused, nothing is done."""
    v = entry(project.world, "a", "A")
    project.own("a", v, active=v)
    project.moves = [("a", "b")]
    wants(project, b=("b", "A", True))
    with pytest.raises(WrongDirective):
        project.run(prune=True)
    assert list(project.world.entries) == [v]


def test_s15_an_old_state_and_an_edit_in_place(project: Project) -> None:
    """The state says T2, the service approved T3, the definition is back at T2."""
    v = entry(project.world, "a", "T2", Review.IN_REVIEW)
    project.own("a", v)
    project.world.resubmit(v, "T3")
    project.world.judge(v, Review.APPROVED)
    wants(project, a="T2")
    assert days(project, 1) == [("supersede", "edited", "a")]
    assert project.ids() == {}  # T3 never was handed out


def test_s16_an_adopt_block_beside_a_version_to_pass_on(project: Project) -> None:
    """What a block names stays where it is named, and nothing flips."""
    v, n = entry(project.world, "a", "A"), entry(project.world, "a", "B")
    project.own("x", v, n, active=n)
    project.claims = [("x", v)]
    wants(project, x=("a", "B"), y="A")
    assert days(project, 1) == [("create", "new", "y")]
    assert days(project, 3) == []
    assert owned(project)["x"] == [v, n]
    assert project.ids() == {"x": n}


def test_s17_an_adopt_block_after_a_lost_state(project: Project) -> None:
    """The named entry is handed out at once, the one in review is taken by its text."""
    v = entry(project.world, "a", "A")
    c = entry(project.world, "a", "B", Review.IN_REVIEW)
    project.claims = [("a", v)]
    wants(project, a="B")
    assert days(project, 1) == [("adopt", "claimed", "a"), ("adopt", "found", "a")]
    assert project.ids() == {"a": v}
    assert days(project, 1) == []
    assert sorted(owned(project)["a"]) == [v, c]


def test_s18_a_lost_state_and_carriers_that_say_no(project: Project) -> None:
    """What was adopted is handed out: others use it already."""
    v = entry(project.world, "a", "A", arrives=NO)
    wants(project, a="A")
    days(project, 2)
    assert project.ids() == {"a": v}


@pytest.mark.parametrize("key", ["a", "b", "c"])
def test_s19_a_chain_of_blocks_and_every_older_state(
    project: Project, key: str
) -> None:
    """All three keys answer, whatever state comes back."""
    v = entry(project.world, "a", "A")
    project.own(key, v, active=v)
    project.moves = [("a", "b"), ("b", "c")]
    wants(project, c="C")
    done = days(project, 1, prune=True)
    assert done[-1] == ("supersede", "edited", "c")
    assert project.ids() == {"a": v, "b": v, "c": v}
    assert v in project.world.entries
    assert project.block.record((Kind.TEMPLATE, "c")).active == v
