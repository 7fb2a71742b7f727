"""The journal beside a state file: every step is durable, whenever a run ends."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_version
from smsform.apply.ledger import Ledger
from smsform.errors import StateError
from smsform.model import Address, Identity, Kind
from smsform.state import (
    Author,
    Block,
    FileState,
    Intent,
    Record,
    SplitState,
    State,
    durable,
    file,
    writing,
)

IDENTITY = Identity("made_up")
KEYS = "abc"
AN_INTENT = Intent("create", "登录", False, ("7",), {"Text": "x\ud800"}, (), "now")

keys = st.sampled_from(KEYS)
changes = st.tuples(keys, st.sampled_from(["opened", "made", "forgotten", "retired"]))


@pytest.fixture(autouse=True)
def _always_resting(monkeypatch):
    """No step is a reason to write the file whole."""
    monkeypatch.setattr(writing, "REST", float("inf"))


@pytest.fixture
def path(tmp_path):
    """Where the state file is."""
    return tmp_path / "state.json"


def journal_of(path: Path) -> Path:
    """The journal beside it."""
    return path.with_name(f"{path.name}.journal")


def read(path: Path) -> State:
    """The state as another process reads it."""
    return FileState(path).load()


def a_ledger(path: Path, *keys: str) -> Ledger:
    """A run at a file that was written whole, where these keys own something."""
    records = {(Kind.TEMPLATE, key): Record((a_version(key),)) for key in keys}
    store, state = FileState(path), State({"p": Block(IDENTITY, records)})
    store.save(state)
    return Ledger(store, state, Author())


def step(ledger: Ledger, key: str, what: str, id: str = "") -> None:
    """One change of an address."""
    slot = (Kind.TEMPLATE, key)

    def change(block: Block) -> Block:
        if what == "opened":
            return block.with_intent(slot, AN_INTENT)
        if what == "made":
            version = a_version(id or key)
            record = block.record(slot).with_version(version)
            return block.with_record(slot, record).with_intent(slot, None)
        record = block.record(slot)
        gone = record.versions if what == "retired" else ()
        return block.with_record(slot, Record()).with_retired(slot, *gone)

    ledger.step(Address("p", *slot), change)


@given(st.lists(changes, max_size=12), st.sampled_from([-1.0, 2.0, float("inf")]))
def test_after_every_step_others_read_what_the_run_knows(run, rest):
    """Whether it went into the journal or the file was written, and after the end."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "REST", rest)
        patch.setattr(writing, "perf_counter", count().__next__)
        path = Path(folder) / "state.json"
        ledger = a_ledger(path, "a")
        for key, what in run:
            step(ledger, key, what)
            assert read(path).blocks.get("p", Block(IDENTITY)) == ledger.block("p")
        ledger.close()
        assert os.listdir(folder) == ["state.json"]
        assert read(path).blocks.get("p", Block(IDENTITY)) == ledger.block("p")


def test_a_journal_may_end_anywhere(path):
    """Of a power cut in the middle of a line, all lines before it are left."""
    ledger, known = a_ledger(path, "a"), []
    for key in KEYS:
        known.append(read(path))
        step(ledger, key, "opened")
    known.append(read(path))
    data, found = journal_of(path).read_bytes(), []
    for end in range(len(data) + 1):
        journal_of(path).write_bytes(data[:end])
        found.append(read(path))
    assert [each for n, each in enumerate(found) if each not in found[:n]] == known
    journal_of(path).write_bytes(data[:-9] + bytes(8) + b"\n")  # not all was written
    assert read(path) == known[-2]


def test_what_is_in_the_file_already_is_not_read_twice(path):
    """A run was killed between writing the file and removing the journal."""
    ledger = a_ledger(path, "a")
    step(ledger, "b", "opened")
    step(ledger, "b", "made")
    step(ledger, "a", "retired")
    data = journal_of(path).read_bytes()
    ledger.close()
    whole = path.read_bytes()
    journal_of(path).write_bytes(data)
    assert read(path).blocks["p"] == ledger.block("p")
    store = FileState(path)
    assert store.behind()
    store.save(store.load())
    assert not store.behind()
    assert path.read_bytes() == whole


def test_steps_of_another_file_are_not_guessed_at(path):
    """Somebody put another file there: what to do is said, and doing it helps."""
    ledger = a_ledger(path, "a")
    step(ledger, "b", "made")
    ours = path.read_bytes()
    FileState(path.with_name("other")).save(State({"p": Block(IDENTITY)}))
    path.unlink()
    for there in (False, True):
        if there:
            path.write_bytes(ours.replace(b'"a"', b'"c"'))
        with pytest.raises(StateError, match="damaged") as caught:
            read(path)
        assert str(journal_of(path)) in caught.value.message()
        assert str(journal_of(path)) in caught.value.hint()
    path.write_bytes(ours)
    assert read(path).blocks["p"] == ledger.block("p")
    path.write_bytes(ours.replace(b'"a"', b'"c"'))
    journal_of(path).unlink()
    assert [each.key for each in read(path).addresses()] == ["a"]


@pytest.mark.parametrize(
    "text",
    ['{"journal": 2, "of": ""}\n', "[]\n", '{"of": 1}\n', "x\n", "[" * 100_000 + "\n"],
)
def test_what_is_no_journal_is_refused(path, text):
    """Of a later version, or of somebody else."""
    a_ledger(path, "a")
    journal_of(path).write_text(text)
    with pytest.raises(StateError) as caught:
        read(path)
    assert str(journal_of(path)) in caught.value.message()


def test_a_damaged_line_before_the_last_is_refused(path):
    """It was there before the next one was written, so it is no power cut."""
    ledger = a_ledger(path, "a")
    for key in KEYS:
        step(ledger, key, "opened")
    head, first, *rest = journal_of(path).read_bytes().splitlines(keepends=True)
    journal_of(path).write_bytes(head + first[3:] + b"".join(rest))
    with pytest.raises(StateError):
        read(path)


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_no_journal(path, there):
    """What it leads to is neither read nor written."""
    ledger, target = a_ledger(path, "a"), path.with_name("elsewhere")
    if there:
        target.write_text("kept")
    journal_of(path).symlink_to(target)
    with pytest.raises(StateError):
        read(path)
    with pytest.raises(StateError):
        step(ledger, "b", "opened")
    assert target.exists() is there
    assert not there or target.read_text() == "kept"
    assert not ledger.block("p").intents


def test_a_full_disk_leaves_the_steps_before(path, monkeypatch):
    """Half a line is taken back, and the next step is not written behind it."""
    ledger = a_ledger(path, "a")
    step(ledger, "b", "opened")
    before, sync = read(path), os.fsync

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StateError) as caught:
        step(ledger, "c", "opened")
    assert "No space left" in caught.value.message()
    assert read(path) == before
    assert ledger.block("p") == before.blocks["p"]
    monkeypatch.setattr(os, "fsync", sync)
    step(ledger, "c", "made")
    assert not journal_of(path).exists()  # after an error the file is written whole
    assert read(path).blocks["p"] == ledger.block("p")


def test_an_id_gets_no_second_owner_by_a_step(path):
    """What could not be read again is not written, as in the file."""
    ledger = a_ledger(path, "a")
    step(ledger, "b", "made")
    before = read(path)
    for id in ("a", "", "\x1b[31m"):
        with pytest.raises(StateError):
            step(ledger, "c", "made", id or " ")
        assert read(path) == before
    step(ledger, "a", "forgotten")
    step(ledger, "c", "made", "a")
    step(ledger, "c", "forgotten")
    step(ledger, "a", "made")
    assert read(path).blocks["p"] == ledger.block("p")


def test_steps_go_into_the_file_of_their_provider(tmp_path):
    """Those at an emulator beside its own; both files are in order afterwards."""
    paths = tmp_path / "c.json", tmp_path / "e.json"
    store = SplitState(*map(FileState, paths), ["p"])
    state = State({"p": Block(IDENTITY), "real": Block(IDENTITY)})
    store.load()
    ledger = Ledger(store, state, Author())
    slots = [Address(name, Kind.TEMPLATE, "a") for name in ("p", "real")]
    for at in slots * 2:
        slot = (at.kind, at.key)
        ledger.step(at, lambda block, slot=slot: block.with_intent(slot, AN_INTENT))
        ledger.step(at, lambda block, slot=slot: block.with_intent(slot, None))
    assert all(journal_of(each).exists() for each in paths)
    for at in slots:
        slot = (at.kind, at.key)
        ledger.step(at, lambda block, slot=slot: block.with_intent(slot, AN_INTENT))
    assert [[*read(each).blocks] for each in paths] == [["real"], ["p"]]
    # Of a run that was killed: to save what was loaded puts the steps in their place.
    again = SplitState(*map(FileState, paths), ["p"])
    loaded = again.load()
    again.save(loaded)
    assert not any(journal_of(each).exists() for each in paths)
    assert again.load() == loaded
    assert loaded.blocks == {name: ledger.block(name) for name in loaded.blocks}


def test_who_reads_while_a_run_writes_reads_both_files_again(path, monkeypatch):
    """Between the two the file was written, and a new journal begun."""
    ledger = a_ledger(path, "a")
    step(ledger, "b", "opened")
    opened, moved = file._opened, []

    def meanwhile(which):
        if which == journal_of(path) and not moved:
            moved.append(which)
            ledger.write("p", partial(Block.with_record, slot=A, record=Record()))
            step(ledger, "b", "made")
        return opened(which)

    A = (Kind.TEMPLATE, "a")
    monkeypatch.setattr(file, "_opened", meanwhile)
    assert read(path).blocks["p"] == ledger.block("p")
    assert moved


@pytest.mark.parametrize("others", [10, 2_000])
def test_a_step_costs_the_same_beside_ten_and_beside_thousands(
    path, monkeypatch, others
):
    """Its own line is written and nothing else: an apply of many takes no longer for
    each."""
    ledger = a_ledger(path, *map(str, range(others)))
    replaced: list[Path] = []
    replace = durable.replace
    monkeypatch.setattr(
        durable, "replace", lambda at, *more: replaced.append(at) or replace(at, *more)
    )
    step(ledger, "first", "made")
    sizes = []
    for n in range(9):
        step(ledger, f"more_{n}", "made")
        sizes.append(journal_of(path).stat().st_size)
    lines = {b - a for a, b in pairwise(sizes)}
    assert len(lines) == 1
    assert lines.pop() < 1000
    assert not replaced
    ledger.close()
    assert replaced == [path]


def test_a_small_file_is_written_after_every_step(path, monkeypatch):
    """Whatever a run is killed by, what is committed then is up to date."""
    monkeypatch.setattr(writing, "REST", 20.0)
    looks = count()  # at the clock: writing the file takes a second
    monkeypatch.setattr(writing, "perf_counter", looks.__next__)
    ledger = a_ledger(path, "a")
    for key in KEYS:
        for _ in range(20):  # and a call twenty
            next(looks)
        step(ledger, key, "opened")
        assert not journal_of(path).exists()
        assert read(path).blocks["p"] == ledger.block("p")
