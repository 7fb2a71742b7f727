"""Work spread over processes comes to what it comes to in one, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from histories import children, fork_beside_threads, needs_fork, pipes
from smsform.project.parallel import spread
from smsform.project.parallel.spread import Spread, Work

pytestmark = needs_fork
ALONE = os.getpid()


def results(work: Work, count: int, workers: int) -> list[bytes]:
    """All that the numbers below *count* come to."""
    with Spread(work, count, workers) as made:
        return list(made.results())


def told(number: int) -> bytes:
    """More than a pipe holds, for some of the numbers."""
    return b"%d" % number * (300_000 if number % 7 == 3 else 1)


@pytest.fixture(autouse=True)
def no_worker_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither a zombie nor one that goes on; no pipe stays open."""
    monkeypatch.setattr(os, "fork", fork_beside_threads)
    before, others = pipes(), children()
    yield
    assert children() <= others
    assert pipes() <= before


@pytest.mark.parametrize("workers", [0, 1, 2, 3, 40])
@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_the_number_of_workers_changes_nothing(count: int, workers: int) -> None:
    """In the order of the items, and of any size."""
    assert results(told, count, workers) == [told(number) for number in range(count)]


def test_another_one_and_this_one_share() -> None:
    """Each item is made once, by another process or by this one."""

    def by(number: int) -> bytes:
        time.sleep(0.1 if os.getpid() == ALONE else 0.01)
        return b"%d" % os.getpid()

    made = results(by, 20, 2)
    assert len({*made}) == 2
    assert b"%d" % ALONE in made


@pytest.mark.parametrize("how", ["raises", "killed", "exits"])
def test_what_a_worker_does_not_make_is_made_here(
    how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """One that fails, is killed or ends: nobody hears of it, and nothing is missing."""

    def work(number: int) -> bytes:
        if os.getpid() != ALONE and number % 5 == 2:
            if how == "raises":
                raise ValueError(number)
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            sys.exit(3)
        return told(number)

    assert results(work, 12, 2) == [told(number) for number in range(12)]
    assert capfd.readouterr() == ("", "")


def test_an_error_of_the_work_itself_is_raised_here() -> None:
    """It is the error of a run without workers."""

    def work(number: int) -> bytes:
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        results(work, 3, 2)


@pytest.mark.parametrize("what", ["fork", "pipe"])
def test_without_processes_or_pipes_it_is_done_here(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker, or the second one, cannot be had."""
    real, calls = getattr(os, what), 0

    def refused() -> object:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise OSError(11, "Resource temporarily unavailable")
        return real()

    for before in (0, 2):
        calls = before
        with monkeypatch.context() as patched:
            patched.setattr(os, what, refused)
            assert results(told, 9, 3) == [told(number) for number in range(9)]


def test_more_items_than_a_list_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is done here."""
    count = 2**16 // spread.NUMBER + 50
    assert results(lambda n: b"%d" % n, count, 2) == [b"%d" % n for n in range(count)]


def test_workers_end_with_the_block() -> None:
    """Whoever stops asking does not wait for what is under way."""
    began = time.monotonic()
    with (
        Spread(lambda number: time.sleep(30) or b"", 4, 2),
        pytest.raises(RuntimeError),
    ):
        raise RuntimeError
    assert time.monotonic() - began < 10


def test_where_another_thread_runs_nothing_is_forked() -> None:
    """What it holds at that moment, the worker would wait for without end."""
    from threading import Event, Thread

    ended = Event()
    thread = Thread(target=ended.wait)
    thread.start()
    try:
        assert spread.processors() == 1
    finally:
        ended.set()
        thread.join()


PROGRAM = """\
import os, sys, time
sys.path.insert(0, sys.argv[1])
from smsform.project.parallel.spread import Spread
print("once")
def work(number):
    if number > 1:
        os.write(2, b"%d " % os.getpid())
        time.sleep(float(sys.argv[2]))
    return b""
try:
    with Spread(work, 4, 2) as made:
        list(made.results())
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("sign", "whole", "seconds"),
    [("SIGINT", True, 60), ("SIGINT", False, 60), ("SIGTERM", False, 1)],
)
def test_a_signal_ends_all_of_them(sign: str, whole: bool, seconds: float) -> None:
    """Ctrl-C reaches the whole group; another one only the process that was begun.

    Of one that ends at once the workers see it when they have made what is under way.
    What it has printed and not yet flushed is printed once, if at all.
    """
    root = str(Path(spread.__file__).parents[2])
    process = subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-c",
            PROGRAM,
            root,
            str(seconds),
        ],  # -I: stdout is buffered
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    workers = ""
    while workers.count(" ") < 2:
        workers += process.stderr.read(1)
    number = getattr(signal, sign)
    if whole:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    out, err = process.communicate(timeout=20)  # until all have closed their ends
    assert process.returncode == (130 if sign == "SIGINT" else -number)
    assert (out, err) == ("once\n" if sign == "SIGINT" else "", "")
