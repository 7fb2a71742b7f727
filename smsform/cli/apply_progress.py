"""The output of ``apply`` while it runs, and how a signal stops it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from math import ceil
from typing import Any

import click
from msgspec import Struct, field

from smsform.apply.values import Outcome
from smsform.cli.failure import show
from smsform.cli.options import style_of, tell
from smsform.clock import Awaited
from smsform.errors import ConfigError
from smsform.plan import Plan
from smsform.project.planning import Planned
from smsform.report.outcome import line
from smsform.report.terminal import safe
from smsform.stopping import ENDING, INT, PATIENCE, OrderlyEnd, exit_code
from smsform.words import say

HEARTBEAT = 10.0  # seconds between two lines about one pause


class Display(Struct):
    """Shows outcomes: on a terminal a bar, then the lines; elsewhere the lines as they
    come.

    With *aside*, standard output is kept for a document at the end and all of this goes
    to stderr. The first signal stops after the call in flight, the second at once.
    """

    settings: Mapping[str, Any]
    aside: bool
    ask: Callable[[Planned], bool] = lambda planned: True
    kept: list[Outcome] = field(default_factory=list)
    _end: OrderlyEnd = field(default_factory=lambda: OrderlyEnd(_tell_stopping))
    # Provider -> seconds left when a pause was last mentioned.
    _said: dict[str, float] = field(default_factory=dict)
    _bar: Any = None
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()
        if not self.aside:
            for outcome in self.kept:
                self._show(outcome)
        self.kept.clear()

    def approve(self, planned: Planned) -> bool:
        """Show the plan and ask."""
        return self.ask(planned)

    def note(self, error: ConfigError) -> None:
        """Say on stderr which flags had no effect, and for which addresses."""
        show(error, "cli.note")

    def start(self, plan: Plan) -> None:
        """Draw the bar, and end in order from now on."""
        self._open.enter_context(self._end)
        quiet = self.settings["quiet"] or not plan.changes
        if not quiet and sys.stderr.isatty():
            length = len(plan.changes)
            bar = click.progressbar(length=length, file=sys.stderr, show_pos=True)
            self._bar = self._open.enter_context(bar)

    def done(self, outcome: Outcome) -> None:
        """Show one outcome, or keep it until the bar is gone."""
        if self._bar is not None:
            self.kept.append(outcome)
            self._bar.label = ""
            self._bar.update(1)
            self._bar.render_progress()
        elif self.settings["quiet"]:
            self.kept.append(outcome)
        else:
            self._show(outcome)

    def pauses(self, provider: str, awaited: Awaited, seconds: float) -> None:
        """Say what a run waits for and how long still: on the bar, or in a line now and
        then."""
        text = say(
            f"apply.pause_{awaited}", provider=safe(provider), seconds=ceil(seconds)
        )
        if self._bar is not None:
            self._bar.label = text
            self._bar.render_progress()
        elif not self.settings["quiet"]:
            said = self._said.get(provider, 0.0)
            if seconds > said or said - seconds >= HEARTBEAT:
                self._said[provider] = seconds
                tell(text, err=True)

    def stopped(self) -> bool:
        """Whether a signal came."""
        return bool(self._end.number)

    @property
    def exit_code(self) -> int:
        """How a run ends that was stopped."""
        return exit_code(self._end.number)

    def _show(self, outcome: Outcome) -> None:
        tell(line(outcome, style_of(self.settings, self.aside)), err=self.aside)


def _tell_stopping(number: int) -> None:
    key = "cli.stopping" if number == INT else "cli.stopping_soon"
    tell(say(key, signal=ENDING[number], seconds=PATIENCE), err=True)
