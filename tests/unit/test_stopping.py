"""Signals: what each block makes of them. With real processes: conformance."""

from __future__ import annotations

import os
import signal
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from smsform import stopping
from smsform.stopping import OrderlyEnd, Stopped, exit_code, held, signal_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """As in a run of the program; afterwards as before."""
    numbers = (*stopping.ENDING, signal.SIGALRM)
    before = {each: signal.getsignal(each) for each in numbers}
    hook = sys.unraisablehook
    stopping.heed()
    yield
    sys.unraisablehook = hook
    signal.setitimer(signal.ITIMER_REAL, 0)
    for each, was in before.items():
        signal.signal(each, was)


def send(name: str) -> None:
    """Send this process a signal."""
    signal.raise_signal(getattr(signal, name))


@pytest.mark.parametrize(
    ("name", "code"), [("SIGHUP", 129), ("SIGINT", 130), ("SIGTERM", 143)]
)
def test_a_signal_is_a_sort_of_ctrl_c(name: str, code: int) -> None:
    """It ends what Ctrl-C ends, and has an exit code of its own."""
    with pytest.raises(KeyboardInterrupt) as caught:
        send(name)
    assert exit_code(signal_of(caught.value)) == code


def test_two_at_once_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second does not disturb what the first one ends; a later one counts."""
    with pytest.raises(Stopped):
        send("SIGTERM")
    send("SIGTERM")
    monkeypatch.setattr(stopping, "TOGETHER", 0.0)
    with pytest.raises(Stopped):
        send("SIGTERM")


def test_what_python_drops_comes_again() -> None:
    """In call-backs nothing can be raised, and imports are full of them."""

    class Thing: ...

    thing = Thing()
    weak = weakref.ref(thing, lambda _: send("SIGTERM"))
    del thing
    assert weak() is None
    with pytest.raises(Stopped) as caught:
        signal.pause()
    assert caught.value.number == signal.SIGTERM


def test_a_block_that_holds_signals_is_done_whole() -> None:
    """They come right after it, whatever they came for."""
    done = []

    @held()
    def work() -> None:
        send("SIGTERM")
        with held():
            done.append("inner")
        done.append("outer")

    with pytest.raises(Stopped) as caught:
        work()
    assert (done, caught.value.number) == (["inner", "outer"], signal.SIGTERM)


def test_an_orderly_end_tells_the_first_and_is_stopped_by_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once: whatever comes then meets a run that is about to be over."""
    heard: list[int] = []
    with OrderlyEnd(heard.append) as end:
        send("SIGINT")
        send("SIGINT")  # the same key press, to process and group
        assert (heard, end.number) == ([signal.SIGINT], signal.SIGINT)
        monkeypatch.setattr(stopping, "TOGETHER", 0.0)
        with pytest.raises(Stopped) as caught:
            send("SIGTERM")
        send("SIGTERM")
    assert caught.value.number == signal.SIGTERM


def test_who_sends_sigterm_has_little_patience(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The time is as good as a second signal, but not after Ctrl-C."""
    monkeypatch.setattr(stopping, "PATIENCE", 0.0)
    with OrderlyEnd(lambda number: None):
        send("SIGINT")
        send("SIGALRM")
    with OrderlyEnd(lambda number: None):
        send("SIGHUP")
        with pytest.raises(Stopped) as caught:
            send("SIGALRM")
    assert caught.value.number == signal.SIGHUP


def test_what_is_ignored_stays_ignored() -> None:
    """As `nohup` wants it; Ctrl-C stops a run in the background all the same."""
    for each in stopping.ENDING:
        signal.signal(each, signal.SIG_IGN)
    stopping.heed()
    assert {signal.getsignal(each) for each in stopping.ENDING} == {signal.SIG_IGN}
    heard: list[int] = []
    with OrderlyEnd(heard.append):
        send("SIGHUP")
        send("SIGINT")
    assert heard == [signal.SIGINT]


def saved() -> None:
    """A step that is done."""


def not_saved() -> None:
    """A step that fails; a run goes on after that."""
    raise OSError


@pytest.mark.parametrize("step", [saved, not_saved])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_waits_for_a_step_and_is_not_lost(
    step: Callable[[], None], number: int
) -> None:
    """However the step ends."""
    told: list[int] = []
    with OrderlyEnd(told.append) as end:
        with suppress(OSError), held():
            signal.raise_signal(number)
            assert told == []
            step()
        assert (told, end.number) == ([number], number)
