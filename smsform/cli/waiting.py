"""The output of ``--wait`` of ``apply`` and ``status``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from msgspec import Struct, field

from smsform.cli import Exit
from smsform.cli.apply_progress import Display
from smsform.cli.failure import show
from smsform.cli.options import on_call, review_exit, style_of, tell
from smsform.errors import SmsformError
from smsform.plan import SUBMISSIONS, Action
from smsform.project.api import Project
from smsform.project.applying import Watcher
from smsform.project.waiting import Look, Wait
from smsform.report import waiting as report
from smsform.report.terminal import PLAIN, safe
from smsform.waiting import WaitEnd, awaited
from smsform.words import say

WIPE = "\r\x1b[2K"


def wait_for_reviews(
    project: Project, settings: Mapping[str, Any], live: bool, **what: Any
) -> Wait:
    """``Project.wait`` for *what*, printed as it goes; *live* as in ``WaitPrinter``."""
    gc.enable()  # a wait may last for hours
    printer = WaitPrinter(project, settings, live)
    wait = project.wait(watcher=printer, on_call=on_call(settings), **what)
    printer.conclude(wait)
    return wait


class WaitPrinter(Struct):
    """Prints a wait as it goes.

    With *live* verdicts go to stdout as they come, else all goes to stderr.
    """

    project: Project
    settings: Mapping[str, Any]
    live: bool
    _told: dict[str, str] = field(default_factory=dict)

    def begun(self, wait: Wait, look: Look, now: float, end: float) -> None:
        """Say for how many reviews, and until when."""
        count = report.number(len(awaited(look.lines)))
        self._note(say("waiting.waiting", count=count, until=report.clock(end, now)))

    def looked(self, wait: Wait, look: Look) -> None:
        """Verdicts on stdout, the rest on stderr and only when it is new."""
        for event in look.events:
            self._wipe()
            text = report.event(event, style_of(self.settings, not self.live))
            tell(text, err=not self.live)
        for error in look.trouble:
            self._once("trouble", say("waiting.trouble", what=safe(error.message())))
        if not look.trouble:
            self._told.pop("trouble", None)
        for name, part in wait.parts.items():
            now = wait.accounts[name].clock.now()
            hours = self.project.spec(name).review
            lines = awaited(part.plan.lines)
            self._once(name, report.outlook(name, lines, hours, now))

    def opened(self) -> None:
        """Say which templates are submitted now that their signature is approved."""
        self._wipe()
        self._note(say("waiting.opened"))

    def submitting(self) -> AbstractContextManager[Watcher]:
        """A watcher that shows the submissions as ``apply`` does."""
        return Display(self.settings, not self.live)

    def resting(self, look: Look, now: float, until: float) -> None:
        """A sign of life: on a terminal the next line overwrites it, with -v it
        stays."""
        terminal = sys.stderr.isatty()
        if not self.settings["quiet"] and (terminal or self.settings["verbose"]):
            count = report.number(len(awaited(look.lines)))
            text = say("waiting.live", count=count, next=report.clock(until, now))
            tell(WIPE + text if terminal else text, nl=not terminal, err=True)

    def failed(self, error: SmsformError) -> None:
        """Show why."""
        self._wipe()
        show(error)

    def conclude(self, wait: Wait) -> None:
        """Print how the wait ended."""
        self._wipe()
        for line in _closing(wait):
            self._note(line)

    def _once(self, about: str, text: str) -> None:
        """Print *text* about a topic, unless the last line about that topic was the
        same."""
        if text and self._told.get(about) != text:
            self._told[about] = text
            self._note(text)

    def _note(self, text: str) -> None:
        if not self.settings["quiet"]:
            self._wipe()
            tell(text, err=True)

    def _wipe(self) -> None:
        if not self.settings["quiet"] and sys.stderr.isatty():
            tell(WIPE, nl=False, err=True)


def as_json(wait: Wait) -> dict[str, Any]:
    """How the wait went, for the command's document."""
    return report.as_json(wait.ended, wait.events, wait.plan)


def as_lines(wait: Wait) -> list[str]:
    """The same in sentences, verdicts first."""
    return [*(report.event(each, PLAIN) for each in wait.events), *_closing(wait)]


def wait_exit(wait: Wait) -> int:
    """1 or 6 for errors, 2 for changes still to be made, else 4, 3 or 0.

    Deletions do not count: what policy retires is left to the next apply.
    """
    if wait.trouble:
        return min(error.exit_code for error in wait.trouble)
    if len(wait.parts) < len(wait.names):
        return Exit.PENDING  # interrupted before anything was seen
    to_make = SUBMISSIONS | {Action.ADOPT}
    if any(line.action in to_make for line in wait.plan.lines):
        return Exit.CHANGES
    return review_exit(wait.plan)


def _closing(wait: Wait) -> Iterator[str]:
    """The last lines: how the wait ended, and what policy will retire."""
    if wait.ended is not WaitEnd.FAILED:
        yield report.ending(wait.ended, wait.plan.lines)
    for part in wait.parts.values():
        now = wait.accounts[part.plan.provider].clock.now()
        yield from report.retirements(part.plan, now)
