"""Signals that have to wait for a step to be done."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress

import pytest

from smsform.stopping import OrderlyEnd, held


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
