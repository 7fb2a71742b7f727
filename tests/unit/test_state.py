"""The state file: what is written is read, what is damaged is refused in one line."""

from __future__ import annotations

import contextlib
import json
import os
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_version
from smsform.delivery import LATEST, Deliverable, Delivery, Term
from smsform.errors import StateError
from smsform.model import Identity, Kind, Review
from smsform.state import (
    Block,
    FileState,
    Intent,
    Origin,
    Record,
    SplitState,
    State,
    Version,
    layout,
)
from smsform.state.as_written import read_as_written
from smsform.state.check import Checked
from smsform.state.codec import dump
from smsform.state.glimpse import Glimpse, glimpse
from smsform.state.parse import parse

texts = st.text(st.characters(codec="utf-8"), max_size=12)
words = st.text("abc_é登", min_size=1, max_size=6)
attributes = st.dictionaries(words, texts | st.integers() | st.booleans(), max_size=3)
terms = st.builds(Term, texts, st.dates().map(str))
deliveries = st.builds(
    Delivery,
    st.sampled_from(Deliverable),
    texts,
    st.integers(0, LATEST),
    texts,
    st.lists(terms, max_size=2).map(tuple),
)
versions = st.builds(
    Version,
    id=words,
    origin=st.sampled_from(Origin),
    name=texts,
    review=st.sampled_from(Review),
    submitted=attributes,
    parameters=st.lists(words).map(tuple),
    assumed=st.lists(words).map(tuple),
    at=texts,
    by=texts,
    commit=texts,
    gone=st.booleans(),
    delivery=st.none() | deliveries,
)
intents = st.builds(
    Intent,
    action=words,
    name=texts,
    international=st.booleans(),
    known=st.lists(words).map(tuple),
    submitted=attributes,
    parameters=st.lists(words).map(tuple),
    at=texts,
    by=texts,
    commit=texts,
)
slots = st.tuples(st.sampled_from(Kind), words)


@st.composite
def states(draw):
    """Any state whose ids have one owner each."""
    blocks = {}
    for name in draw(st.sets(words, max_size=2)):
        seen: set[object] = set()
        records = {}
        for slot in draw(st.sets(slots, max_size=3)):
            kept = []
            for version in draw(st.lists(versions, min_size=1, max_size=3)):
                if (slot[0], version.id) not in seen:
                    seen.add((slot[0], version.id))
                    kept.append(version)
            if kept:
                active = draw(st.sampled_from(["", kept[0].id]))
                since = draw(texts) if active else ""
                records[slot] = Record(tuple(kept), active, since, draw(st.booleans()))
        opened = draw(st.dictionaries(slots, intents, max_size=2))
        place = draw(st.builds(Identity, words, texts, texts))
        ids = st.lists(words, min_size=1, max_size=2).map(tuple)
        retired = draw(st.dictionaries(slots, ids, max_size=2))
        block = Block(place, records, opened, retired)
        if records or opened or retired:
            blocks[name] = block
    return State(blocks)


@given(states())
def test_what_is_written_is_read(state):
    """Text to state and back loses nothing, and equal states give equal text."""
    text = dump(state).decode()
    assert parse("state", text) == state
    assert dump(parse("state", text)).decode() == text


class Dribble(BytesIO):
    """A file of which a few bytes come at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        """No more bytes than it gives."""
        return super().read(min(size or 0, self._most))


@given(states(), st.integers(1, 400))
def test_what_is_written_is_read_quickly(state, most):
    """The quick way reads every file of ours whose active ids have a time, in pieces
    of any size."""
    found = read_as_written(Dribble(dump(state), most))
    records = [each for b in state.blocks.values() for each in b.records.values()]
    timed = all(each.active_since or not each.active for each in records)
    assert found == (state if timed else None)


@given(states(), st.data())
def test_the_quick_way_reads_nothing_that_the_other_reads_differently(state, data):
    """A line twice, gone, in another place or damaged: refused, or read as `parse`."""
    lines = dump(state).decode().splitlines(keepends=True)
    number = st.integers(0, len(lines) - 1)
    line, place = lines[data.draw(number)], data.draw(number)
    how = data.draw(st.sampled_from(["twice", "instead", "damaged", "more", "less"]))
    if how == "twice":
        lines.insert(place, line)
    elif how == "instead":
        lines[place] = line
    elif how == "damaged":
        at = data.draw(st.integers(0, len(line)))
        lines[place] = line[:at] + data.draw(st.text(max_size=2)) + line[at + 1 :]
    elif how == "more":
        lines.insert(place, '"strange": 1.0,\n')
    else:
        del lines[place]
    text = "".join(lines)
    found = read_as_written(BytesIO(text.encode()))
    assert found is None or found == parse("state", text)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"gone": true', '"gone": true,\n       "gone": true'),
        ('"gone": true', '"gone": 1'),
        ('"gone": true', '"gone": false'),
        ('"id": "1"', '"id": ""'),
        ('"origin": "submitted"', '"origin": "made"'),
        ('"smsform": 1', '"smsform": 2'),
        ('"smsform": 1', '"more": {},\n "smsform": 1'),
        ('"template.login"', '"text.login"'),
        ('"intents": {}', '"intents": {"login": {}}'),
        ('"2026-11-30"', '"2026-11-31"'),
    ],
)
def test_what_is_not_as_we_write_it_is_left_to_parse(was, now):
    """Unknown, twice, spelled otherwise, impossible: none of these is read quickly."""
    told = Delivery(Deliverable.NO, terms=(Term("letter", "2026-11-30"),))
    version = a_version(gone=True, delivery=told)
    block = Block(Identity("mock"), {(Kind.TEMPLATE, "login"): Record((version,))})
    text = dump(State({"cloud": block})).decode()
    assert was in text
    assert read_as_written(BytesIO(text.encode())) is not None
    assert read_as_written(BytesIO(text.replace(was, now).encode())) is None


@given(states(), st.data())
def test_a_look_at_a_file_tells_what_is_in_it(state, data):
    """Where the entries of each provider are, and how many; nothing of other files."""
    text = dump(state)
    dribble = Dribble(text, data.draw(st.integers(1, 400)))
    assert glimpse(dribble, [*state.blocks, "nobody"]) == {
        name: Glimpse(
            block.identity,
            {kind: sum(slot[0] is kind for slot in block.records) for kind in Kind},
        )
        for name, block in state.blocks.items()
    }
    for other in state.blocks:
        assert glimpse(BytesIO(text), state.blocks.keys() - {other}) == {}
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.binary(max_size=2)) + text[at + 1 :]
    assert isinstance(glimpse(BytesIO(damaged), state.blocks), dict)
    assert glimpse(BytesIO(text[:at]), state.blocks) == {}


def test_what_would_take_much_memory_is_left_to_parse(tmp_path):
    """An entry of some megabytes is none that we wrote; it is read all the same."""
    many = tuple(a_version(id=str(number), note="n" * 900) for number in range(3000))
    state = State(
        {"cloud": Block(Identity("mock"), {(Kind.TEMPLATE, "login"): Record(many)})}
    )
    text = dump(state)
    assert len(text) > layout.LONGEST
    assert read_as_written(BytesIO(text)) is None
    assert glimpse(BytesIO(text), ["cloud"]) == {}
    store = FileState(tmp_path / "state.json")
    store.save(state)
    assert store.load() == state


@given(states())
def test_it_is_written_as_json_writes_it(state):
    """Sorted and indented, as anybody's tools would do it again."""
    text = dump(state).decode()
    again = json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True)
    assert text == again + "\n"


@given(states(), st.sampled_from(["\ud800", 2**64, -(2**64)]))
def test_what_json_has_another_way_to_say_is_written_and_read(state, odd):
    """A lone surrogate that a service sent, a number of any length."""
    version = a_version(submitted={"Text": odd, "x\udfff": "登录"})
    record = Record((version,))
    state = state.with_block("q", Block(Identity("t"), {(Kind.TEMPLATE, "a"): record}))
    assert parse("state", dump(state).decode()) == state


@given(states(), st.data())
def test_a_damaged_file_is_refused_or_read_never_a_traceback(state, data):
    """Cut anywhere or with one character changed: StateError, or a valid state."""
    text = dump(state).decode()
    cut = data.draw(st.integers(0, len(text)))
    for broken in (text[:cut], text[:cut] + "{" + text[cut + 1 :]):
        with contextlib.suppress(StateError):
            assert isinstance(parse("state", broken), State)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("[]", ": not a state file"),
        ("{}", "not a state file"),
        ('{"smsform": 2}', "newer"),
        ('{"smsform": 1, "smsform": 1}', "twice"),
        ("[" * 100_000, "not JSON"),
        (
            '{"smsform": 1, "providers": {"shop": {"entries": {"template.a": '
            '{"versions": []}}}}}',
            "owns nothing",
        ),
        ('{"smsform": 1,\n<<<<<<< HEAD\n', "conflict"),
        (
            '{"smsform": 1, "providers": {"a": {"entries": {"x.y": {}}}}}',
            "template.KEY",
        ),
    ],
)
def test_each_damage_is_named(text, words):
    """What is wrong is said in one line, with what to do."""
    with pytest.raises(StateError) as caught:
        parse("smsform.state.json", text)
    assert words in caught.value.message()
    assert caught.value.hint()


def test_an_id_has_one_owner():
    """Two addresses that claim one id are refused."""
    version = {"id": "1", "origin": "submitted", "review": "approved"}
    entries = {name: {"versions": [version]} for name in ("template.a", "template.b")}
    document = {"smsform": 1, "providers": {"p": {"entries": entries}}}
    with pytest.raises(StateError, match="damaged") as caught:
        parse("state", json.dumps(document))
    assert "two owners" in caught.value.message()


def a_state(id: str, name: str = "shop") -> State:
    """A state with one version."""
    version = Version(id, Origin.SUBMITTED, "n", Review.IN_REVIEW, {})
    record = Record((version,))
    return State({name: Block(Identity("t"), {(Kind.TEMPLATE, "a"): record})})


def test_saving_the_same_state_leaves_the_file_alone(tmp_path):
    """Nothing changed, nothing written: the clone stays clean."""
    store = FileState(tmp_path / "state.json")
    store.save(a_state("1"))
    before = store.path.stat().st_mtime_ns
    os.utime(store.path, ns=(1, 1))
    store.save(a_state("1"))
    assert store.path.stat().st_mtime_ns == 1 != before
    store.save(a_state("2"))
    assert store.load() == a_state("2")
    assert os.listdir(tmp_path) == ["state.json"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_keeps_the_old_state(tmp_path, monkeypatch, call):
    """When writing fails, the file on disk is the old one, whole."""
    store = FileState(tmp_path / "state.json")
    store.save(a_state("1"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(StateError) as caught:
        store.save(a_state("2"))
    assert "No space left" in caught.value.message()
    monkeypatch.undo()
    assert store.load() == a_state("1")
    assert os.listdir(tmp_path) == ["state.json"]


def test_emulated_ids_never_reach_the_committed_file(tmp_path):
    """A provider at the emulator has its own file; without it, it starts afresh."""
    committed, apart = FileState(tmp_path / "c.json"), FileState(tmp_path / "e.json")
    SplitState(committed, apart, ["shop"]).save(a_state("invented"))
    assert committed.load() == State()
    real = SplitState(committed, apart, [], ["shop"])
    assert real.load() == State()
    real.save(a_state("1"))
    both = SplitState(committed, apart, ["shop"])
    assert both.load() == a_state("invented")
    both.save(a_state("other"))
    assert committed.load() == a_state("1")


def test_what_the_emulators_file_has_of_a_lost_provider_is_seen_and_stays_there(
    tmp_path,
):
    """One that got another name is not forgotten, nor does it reach the other file."""
    committed, apart = FileState(tmp_path / "c.json"), FileState(tmp_path / "e.json")
    SplitState(committed, apart, ["shop"]).save(a_state("invented"))
    renamed = SplitState(committed, apart, ["store"])
    assert renamed.load() == a_state("invented")
    renamed.save(a_state("other"))
    assert committed.load() == State()
    assert apart.load() == a_state("other")


class Interrupted(FileState):
    """Writes, and is interrupted before it can say so."""

    def save(self, state):
        """Write, then fail."""
        super().save(state)
        raise KeyboardInterrupt


def test_what_an_interrupted_save_wrote_can_be_taken_back(tmp_path):
    """Taking back is a save like any other, though the state is the one first read."""
    committed, apart = FileState(tmp_path / "a"), Interrupted(tmp_path / "b")
    both = SplitState(committed, apart, ["shop"])
    before = both.load()
    with pytest.raises(KeyboardInterrupt):
        both.save(a_state("interrupted"))
    with contextlib.suppress(KeyboardInterrupt):
        both.save(before)
    assert FileState(tmp_path / "b").load() == before


def owning(**ids):
    """A state where each address owns these ids."""
    records = {
        (Kind.TEMPLATE, key): Record(tuple(a_version(id) for id in each))
        for key, each in ids.items()
    }
    return State({"shop": Block(Identity("made_up"), records)})


@pytest.mark.parametrize(
    "ids",
    [
        {"one": ["7"], "two": ["7"]},
        {"one": ["7", "7"]},
        {"one": ["7\u3000"]},
        {"one": ["\ud800"]},
        {"one": [""]},
        {"one": [" "]},
        {"one": ["\x1b[31m"]},
    ],
)
def test_what_would_not_be_read_is_not_written(ids, tmp_path):
    """The file is as it was, and the next save is checked from the beginning."""
    store = FileState(tmp_path / "state.json")
    good = owning(one=["1"], two=["2"])
    store.save(good)
    for _ in range(2):
        with pytest.raises(StateError):
            store.save(owning(two=["2"], **ids) if "two" not in ids else owning(**ids))
        assert store.load() == good
    store.save(owning(one=["2"], two=["1"]))
    assert FileState(store.path).load() == owning(one=["2"], two=["1"])


@given(st.lists(states(), max_size=4))
def test_every_state_in_turn_may_be_written(run):
    """Looking only at what changed finds nothing wrong in states that are right."""
    checked = Checked()
    for state in [*run, *reversed(run)]:
        checked.check(state)


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_no_state_file(there, tmp_path):
    """Neither read nor replaced: by another link, others would lock another file."""
    target = tmp_path / "elsewhere.json"
    if there:
        target.write_bytes(dump(owning(one=["1"])))
    (tmp_path / "state.json").symlink_to(target)
    store = FileState(tmp_path / "state.json")
    for use in (store.load, store.lock, lambda: store.save(owning(one=["2"]))):
        with pytest.raises(StateError, match="link"):
            use()
    assert store.path.is_symlink()
    assert target.exists() is there
    assert not there or target.read_bytes() == dump(owning(one=["1"]))


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({"told": "perhaps"}, "delivery"),
        ({"told": "no", "since": -1}, "since"),
        ({"told": "no", "since": 10**30}, "since"),
        ({"told": "no", "terms": [{"paper": "x", "until": "soon"}]}, "terms"),
        ({"told": "no", "terms": [{"paper": "x", "until": "20261231"}]}, "terms"),
        ({"told": "no", "terms": ["x"]}, "mapping"),
    ],
)
def test_a_word_on_delivery_that_cannot_be(told, what):
    """Said in one line: a time that no calendar has would end a report."""
    block = {
        "entries": {
            "template.a": {
                "versions": [
                    {
                        "id": "1",
                        "origin": "submitted",
                        "review": "approved",
                        "delivery": told,
                    },
                ]
            }
        }
    }
    text = json.dumps({"smsform": 1, "providers": {"p": block}})
    with pytest.raises(StateError) as error:
        parse("state", text)
    assert what in error.value.message()


@pytest.mark.parametrize("ids", ["1", [1], [""], ["\x1b"]])
def test_retired_ids_that_are_none(ids):
    """They are printed: what is no id is refused."""
    text = json.dumps(
        {"smsform": 1, "providers": {"p": {"retired": {"template.a": ids}}}}
    )
    with pytest.raises(StateError) as error:
        parse("state", text)
    assert "retired" in error.value.message()


VERSION_OF_A_FILE = {
    "id": "1", "origin": "submitted", "name": "a", "review": "approved",
    "submitted": {}, "parameters": [], "at": "",
}  # fmt: skip


def a_file(*, versions=(VERSION_OF_A_FILE,), **block):
    """A state file of one template."""
    block = {"entries": {"template.a": {"versions": list(versions)}}, **block}
    return {"smsform": 1, "providers": {"p": block}}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"smsform": 1, "providers": []}, "providers: "),
        (a_file(entries=[]), "providers.p.entries: "),
        (a_file(versions=[]), "providers.p.entries.template.a.versions: "),
        (
            a_file(versions=[{**VERSION_OF_A_FILE, "submitted": {"x": None}}]),
            "providers.p.entries.template.a.versions.0.submitted",
        ),
        (
            a_file(versions=[{**VERSION_OF_A_FILE, "id": " "}]),
            "providers.p.entries.template.a.versions.0.id: ",
        ),
        (a_file(notices=[{"news": "x", "entry": "template.a"}]), "news: "),
        (a_file(entries={"x" * 5000: {}}), f"providers.p.entries.{'x' * 99}…: "),
    ],
)
def test_an_error_names_the_place_that_is_wrong(document, place):
    """The whole way to it, and no more of a damaged key than can be read."""
    with pytest.raises(StateError) as caught:
        parse("s.json", json.dumps(document))
    assert place in caught.value.message()
    assert len(caught.value.message()) < 400


def test_a_key_that_stands_twice_is_quoted_in_part():
    """Whatever its length."""
    key = "x" * 5000
    with pytest.raises(StateError) as caught:
        parse("s.json", f'{{"{key}": 1, "{key}": 2}}')
    assert len(caught.value.message()) < 400
