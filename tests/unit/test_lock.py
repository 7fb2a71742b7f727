"""The state's lock, with real processes: one at a time, and no dead owner keeps it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from smsform.errors import StateError, StateLocked
from smsform.state import FileState

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends processes by signal")

# Takes the lock, says so, and holds it until its input ends.
HOLDER = """
import sys; from pathlib import Path; from smsform.state import FileState
FileState(Path(sys.argv[1])).lock(); print("in", flush=True); sys.stdin.read()
"""
# Waits for its turn, counts without any other protection, and dies inside or leaves.
WORKER = """
import os, signal, sys; from pathlib import Path
from smsform.errors import StateLocked
from smsform.state import FileState
store, counter = FileState(Path(sys.argv[1])), Path(sys.argv[2])
while True:
    try:
        store.lock()
    except StateLocked:
        os.sched_yield()
        continue
    break
inside = os.open(sys.argv[3], os.O_CREAT | os.O_EXCL)  # fails when two are in
counter.write_text(str(int(counter.read_text()) + 1))
os.unlink(sys.argv[3])
if sys.argv[4] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
store.unlock()
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs *code*."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill(process: subprocess.Popen[str]) -> None:
    """End *process* without a chance to tidy up, and wait until it is gone."""
    process.kill()
    process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a state would be."""
    return tmp_path / "s.json"


@pytest.fixture
def holder(path: Path):
    """A live process that holds the lock."""
    process = start(HOLDER, path)
    assert process.stdout
    assert process.stdout.readline() == "in\n"
    yield process
    kill(process)


def lock_file(path: Path) -> Path:
    """The lock's file."""
    return path.with_name(path.name + ".lock")


def test_a_live_owner_keeps_others_out_and_is_named(path, holder):
    """Who, where, which process, since when, and how to get past it."""
    with pytest.raises(StateLocked) as caught:
        FileState(path).lock()
    said = json.loads(lock_file(path).read_text())
    for field in ("owner", "host", "pid", "since"):
        assert said[field] in caught.value.message()
    assert said["pid"] == str(holder.pid)
    assert f"smsform state unlock {said['id']}" in caught.value.hint()


def test_a_killed_owner_keeps_nobody_out(path, holder):
    """What SIGKILL leaves behind is taken over, and given back without a trace."""
    kill(holder)
    assert lock_file(path).exists()
    store = FileState(path)
    store.lock()
    assert json.loads(lock_file(path).read_text())["pid"] == str(os.getpid())
    store.unlock()
    assert not lock_file(path).exists()


def test_many_meet_one_gets_in(path, tmp_path):
    """Ten that want in while every second one dies inside: never two, none lost."""
    counter, inside = tmp_path / "counter", tmp_path / "inside"
    counter.write_text("0")
    workers = [
        start(WORKER, path, counter, inside, "die" if number % 2 else "leave")
        for number in range(10)
    ]
    for worker in workers:
        worker.communicate(timeout=60)
    codes = sorted(worker.returncode for worker in workers)
    assert codes == [-signal.SIGKILL] * 5 + [0] * 5
    assert counter.read_text() == "10"


def test_a_lock_is_broken_by_its_id_alone(path, holder):
    """The wrong id breaks nothing; the right one does, though its owner lives."""
    id = json.loads(lock_file(path).read_text())["id"]
    store = FileState(path)
    with pytest.raises(StateLocked):
        store.unlock("wrong")
    assert store.unlock(id)
    store.lock()
    mine = lock_file(path).read_text()
    holder.communicate()  # ends as usual; what is not its own any more, it leaves alone
    assert lock_file(path).read_text() == mine
    store.unlock()


def test_without_a_lock_there_is_none_to_break(path):
    """Breaking what is not there is no success."""
    assert FileState(path).unlock("any") is False


def test_an_owner_whose_lock_was_broken_does_not_take_the_next_ones(path):
    """``unlock`` gives back our own lock, never that of whoever came after."""
    first, second = FileState(path), FileState(path)
    first.lock()
    second.unlock(json.loads(lock_file(path).read_text())["id"])
    second.lock()
    first.unlock()
    with pytest.raises(StateLocked):
        first.lock()


def test_a_lock_of_another_machine_is_not_guessed_about(path):
    """A shared folder: nobody here can know whether that process lives."""
    said = {"id": "abc", "owner": "eve", "host": "elsewhere", "pid": "1", "since": "t"}
    lock_file(path).write_text(json.dumps(said))
    with pytest.raises(StateLocked, match="locked") as caught:
        FileState(path).lock()
    assert "eve on elsewhere" in caught.value.message()
    assert FileState(path).unlock("abc")
    FileState(path).lock()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 9999, b"\xff", b"[]", b'{"id":1']
)
def test_a_damaged_lock_file_is_no_traceback(path, content):
    """An empty one is free, as after a full disk; anything else needs a person."""
    lock_file(path).write_bytes(content)
    store = FileState(path)
    if content:
        with pytest.raises(StateLocked):
            store.lock()
        assert store.unlock("?")
    store.lock()
    store.unlock()


def test_a_link_is_not_followed(path, tmp_path):
    """A clone must not make us overwrite a file elsewhere."""
    precious = tmp_path / "precious"
    precious.write_text("keep")
    lock_file(path).symlink_to(precious)
    with pytest.raises(StateError):
        FileState(path).lock()
    assert precious.read_text() == "keep"


def test_a_full_disk_leaves_no_lock(path, monkeypatch):
    """A lock that cannot say whose it is would keep everybody out."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StateError, match="unsaved"):
        FileState(path).lock()
    monkeypatch.undo()
    FileState(path).lock()


def test_what_an_earlier_run_left_in_the_lock_file_is_gone(tmp_path):
    """However long it was: what stands there describes the holder, and no more."""
    store = FileState(tmp_path / "s.json")
    [(path, _)] = store.locks()
    store.lock()
    holder = json.loads(path.read_text())
    store.unlock()
    path.write_text(json.dumps({**holder, "owner": "x" * 2000}))  # a killed run's
    store.lock()
    assert json.loads(path.read_text())["owner"] == holder["owner"]
    store.unlock()
    assert not path.exists()
